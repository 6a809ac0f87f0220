/**
 * The difference of two circuits of one target, as a graph.
 *
 * 1. {@link matchGroups}: which groups are the same on both sides. Within a run by lineage id; the
 *    rest, and between runs all, by shared members: the most alike first, none less than .3 alike.
 *    The groups of the target's layer all stand for the same decision and are one.
 * 2. {@link differenceOf}: what became of every group's importance and every edge's weight.
 * 3. {@link layoutDifference}: layers as columns, groups ordered by what they are joined to.
 *
 * What is not stable may be another choice of images alone: it is neither gained nor lost, nor
 * stronger or weaker, but *unstable*. That is an edge too between groups of which one is.
 *
 * Networks trained from different seeds have no neuron in common, so that between them everything is
 * lost and gained.
 */
import { ordered, type Pull } from "./layout.js";

export type Member = readonly [neuron: number, meaning: number, share: number];

export interface SideGroup {
  readonly layer: string;
  readonly number: number;
  readonly lineage: number | null;
  readonly importance: number;
  readonly stable: boolean;
  readonly members: readonly Member[];
}

export type SideEdge = readonly [source: number, target: number, weight: number, stable: boolean];

/** One circuit; edges by the groups' positions. */
export interface Side {
  readonly groups: readonly SideGroup[];
  readonly edges: readonly SideEdge[];
}

export const CHANGES = ["gained", "lost", "stronger", "weaker", "turned", "same", "unstable"] as const;
/** `turned`: an edge whose sign changed; `unstable`: what says nothing of a change. */
export type Change = (typeof CHANGES)[number];

/** A group of the difference: its position on each side, null where it is missing. */
export interface DifferenceNode {
  readonly layer: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly importance: readonly [before: number, after: number];
  readonly change: Change;
}

/** An edge between nodes of the difference, by their places. Weight 0: not there. */
export interface DifferenceEdge {
  readonly source: number;
  readonly target: number;
  readonly weight: readonly [before: number, after: number];
  readonly change: Change;
}

export interface Difference {
  readonly layers: readonly string[];
  readonly nodes: readonly DifferenceNode[];
  readonly edges: readonly DifferenceEdge[];
}

/** Groups less alike than this are not the same, as in the package's own matching. */
export const ALIKE = 0.3;

/** A change of less than this share of the larger value counts as none. */
export const TOLERANCE = 0.1;

/** Neuron → how much of it a group holds, its meanings together. */
function holdings(members: readonly Member[]): Map<number, number> {
  const held = new Map<number, number>();
  for (const [neuron, , share] of members) held.set(neuron, (held.get(neuron) ?? 0) + share);
  return held;
}

/**
 * How alike two groups are by their members, in [0, 1]: the Jaccard index, where a neuron counts by
 * the share of it that a group holds (Ruzicka). 0 without any member.
 */
export function likeness(one: readonly Member[], other: readonly Member[]): number {
  const [left, right] = [holdings(one), holdings(other)];
  let [common, all] = [0, 0];
  for (const neuron of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(neuron) ?? 0, right.get(neuron) ?? 0];
    common += Math.min(a, b);
    all += Math.max(a, b);
  }
  return all > 0 ? common / all : 0;
}

/**
 * Position before → position after, of groups that are the same.
 *
 * @param targetLayer the deepest layer, whose groups all go to the first one on the other side.
 */
export function matchGroups(
  before: readonly SideGroup[],
  after: readonly SideGroup[],
  targetLayer: string,
  sameRun: boolean,
): Map<number, number> {
  const pairs = new Map<number, number>();
  const decision = after.findIndex((group) => group.layer === targetLayer);
  before.forEach((group, position) => {
    if (group.layer === targetLayer && decision >= 0) pairs.set(position, decision);
  });
  if (sameRun) {
    before.forEach((group, position) => {
      const same = (other: SideGroup) => other.layer === group.layer && other.lineage === group.lineage;
      const found = group.lineage === null ? -1 : after.findIndex(same);
      if (found >= 0 && !pairs.has(position)) pairs.set(position, found);
    });
  }
  const taken = new Set(pairs.values());
  const bonds = before.flatMap((group, position) =>
    after.map((other, there) => ({
      position,
      there,
      alike: group.layer === other.layer ? likeness(group.members, other.members) : 0,
    })),
  );
  bonds.sort((a, b) => b.alike - a.alike || a.position - b.position || a.there - b.there);
  for (const { position, there, alike } of bonds) {
    const different =
      sameRun && before[position]!.lineage !== null && after[there]!.lineage !== null;
    if (alike < ALIKE || different || pairs.has(position) || taken.has(there)) continue;
    pairs.set(position, there);
    taken.add(there);
  }
  return pairs;
}

/** What became of a value, told by its size; `turned` where its sign changed. */
export function changeOf(before: number, after: number): Change {
  if (before * after < 0) return "turned";
  const [was, is] = [Math.abs(before), Math.abs(after)];
  if (Math.abs(is - was) <= TOLERANCE * Math.max(is, was)) return "same";
  return is > was ? "stronger" : "weaker";
}

const presence = (before: boolean, after: boolean): Change | null =>
  before && after ? null : after ? "gained" : "lost";

/** The difference of two circuits with the same layers, shallow → deep. */
export function differenceOf(
  layers: readonly string[],
  before: Side,
  after: Side,
  sameRun: boolean,
): Difference {
  const targetLayer = layers[layers.length - 1] ?? "";
  const pairs = matchGroups(before.groups, after.groups, targetLayer, sameRun);
  const nodes: DifferenceNode[] = [];
  const places: [Map<number, number>, Map<number, number>] = [new Map(), new Map()];
  const add = (was: number | null, is: number | null) => {
    const [old, fresh] = [was === null ? null : before.groups[was]!, is === null ? null : after.groups[is]!];
    const importance = [old?.importance ?? 0, fresh?.importance ?? 0] as const;
    const layer = (old ?? fresh)!.layer;
    const stable = layer === targetLayer || ((old?.stable ?? true) && (fresh?.stable ?? true));
    const change = stable ? (presence(old !== null, fresh !== null) ?? changeOf(...importance)) : "unstable";
    nodes.push({ layer, before: was, after: is, importance, change });
  };
  for (let position = 0; position < before.groups.length; position += 1) {
    const there = pairs.get(position) ?? null;
    const known = there === null ? undefined : places[1].get(there);
    if (known === undefined) add(position, there);
    const place = known ?? nodes.length - 1;
    places[0].set(position, place);
    if (there !== null) places[1].set(there, place);
  }
  after.groups.forEach((group, position) => {
    if (places[1].has(position)) return;
    const decision = nodes.findIndex((node) => node.layer === targetLayer);
    const joins = group.layer === targetLayer && decision >= 0;
    if (!joins) add(null, position);
    places[1].set(position, joins ? decision : nodes.length - 1);
  });
  return { layers, nodes, edges: edgesOf([before, after], places, nodes) };
}

function edgesOf(
  sides: readonly [Side, Side],
  places: readonly [Map<number, number>, Map<number, number>],
  nodes: readonly DifferenceNode[],
): DifferenceEdge[] {
  type Found = { ends: [number, number]; weight: [number, number]; there: [boolean, boolean]; stable: boolean };
  const weights = new Map<string, Found>();
  for (const side of [0, 1] as const) {
    for (const [from, to, weight, stable] of sides[side].edges) {
      const ends: [number, number] = [places[side].get(from)!, places[side].get(to)!];
      const key = ends.join(" ");
      const between = ends.every((place) => nodes[place]!.change !== "unstable");
      const edge = weights.get(key) ?? { ends, weight: [0, 0], there: [false, false], stable: between };
      edge.stable &&= stable;
      edge.weight[side] += weight;
      edge.there[side] = true;
      weights.set(key, edge);
    }
  }
  return [...weights.values()].map(({ ends, weight, there, stable }) => ({
    source: ends[0],
    target: ends[1],
    weight,
    change: stable ? (presence(...there) ?? changeOf(...weight)) : "unstable",
  }));
}

/** How large an edge is: the larger of its sizes before and after. */
export const edgeSize = (edge: DifferenceEdge): number => Math.max(...edge.weight.map(Math.abs));

/** The edges at least `threshold` (in [0, 1]) as strong as the strongest. */
export function strongEdges(
  edges: readonly DifferenceEdge[],
  threshold: number,
): DifferenceEdge[] {
  const strongest = Math.max(0, ...edges.map(edgeSize));
  return edges.filter((edge) => edgeSize(edge) >= threshold * strongest);
}

/** How many of each change there are. */
export function tally(things: readonly { readonly change: Change }[]): Record<Change, number> {
  const counts = Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<Change, number>;
  for (const { change } of things) counts[change] += 1;
  return counts;
}

// --- places ---------------------------------------------------------------------------------

/** A node's column, and its row among the `of` rows there, counted from 0. */
export interface Place {
  readonly column: number;
  readonly row: number;
  readonly of: number;
}

/** The place of every node, with as little crossing of large edges as can be. */
export function layoutDifference({ layers, nodes, edges }: Difference): Place[] {
  const columns = layers.map((layer) =>
    nodes.flatMap((node, place) => (node.layer === layer ? [String(place)] : [])),
  );
  const pulls = edges.map((edge): Pull => [String(edge.source), String(edge.target), edgeSize(edge)]);
  const found: Place[] = [];
  ordered(columns, pulls).forEach((names, column) =>
    names.forEach((name, row) => (found[Number(name)] = { column, row, of: names.length })),
  );
  return found;
}
