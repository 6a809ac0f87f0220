/**
 * A run as the views want it: snapshots in order, targets by number, circuits with named ends.
 *
 * A group's *key* is what names it over the steps: "L12" for lineage 12, and "layer/number" where a
 * group has no lineage (unstable, or the target itself). Only the former follows a group from step
 * to step.
 */
import { shortened } from "./formats.js";
import type { Graph, Group, Problem, Series, Target } from "./types.js";
import type { Dispatch, Scale, State } from "./state.js";
import type { Source } from "./source.js";

export interface Snapshot {
  readonly step: number;
  readonly epoch: number | null;
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly graph: Graph;
}

export interface TargetName {
  readonly target: number;
  readonly name: string;
}

export interface RunModel {
  readonly name: string;
  /** Shallow to deep, of all snapshots. */
  readonly layers: readonly string[];
  /** By step, ascending. */
  readonly snapshots: readonly Snapshot[];
  readonly targets: readonly TargetName[];
  readonly problems: readonly Problem[];
}

export interface Node {
  readonly key: string;
  /** Place in the target's `groups`. */
  readonly position: number;
  readonly group: Group;
  /** How many members. */
  readonly size: number;
  /** In [0, 1]; 0 where it is not known. */
  readonly importance: number;
}

export interface Link {
  readonly source: string;
  readonly target: string;
  readonly weight: number;
  /** `weight` for one member of the upper group, in [-1, 1]: large and small groups compare. */
  readonly share: number;
  readonly stability: number | null;
}

/** One target of one snapshot. */
export interface Circuit {
  readonly snapshot: Snapshot;
  readonly target: Target;
  /** In the order of the target's `groups`. */
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
  readonly byKey: ReadonlyMap<string, Node>;
  /** Largest |share|; 0 without links. */
  readonly strongest: number;
}

/** What every view is told. */
export interface Context {
  readonly run: RunModel;
  /** The run on the other side of a comparison; `run` itself for two steps of one run. */
  readonly other: RunModel | null;
  readonly state: State;
  /** The snapshot at `state.step`, or the latest. */
  readonly snapshot: Snapshot | null;
}

export interface View {
  readonly element: HTMLElement;
  update(context: Context): void;
}

export type ViewFactory = (dispatch: Dispatch, source: Source) => View;

/** Nobody follows these groups: below this stability they have no lineage and make no events. */
export const STABLE = 0.75;

/** Whether other images would show it too; what was not measured is taken as stable. */
export const isStable = (stability: number | null): boolean => stability === null || stability >= STABLE;

// --- runs --------------------------------------------------------------------------------

/** What a series says, added to what was known of the run. */
export function withSeries(known: RunModel | null, series: Series): RunModel {
  const before = series.restarted || known === null ? [] : known.snapshots;
  const fresh = series.snapshots.map(snapshotOf);
  const steps = new Set(fresh.map((snapshot) => snapshot.step));
  const snapshots = [...before.filter((snapshot) => !steps.has(snapshot.step)), ...fresh].sort(
    (one, two) => one.step - two.step,
  );
  return {
    name: series.run,
    layers: allLayers(snapshots),
    snapshots,
    targets: targetNames(snapshots),
    problems: series.problems,
  };
}

function snapshotOf(graph: Graph): Snapshot {
  return { step: graph.step, epoch: graph.epoch, wallTime: graph.wall_time ?? 0, graph };
}

/** The latest snapshot's layers, and before them those that only earlier ones had. */
function allLayers(snapshots: readonly Snapshot[]): string[] {
  const last = snapshots[snapshots.length - 1]?.graph.layers ?? [];
  const others = snapshots.flatMap((snapshot) => snapshot.graph.layers);
  return [...new Set(others.filter((layer) => !last.includes(layer))), ...last];
}

function targetNames(snapshots: readonly Snapshot[]): TargetName[] {
  const names = new Map<number, string>();
  for (const { graph } of snapshots) {
    for (const { target, name } of graph.targets) names.set(target, name);
  }
  return [...names]
    .map(([target, name]) => ({ target, name }))
    .sort((one, two) => one.target - two.target);
}

/** The last snapshot at or before `step`; the latest for null, the first for an early step. */
export function snapshotAt(run: RunModel, step: number | null): Snapshot | null {
  const { snapshots } = run;
  if (step === null) return snapshots[snapshots.length - 1] ?? null;
  for (let at = snapshots.length - 1; at >= 0; at--) {
    if (snapshots[at]!.step <= step) return snapshots[at]!;
  }
  return snapshots[0] ?? null;
}

/** `state.target`, or the first of the run where that is none of its targets. */
export function targetOf(run: RunModel, state: State): number | null {
  const known = run.targets.some(({ target }) => target === state.target);
  return known ? state.target : (run.targets[0]?.target ?? null);
}

/** Where a snapshot lies on the scale chosen; by step where it has no epoch. */
export function placeOf(snapshot: Snapshot, scale: Scale): number {
  if (scale === "epoch") return snapshot.epoch ?? snapshot.step;
  return scale === "time" ? snapshot.wallTime : snapshot.step;
}

/** The places of all snapshots: as `placeOf`, but those of one epoch share it out in order. */
export function placesOf(run: RunModel, scale: Scale): number[] {
  const places = run.snapshots.map((snapshot) => placeOf(snapshot, scale));
  if (scale !== "epoch" || run.snapshots.some((snapshot) => snapshot.epoch === null)) {
    return scale === "epoch" ? run.snapshots.map((snapshot) => snapshot.step) : places;
  }
  const alike = new Map<number, number>();
  for (const place of places) alike.set(place, (alike.get(place) ?? 0) + 1);
  const seen = new Map<number, number>();
  return places.map((place) => {
    const nth = seen.get(place) ?? 0;
    seen.set(place, nth + 1);
    return place + nth / alike.get(place)!;
  });
}

/** Whether the snapshot's drift says that a circuit changed; of one target, or of any. */
export function isAlarm(snapshot: Snapshot, target: number | null): boolean {
  return snapshot.graph.targets.some(
    (one) => (target === null || one.target === target) && one.drift?.verdict === "changed",
  );
}

// --- circuits ----------------------------------------------------------------------------

export function keyOf(group: Group): string {
  return group.lineage === null ? idOf(group) : `L${group.lineage}`;
}

/** What names a group within one circuit of one snapshot, as the command line and reports say it. */
export function idOf({ layer, number }: Pick<Group, "layer" | "number">): string {
  return `${layer}/${number}`;
}

/** Its label, or its lineage; where nothing outlasts the step, its layer and number there. */
export function nameOf(group: Group, layers: readonly string[]): string {
  if (group.label !== null) return group.label;
  if (group.lineage !== null) return `group ${group.lineage}`;
  const { layer, number } = group;
  return idOf({ layer: shortened(layers).get(layer) ?? layer, number });
}

/** What a card says: the target's name in the last layer, else the group's. */
export function titleOf(circuit: Circuit, node: Node): string {
  const { layers } = circuit.snapshot.graph;
  const isTarget = node.group.layer === layers[layers.length - 1];
  return isTarget && node.group.label === null ? circuit.target.name : nameOf(node.group, layers);
}

const circuits = new WeakMap<Graph, Map<number, Circuit | null>>();

/** One target's circuit in a snapshot; null where the snapshot has none of this target. */
export function circuitOf(snapshot: Snapshot, target: number | null): Circuit | null {
  if (target === null) return null;
  const known = circuits.get(snapshot.graph) ?? new Map<number, Circuit | null>();
  circuits.set(snapshot.graph, known);
  let circuit = known.get(target);
  if (circuit === undefined) {
    const record = snapshot.graph.targets.find((one) => one.target === target);
    circuit = record === undefined ? null : made(snapshot, record);
    known.set(target, circuit);
  }
  return circuit;
}

function made(snapshot: Snapshot, target: Target): Circuit {
  const nodes = target.groups.map((group, position) => ({
    key: keyOf(group),
    position,
    group,
    size: group.members?.length ?? group.size ?? 1,
    importance: group.importance ?? 0,
  }));
  const links = target.edges.flatMap(([from, to, weight, stability]) => {
    const [source, end] = [nodes[from], nodes[to]];
    if (source === undefined || end === undefined) return [];
    const share = weight / Math.max(1, end.size);
    return [{ source: source.key, target: end.key, weight, share, stability }];
  });
  return {
    snapshot,
    target,
    nodes,
    links,
    byKey: new Map(nodes.map((node) => [node.key, node])),
    strongest: Math.max(0, ...links.map((link) => Math.abs(link.share))),
  };
}

/**
 * The links worth drawing: of those into a group the ones that reach `threshold` times the strongest,
 * and out of every group at least its own strongest, so that nothing hangs in the air. None of
 * weight 0.
 */
export function strongLinks(circuit: Circuit, threshold: number): Link[] {
  const into = strongestBy(circuit.links, "target");
  const outOf = strongestBy(circuit.links, "source");
  return circuit.links.filter((link) => {
    const size = Math.abs(link.share);
    const reaches = size >= threshold * into.get(link.target)!;
    return size > 0 && (reaches || size === outOf.get(link.source));
  });
}

function strongestBy(links: readonly Link[], end: "source" | "target"): Map<string, number> {
  const found = new Map<string, number>();
  for (const link of links) {
    found.set(link[end], Math.max(found.get(link[end]) ?? 0, Math.abs(link.share)));
  }
  return found;
}

/** A group through the run: its node in every snapshot, null where it is absent. */
export function history(
  run: RunModel,
  target: number | null,
  key: string,
): { readonly snapshot: Snapshot; readonly node: Node | null }[] {
  return run.snapshots.map((snapshot) => ({
    snapshot,
    node: circuitOf(snapshot, target)?.byKey.get(key) ?? null,
  }));
}
