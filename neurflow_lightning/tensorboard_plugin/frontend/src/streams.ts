/**
 * Streams: what became of one layer's neuron groups through the run.
 *
 * 1. A *moment* holds the layer's groups at one step, and the events since the step before.
 * 2. A group goes on in the group that bears its lineage id; an event joins the others: a part
 *    that split off to the group it came out of, a group that merged to the one it went into.
 * 3. Of a long run only some moments are shown ({@link thin}); what happened in between is followed
 *    step by step, so that a stream reaches the next moment shown.
 * 4. Streams keep one order from top to bottom through the run ({@link streamOrder}).
 * 5. {@link layoutStreams} gives every group its place. A ribbon is as thick at each end as the group
 *    there is important.
 *
 * A group without an id is unstable: other images would not have shown it. It belongs to no stream.
 */

export interface MomentGroup {
  readonly number: number;
  readonly lineage: number | null;
  readonly importance: number;
}

export interface MomentEvent {
  readonly event: string;
  /** Numbers of groups of the moment that `since` names. */
  readonly before: readonly number[];
  /** Numbers of groups of this moment. */
  readonly after: readonly number[];
  readonly lineage: readonly number[];
}

/** One layer at one step. */
export interface Moment {
  readonly step: number;
  /** The step that the events start from; null without any. */
  readonly since: number | null;
  readonly groups: readonly MomentGroup[];
  readonly events: readonly MomentEvent[];
}

export type Become = "same" | "split" | "merge";
export type Turn = "birth" | "return" | "death" | "split" | "merge";

/** A group that went on in a group of a later moment. */
export interface Passage {
  readonly source: number;
  readonly target: number;
  readonly become: Become;
}

/** What happened to a group: at its first place for a birth, at its last for a death. */
export interface Mark {
  readonly turn: Turn;
  /** Place among the moments shown. */
  readonly column: number;
  /** Number of the group there. */
  readonly number: number;
  /** The ids it split into, or merged from, or its own. */
  readonly lineage: readonly number[];
}

/** A stream that is not to be seen for a while: unstable, or gone and come back. */
export interface Gap {
  readonly lineage: number;
  readonly from: number;
  readonly to: number;
}

export interface Streams {
  readonly moments: readonly Moment[];
  /** Between each moment and the next: one list less than moments. By group numbers. */
  readonly passages: readonly (readonly Passage[])[];
  readonly marks: readonly Mark[];
  readonly gaps: readonly Gap[];
}

// --- which moments to show ------------------------------------------------------------------

/**
 * Places to show of `count`, ascending, at most `budget` (never fewer than what must be kept).
 *
 * All, where they fit. Else the first, the last and those of `keep`, and of every stretch of equal
 * length in between the one of greatest `weight`, of equals the first.
 */
export function thin(
  count: number,
  budget: number,
  keep: readonly number[] = [],
  weight: (place: number) => number = () => 0,
): number[] {
  if (count <= budget) return Array.from({ length: count }, (_, place) => place);
  const shown = new Set([0, count - 1, ...keep.filter((place) => place >= 0 && place < count)]);
  const stretches = Math.max(0, budget - shown.size);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const [start, end] = [stretch, stretch + 1].map((one) => Math.round((one * count) / stretches));
    let best: number | null = null;
    for (let place = start!; place < end!; place += 1) {
      if (shown.has(place)) continue;
      if (best === null || weight(place) > weight(best)) best = place;
    }
    if (best !== null) shown.add(best);
  }
  return [...shown].sort((one, other) => one - other);
}

/** Up to `budget` places in a row with `centre` in their middle, as far as the ends let it be. */
export function around(count: number, budget: number, centre: number): number[] {
  const length = Math.min(count, Math.max(1, budget));
  const start = Math.max(0, Math.min(count - length, centre - Math.floor(length / 2)));
  return Array.from({ length }, (_, place) => start + place);
}

// --- what became of the groups --------------------------------------------------------------

const bears = (lineage: number) => (group: MomentGroup) => group.lineage === lineage;

/** Group number before → numbers of the groups it went on in, from one moment to the next. */
function heirs(before: Moment, after: Moment): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  const join = (source: number, target: number) => {
    const known = (one: Moment, number: number) => one.groups.some((group) => group.number === number);
    if (!known(before, source) || !known(after, target)) return;
    found.set(source, (found.get(source) ?? new Set()).add(target));
  };
  for (const group of before.groups) {
    const same = group.lineage === null ? undefined : after.groups.find(bears(group.lineage));
    if (same) join(group.number, same.number);
  }
  // Numbers of events count in the moment they start from; where that one is missing they say nothing.
  if (after.since !== null && after.since !== before.step) return found;
  for (const event of after.events) {
    for (const source of event.before) for (const target of event.after) join(source, target);
  }
  return found;
}

function follow(reached: Map<number, Set<number>>, next: Map<number, Set<number>>) {
  const through = (numbers: Set<number>) =>
    new Set([...numbers].flatMap((number) => [...(next.get(number) ?? [])]));
  return new Map([...reached].map(([source, numbers]) => [source, through(numbers)] as const));
}

/** What became of the groups of the first of a row of moments in the last of them. */
export function passagesThrough(moments: readonly Moment[]): Passage[] {
  const [before, after] = [moments[0]!, moments[moments.length - 1]!];
  let reached = new Map(before.groups.map((group) => [group.number, new Set([group.number])]));
  for (let place = 1; place < moments.length; place += 1) {
    reached = follow(reached, heirs(moments[place - 1]!, moments[place]!));
  }
  const passages: Passage[] = [];
  for (const source of before.groups) {
    if (source.lineage === null) continue;
    const stays = after.groups.some(bears(source.lineage));
    for (const target of after.groups) {
      if (target.lineage === null) continue;
      const become = (): Become | null => {
        if (source.lineage === target.lineage) return "same";
        if (!reached.get(source.number)?.has(target.number)) return null;
        if (!before.groups.some(bears(target.lineage!))) return "split";
        return stays ? null : "merge";
      };
      const found = become();
      if (found) passages.push({ source: source.number, target: target.number, become: found });
    }
  }
  return passages;
}

/** What the marks of a moment shown say of all that happened since the one shown before it. */
function marksBetween(
  column: number,
  before: Moment,
  after: Moment,
  passages: readonly Passage[],
  events: readonly MomentEvent[],
  everSeen: ReadonlySet<number>,
): Mark[] {
  const marks: Mark[] = [];
  const name = (moment: Moment, number: number) =>
    moment.groups.find((group) => group.number === number)?.lineage ?? null;
  const ids = (moment: Moment, numbers: readonly number[]) =>
    numbers.map((number) => name(moment, number)).filter((id): id is number => id !== null);
  const told = (event: string, lineage: number) =>
    events.some((one) => one.event === event && one.lineage.includes(lineage));
  for (const group of before.groups) {
    if (group.lineage === null) continue;
    const out = passages.filter((one) => one.source === group.number).map((one) => one.target);
    if (out.length > 1) {
      marks.push({ turn: "split", column: column - 1, number: group.number, lineage: ids(after, out) });
    } else if (out.length === 0 && told("disappear", group.lineage)) {
      marks.push({ turn: "death", column: column - 1, number: group.number, lineage: [group.lineage] });
    }
  }
  for (const group of after.groups) {
    if (group.lineage === null) continue;
    const into = passages.filter((one) => one.target === group.number).map((one) => one.source);
    if (into.length > 1) {
      marks.push({ turn: "merge", column, number: group.number, lineage: ids(before, into) });
    } else if (into.length === 0 && everSeen.has(group.lineage)) {
      marks.push({ turn: "return", column, number: group.number, lineage: [group.lineage] });
    } else if (into.length === 0) {
      marks.push({ turn: "birth", column, number: group.number, lineage: [group.lineage] });
    }
  }
  return marks;
}

function gapsOf(moments: readonly Moment[]): Gap[] {
  const last = new Map<number, number>();
  const gaps: Gap[] = [];
  moments.forEach((moment, column) => {
    for (const { lineage } of moment.groups) {
      if (lineage === null) continue;
      const from = last.get(lineage);
      if (from !== undefined && from < column - 1) gaps.push({ lineage, from, to: column });
      last.set(lineage, column);
    }
  });
  return gaps;
}

/** The streams through the moments at the places `shown` (ascending) of a whole run. */
export function streamsOf(run: readonly Moment[], shown: readonly number[]): Streams {
  const moments = shown.map((place) => run[place]!);
  const passages: Passage[][] = [];
  const marks: Mark[] = [];
  const seen = new Set<number>();
  shown.forEach((place, column) => {
    if (column > 0) {
      const stretch = run.slice(shown[column - 1]!, place + 1);
      const [before, after] = [stretch[0]!, stretch[stretch.length - 1]!];
      const found = passagesThrough(stretch);
      const events = stretch.slice(1).flatMap((moment) => moment.events);
      passages.push(found);
      marks.push(...marksBetween(column, before, after, found, events, seen));
    }
    for (const { lineage } of run[place]!.groups) if (lineage !== null) seen.add(lineage);
  });
  return { moments, passages, marks, gaps: gapsOf(moments) };
}

// --- their order ----------------------------------------------------------------------------

/** How often two streams split or merge with each other, by their ids. */
function bonds(run: readonly Moment[]): [number, number][] {
  const found: [number, number][] = [];
  for (let place = 1; place < run.length; place += 1) {
    const [before, after] = [run[place - 1]!, run[place]!];
    const id = (moment: Moment, number: number) =>
      moment.groups.find((group) => group.number === number)?.lineage;
    for (const one of passagesThrough([before, after])) {
      if (one.become === "same") continue;
      found.push([id(before, one.source)!, id(after, one.target)!]);
    }
  }
  return found;
}

/**
 * The ids of a run from top to bottom: the first moment's by importance, what splits off below what it
 * came out of, what emerges last; then neighbours change places for as long as that brings streams
 * that split or merge nearer to each other.
 */
export function streamOrder(run: readonly Moment[]): number[] {
  const related = bonds(run);
  const order: number[] = [];
  for (const moment of run) {
    const groups = [...moment.groups].sort((one, other) => other.importance - one.importance);
    for (const { lineage } of groups) {
      if (lineage === null || order.includes(lineage)) continue;
      const parent = related.find(([from, to]) => to === lineage && order.includes(from))?.[0];
      order.splice(parent === undefined ? order.length : order.indexOf(parent) + 1, 0, lineage);
    }
  }
  return settled(order, related);
}

const SWEEPS = 12;

function settled(order: number[], related: readonly (readonly [number, number])[]): number[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const neighbours = new Map<number, number[]>(order.map((id) => [id, []]));
  for (const [one, other] of related) {
    neighbours.get(one)!.push(other);
    neighbours.get(other)!.push(one);
  }
  const reach = (id: number) =>
    neighbours.get(id)!.reduce((sum, other) => sum + Math.abs(places.get(id)! - places.get(other)!), 0);
  const swap = (place: number) => {
    [order[place], order[place + 1]] = [order[place + 1]!, order[place]!];
    places.set(order[place]!, place).set(order[place + 1]!, place + 1);
  };
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let better = false;
    for (let place = 0; place + 1 < order.length; place += 1) {
      const [one, other] = [order[place]!, order[place + 1]!];
      const before = reach(one) + reach(other);
      swap(place);
      if (reach(one) + reach(other) < before) better = true;
      else swap(place);
    }
    if (!better) break;
  }
  return order;
}

/**
 * A colour for every id, from 0 up to `count`: at its birth that which has been out of sight longest.
 *
 * Up to `count` streams seen at once have colours of their own when the last of them is born. What
 * comes later changes no colour, so that ids keep theirs as a run grows.
 */
export function streamColours(run: readonly Moment[], count: number): Map<number, number> {
  const colours = new Map<number, number>();
  const lastSeen = Array.from({ length: count }, () => -1);
  run.forEach((moment, place) => {
    const ids = moment.groups.flatMap(({ lineage }) => (lineage === null ? [] : [lineage]));
    const see = (id: number) => (lastSeen[colours.get(id)!] = place);
    ids.filter((id) => colours.has(id)).forEach(see);
    for (const id of ids.filter((one) => !colours.has(one)).sort((a, b) => a - b)) {
      colours.set(id, lastSeen.indexOf(Math.min(...lastSeen)));
      see(id);
    }
  });
  return colours;
}

// --- their places ---------------------------------------------------------------------------

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Between groups of a column. */
  readonly gap: number;
  /** Width of a group's bar. */
  readonly bar: number;
}

/** A group's bar. */
export interface Bar {
  readonly column: number;
  readonly group: MomentGroup;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** From the right of a bar to the left of one in the next column. */
export interface Ribbon {
  readonly source: Bar;
  readonly target: Bar;
  readonly become: Become;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

export interface StreamLayout {
  /** Left of every column's bars. */
  readonly columns: readonly number[];
  readonly bars: readonly Bar[];
  readonly ribbons: readonly Ribbon[];
}

const size = (group: MomentGroup) => Math.max(0, group.importance);

/** Height of one unit of importance with which the fullest column fits. */
function unit(moments: readonly Moment[], frame: Frame): number {
  const fits = moments.map(({ groups }) => {
    const total = groups.reduce((sum, group) => sum + size(group), 0);
    const free = frame.height - frame.gap * Math.max(0, groups.length - 1);
    return total > 0 ? Math.max(0, free) / total : Infinity;
  });
  const least = Math.min(...fits, Infinity);
  return Number.isFinite(least) ? least : 0;
}

/** Bars of one column in the streams' order, unstable groups below them, about the middle. */
function stack(
  moment: Moment,
  column: number,
  x: number,
  place: (group: MomentGroup) => number,
  scale: number,
  frame: Frame,
): Bar[] {
  const groups = [...moment.groups].sort(
    (one, other) => place(one) - place(other) || one.number - other.number,
  );
  const heights = groups.map((group) => size(group) * scale);
  const whole = heights.reduce((sum, one) => sum + one, 0) + frame.gap * (groups.length - 1);
  let top = (frame.height - whole) / 2;
  return groups.map((group, index) => {
    const bar = { column, group, x, top, bottom: top + heights[index]! };
    top = bar.bottom + frame.gap;
    return bar;
  });
}

/** A bar's side shared out among the ribbons there, by the importance of the groups they lead to. */
function shareOut(bar: Bar, others: readonly Bar[]): (readonly [number, number])[] {
  const total = others.reduce((sum, one) => sum + size(one.group), 0);
  let top = bar.top;
  return others.map((one) => {
    const share = total > 0 ? size(one.group) / total : 1 / others.length;
    const part = [top, top + share * (bar.bottom - bar.top)] as const;
    top = part[1];
    return part;
  });
}

/** Places of bars and ribbons in a frame. Streams go by `order`; ids that it lacks come last. */
export function layoutStreams(
  streams: Streams,
  order: readonly number[],
  frame: Frame,
): StreamLayout {
  const { moments, passages } = streams;
  const ranks = new Map(order.map((id, rank) => [id, rank]));
  const place = (group: MomentGroup) =>
    group.lineage === null ? order.length + 1 : (ranks.get(group.lineage) ?? order.length);
  const pitch = moments.length > 1 ? (frame.width - frame.bar) / (moments.length - 1) : 0;
  const columns = moments.map((_, column) => column * pitch);
  const scale = unit(moments, frame);
  const stacks = moments.map((moment, column) =>
    stack(moment, column, columns[column]!, place, scale, frame),
  );
  const ribbons = passages.flatMap((between, column) =>
    ribbonsBetween(stacks[column]!, stacks[column + 1]!, between),
  );
  return { columns, bars: stacks.flat(), ribbons };
}

function ribbonsBetween(
  before: readonly Bar[],
  after: readonly Bar[],
  passages: readonly Passage[],
): Ribbon[] {
  const joined = (source: Bar, target: Bar) =>
    passages.find((one) => one.source === source.group.number && one.target === target.group.number);
  return before.flatMap((source) => {
    const targets = after.filter((target) => joined(source, target));
    const starts = shareOut(source, targets);
    return targets.map((target, index) => {
      const sources = before.filter((other) => joined(other, target));
      const ends = shareOut(target, sources);
      return {
        source,
        target,
        become: joined(source, target)!.become,
        from: starts[index]!,
        to: ends[sources.indexOf(source)]!,
      };
    });
  });
}

/** SVG path of a ribbon between two columns, filled. */
export function ribbonPath(ribbon: Ribbon, bar: number): string {
  const [left, right] = [ribbon.source.x + bar, ribbon.target.x];
  const middle = (left + right) / 2;
  const [a, b] = ribbon.from;
  const [c, d] = ribbon.to;
  const n = (value: number) => Math.round(value * 100) / 100;
  return (
    `M${n(left)},${n(a)}C${n(middle)},${n(a)} ${n(middle)},${n(c)} ${n(right)},${n(c)}` +
    `V${n(d)}C${n(middle)},${n(d)} ${n(middle)},${n(b)} ${n(left)},${n(b)}Z`
  );
}
