/**
 * Where the groups of a circuit lie, so that none jumps when the step changes.
 *
 * 1. Join the circuits of one target of *all* steps: a node for each lineage id, a link for each
 *    pair ever linked, as strong as its shares together.
 * 2. Order the lineages of every layer by the barycentre of their neighbours (Sugiyama, Tagawa &
 *    Toda, 1981), sweeping forth and back; the order with the least crossing wins.
 * 3. Give each lineage a *slot* of its layer for the whole run. Lineages that are never there at the
 *    same time may share one, so that a column is hardly longer than its fullest step.
 * 4. Order the slots as in 2, those that are mostly empty outside. Groups without lineage take a
 *    slot that is free at their step.
 *
 * Slots are numbered from the top. Nothing here knows pixels but `place`.
 */
import type { Circuit, RunModel, Snapshot } from "./model.js";
import { circuitOf } from "./model.js";

export interface Slots {
  /** Shallow to deep. */
  readonly layers: readonly string[];
  /** How many slots each layer has. */
  readonly counts: ReadonlyMap<string, number>;
  /** The slot of every group of a snapshot's circuit, by key. */
  at(snapshot: Snapshot): ReadonlyMap<string, number>;
}

/** Ends and strength of a link between nodes of neighbouring columns. */
export type Pull = readonly [source: string, target: string, strength: number];

const SWEEPS = 10;

const known = new WeakMap<RunModel, Map<number, Slots>>();

/** The slots of one target of a run; the same object for the same run. */
export function slotsOf(run: RunModel, target: number): Slots {
  const ofRun = known.get(run) ?? new Map<number, Slots>();
  known.set(run, ofRun);
  let slots = ofRun.get(target);
  if (slots === undefined) ofRun.set(target, (slots = assigned(run, target)));
  return slots;
}

// --- order -------------------------------------------------------------------------------

/** The nodes of every column reordered so that links cross little. */
export function ordered(
  columns: readonly (readonly string[])[],
  pulls: readonly Pull[],
): string[][] {
  const neighbours = neighboursOf(pulls);
  let current = columns.map((column) => [...column]);
  let best = current;
  let least = crossing(current, pulls);
  for (let sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
    current = swept(current, neighbours, sweep % 2 === 0);
    const now = crossing(current, pulls);
    if (now < least) [best, least] = [current, now];
  }
  return best;
}

type Neighbours = ReadonlyMap<string, readonly (readonly [other: string, strength: number])[]>;

function neighboursOf(pulls: readonly Pull[]): Neighbours {
  const found = new Map<string, [string, number][]>();
  for (const [source, target, strength] of pulls) {
    found.set(source, [...(found.get(source) ?? []), [target, strength]]);
    found.set(target, [...(found.get(target) ?? []), [source, strength]]);
  }
  return found;
}

function swept(columns: readonly string[][], neighbours: Neighbours, forth: boolean): string[][] {
  const result = forth ? [...columns] : [...columns].reverse();
  for (let at = 1; at < result.length; at++) {
    const fixed = heights(result[at - 1]!);
    const own = heights(result[at]!);
    const centre = new Map(
      result[at]!.map((node) => [node, barycentre(node, fixed, neighbours) ?? own.get(node)!]),
    );
    result[at] = [...result[at]!].sort((one, two) => centre.get(one)! - centre.get(two)!);
  }
  return forth ? result : result.reverse();
}

function barycentre(
  node: string,
  fixed: ReadonlyMap<string, number>,
  neighbours: Neighbours,
): number | null {
  let total = 0;
  let sum = 0;
  for (const [other, strength] of neighbours.get(node) ?? []) {
    const height = fixed.get(other);
    if (height === undefined) continue;
    total += strength;
    sum += strength * height;
  }
  return total > 0 ? sum / total : null;
}

/** Every node's height in its column, in (0, 1). */
function heights(column: readonly string[]): Map<string, number> {
  return new Map(column.map((node, at) => [node, (at + 0.5) / column.length]));
}

/** How much crosses: over all pairs of links that do, the product of their strengths. */
export function crossing(columns: readonly (readonly string[])[], pulls: readonly Pull[]): number {
  const rank = new Map(columns.flatMap((column) => column.map((node, at) => [node, at] as const)));
  const columnOf = new Map(columns.flatMap((column, at) => column.map((node) => [node, at])));
  const between = new Map<number, [number, number, number][]>();
  for (const [source, target, strength] of pulls) {
    const [from, to] = [rank.get(source), rank.get(target)];
    const column = columnOf.get(source);
    if (from === undefined || to === undefined || column === undefined) continue;
    between.set(column, [...(between.get(column) ?? []), [from, to, strength]]);
  }
  let sum = 0;
  for (const links of between.values()) {
    links.forEach(([from, to, strength], at) => {
      for (let next = at + 1; next < links.length; next++) {
        const [otherFrom, otherTo, otherStrength] = links[next]!;
        if ((from - otherFrom) * (to - otherTo) < 0) sum += strength * otherStrength;
      }
    });
  }
  return sum;
}

// --- slots -------------------------------------------------------------------------------

function assigned(run: RunModel, target: number): Slots {
  const circuits = run.snapshots.flatMap((snapshot) => circuitOf(snapshot, target) ?? []);
  const layers = run.layers;
  const lineages = followed(circuits, layers);
  const pulls = joined(circuits, (key) => key);
  const ranked = ordered(
    lineages.map((column) => column.map((life) => life.key)),
    pulls,
  );
  const slotOf = new Map<string, string>();
  const names = lineages.map((column, at) => slotted(column, ranked[at]!, layers[at]!, slotOf));
  const placed = circuits.map((circuit) => withTheRest(circuit, layers, names, slotOf));
  const places = new Map(circuits.map((circuit, at) => [circuit.snapshot, placed[at]!]));
  const slotPulls = joined(circuits, (key, circuit) => places.get(circuit.snapshot)!.get(key)!);
  const usage = new Map<string, number>();
  for (const name of placed.flatMap((place) => [...place.values()])) {
    usage.set(name, (usage.get(name) ?? 0) + 1);
  }
  const order = ordered(names, slotPulls).map((column) => emptyOutside(column, usage));
  const number = new Map(order.flatMap((column) => column.map((name, at) => [name, at] as const)));
  const numbered = new Map(
    [...places].map(([snapshot, place]) => [
      snapshot,
      new Map([...place].map(([key, name]) => [key, number.get(name)!])),
    ]),
  );
  return {
    layers,
    counts: new Map(layers.map((layer, at) => [layer, order[at]!.length])),
    at: (snapshot) => numbered.get(snapshot) ?? new Map(),
  };
}

/** A lineage's first and last circuit, by place in the run. */
interface Life {
  readonly key: string;
  readonly first: number;
  last: number;
}

/** The lineages of every layer, by first appearance. */
function followed(circuits: readonly Circuit[], layers: readonly string[]): Life[][] {
  const lives = new Map<string, Life>();
  const columns = new Map<string, Life[]>(layers.map((layer) => [layer, []]));
  circuits.forEach((circuit, at) => {
    for (const { key, group } of circuit.nodes) {
      if (group.lineage === null) continue;
      const life = lives.get(key);
      if (life !== undefined) {
        life.last = at;
        continue;
      }
      const fresh = { key, first: at, last: at };
      lives.set(key, fresh);
      columns.get(group.layer)?.push(fresh);
    }
  });
  return layers.map((layer) => columns.get(layer)!);
}

function joined(
  circuits: readonly Circuit[],
  name: (key: string, circuit: Circuit) => string,
): Pull[] {
  const strengths = new Map<string, Map<string, number>>();
  for (const circuit of circuits) {
    for (const link of circuit.links) {
      const [source, target] = [name(link.source, circuit), name(link.target, circuit)];
      const ofSource = strengths.get(source) ?? new Map<string, number>();
      strengths.set(source, ofSource);
      ofSource.set(target, (ofSource.get(target) ?? 0) + Math.abs(link.share));
    }
  }
  return [...strengths].flatMap(([source, targets]) =>
    [...targets].map(([target, strength]): Pull => [source, target, strength]),
  );
}

/**
 * Slots for a layer's lineages, as few as their lives allow; their names are returned.
 *
 * Of the slots that are free when a lineage begins it takes the one whose lineages rank nearest.
 */
function slotted(
  lives: readonly Life[],
  ranking: readonly string[],
  layer: string,
  slotOf: Map<string, string>,
): string[] {
  const rank = new Map(ranking.map((key, at) => [key, at]));
  const slots: { name: string; until: number; ranks: number[] }[] = [];
  for (const life of lives) {
    const own = rank.get(life.key)!;
    const distance = (slot: { ranks: number[] }): number => Math.abs(mean(slot.ranks) - own);
    const free = slots.filter((slot) => slot.until < life.first);
    let slot = free.sort((one, two) => distance(one) - distance(two))[0];
    if (slot === undefined) {
      slot = { name: `${layer} ${slots.length}`, until: -1, ranks: [] };
      slots.push(slot);
    }
    slot.until = life.last;
    slot.ranks.push(own);
    slotOf.set(life.key, slot.name);
  }
  return slots.sort((one, two) => mean(one.ranks) - mean(two.ranks)).map((slot) => slot.name);
}

/** The slots reordered so that those filled at most half as often as the fullest lie outside. */
export function emptyOutside(
  column: readonly string[],
  usage: ReadonlyMap<string, number>,
): string[] {
  const most = Math.max(...column.map((name) => usage.get(name) ?? 0));
  const rare = column.filter((name) => 2 * (usage.get(name) ?? 0) <= most);
  const half = Math.floor(rare.length / 2);
  const full = column.filter((name) => !rare.includes(name));
  return [...rare.slice(0, half), ...full, ...rare.slice(half)];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The slots of all groups of one circuit; `names` grows where none is free. */
function withTheRest(
  circuit: Circuit,
  layers: readonly string[],
  names: string[][],
  slotOf: ReadonlyMap<string, string>,
): Map<string, string> {
  const places = new Map<string, string>();
  const taken = new Set<string>();
  for (const { key, group } of circuit.nodes) {
    const slot = group.lineage === null ? undefined : slotOf.get(key);
    if (slot === undefined) continue;
    places.set(key, slot);
    taken.add(slot);
  }
  for (const { key, group } of circuit.nodes) {
    if (places.has(key)) continue;
    const column = names[layers.indexOf(group.layer)];
    if (column === undefined) continue;
    let slot = column.find((name) => !taken.has(name));
    if (slot === undefined) column.push((slot = `${group.layer} ${column.length}`));
    places.set(key, slot);
    taken.add(slot);
  }
  return places;
}

// --- pixels ------------------------------------------------------------------------------

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Frame extends Size {
  readonly card: Size;
  /** From one column's left to the next one's, and from one slot's top to the next one's. */
  readonly pitch: Size;
  readonly counts: readonly number[];
}

const SLOT_GAP = 12;
const [LEAST_GAP, MOST_GAP] = [76, 260];

/** The width of a picture with its columns as near as they may be. */
export function leastWidth(slots: Slots, card: Size): number {
  const columns = Math.max(1, slots.layers.length);
  return columns * card.width + (columns - 1) * LEAST_GAP;
}

/** Sizes of a picture of these slots whose shape suits a `stage`. */
export function frameOf(slots: Slots, card: Size, stage: Size): Frame {
  const counts = slots.layers.map((layer) => slots.counts.get(layer) ?? 0);
  const columns = Math.max(1, counts.length);
  const down = card.height + SLOT_GAP;
  const height = Math.max(1, ...counts) * down - SLOT_GAP;
  const room = (height * stage.width) / Math.max(1, stage.height) - columns * card.width;
  const gap = Math.min(MOST_GAP, Math.max(LEAST_GAP, room / Math.max(1, columns - 1)));
  return {
    width: columns * card.width + (columns - 1) * gap,
    height,
    card,
    pitch: { width: card.width + gap, height: down },
    counts,
  };
}

/** How long a column is, from the top of its first slot to the end of its last. */
export function lengthOf(frame: Frame, column: number): number {
  return Math.max(1, frame.counts[column] ?? 1) * frame.pitch.height - SLOT_GAP;
}

/** Left and top of the card in a column's slot; columns are centred. */
export function place(frame: Frame, column: number, slot: number): { x: number; y: number } {
  return {
    x: column * frame.pitch.width,
    y: (frame.height - lengthOf(frame, column)) / 2 + slot * frame.pitch.height,
  };
}
