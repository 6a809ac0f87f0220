/**
 * A mistake as the debug view tells it: the groups of the predicted and of the true class, beside
 * the same groups in the snapshot's circuits, and what would have to change.
 */
import { circuitOf, idOf, keyOf, type Circuit, type Node, type Snapshot } from "./model.js";
import type { Firing, Mistake, Mistakes } from "./types.js";

/** A group of a circuit on the image. */
export interface Fired {
  readonly node: Node;
  readonly firing: Firing;
  readonly fired: boolean;
  /** Share of the edge of the path that leads up from it; null where no path does. */
  readonly share: number | null;
}

/** One class of a mistake. */
export interface Side {
  readonly target: number;
  readonly name: string;
  /** Null where the snapshot has no circuit of the class. */
  readonly circuit: Circuit | null;
  /** Most important first. */
  readonly groups: readonly Fired[];
  /** The groups of the path, from the target down. */
  readonly path: readonly Fired[];
}

/** What would have to change. */
export interface Remedy {
  /** Whose groups were masked: the predicted class; the true one where of that nothing is known. */
  readonly masked: Side;
  /** Groups without any one of which the network would give the true class, strongest first. */
  readonly deciding: readonly Fired[];
  /** Groups without any one of which it would give another class than now. */
  readonly turning: readonly Fired[];
  /** The group whose masking lowers the margin most; null where none was masked, or none does. */
  readonly strongest: Fired | null;
  /** Groups of the true class that did not fire, most important first. */
  readonly missing: readonly Fired[];
}

export function className(record: Mistakes, target: number): string {
  return record.names[target] ?? `class ${target}`;
}

/** The mistake of an image; the worst for null, or where the image is not among them. */
export function mistakeOf(record: Mistakes, image: number | null): Mistake | null {
  return record.mistakes.find((one) => one.image === image) ?? record.mistakes[0] ?? null;
}

/** Mistakes of one kind: images of one class taken for the same other one. */
export interface Kind {
  readonly true: number;
  readonly predicted: number;
  /** The worst first. */
  readonly mistakes: readonly Mistake[];
}

/** The mistakes by their kinds, each where its worst stands. */
export function kindsOf({ mistakes }: Mistakes): Kind[] {
  const kinds = new Map<string, Mistake[]>();
  for (const one of mistakes) {
    const kind = `${one.true} ${one.predicted}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  return [...kinds.values()].map((alike) => ({
    true: alike[0]!.true,
    predicted: alike[0]!.predicted,
    mistakes: alike,
  }));
}

/** The predicted class and the true one. */
export function sidesOf(record: Mistakes, mistake: Mistake, snapshot: Snapshot): readonly [Side, Side] {
  return [
    sideOf(record, mistake, snapshot, mistake.predicted),
    sideOf(record, mistake, snapshot, mistake.true),
  ];
}

function sideOf(record: Mistakes, mistake: Mistake, snapshot: Snapshot, target: number): Side {
  const told = mistake.circuits.find((one) => one.target === target);
  const circuit = told === undefined ? null : circuitOf(snapshot, target);
  const nodes = new Map(circuit?.nodes.map((node) => [idOf(node.group), node]));
  const shares = new Map(
    told?.path.map(([layer, number, share]) => [idOf({ layer, number }), share]),
  );
  const groups = (told?.groups ?? []).flatMap((firing) => {
    const node = nodes.get(idOf(firing));
    const fired = firing.fired ?? firing.score > record.threshold;
    return node === undefined
      ? []
      : [{ node, firing, fired, share: shares.get(idOf(firing)) ?? null }];
  });
  const path = [...shares.keys()].flatMap(
    (id) => groups.find((one) => idOf(one.firing) === id) ?? [],
  );
  return { target, name: className(record, target), circuit, groups, path };
}

/** What the image is read by: what speaks for the mistake, else what the true class has of it. */
export interface Reading {
  readonly side: Side;
  /** Those that made the answer, or all where that is not known; the most important first. */
  readonly groups: readonly Fired[];
  readonly others: readonly Fired[];
}

/**
 * The groups beside the image: those of the predicted class that fired.
 *
 * Where the snapshot has no circuit of it, or nothing fired, all groups of the one class that there
 * is; null where there is neither.
 */
export function readingOf([predicted, right]: readonly [Side, Side]): Reading | null {
  const side = predicted.circuit !== null ? predicted : right;
  if (side.circuit === null) return null;
  const fired = side === predicted ? side.groups.filter((one) => one.fired) : [];
  if (fired.length === 0) return { side, groups: side.groups, others: [] };
  return { side, groups: fired, others: side.groups.filter((one) => !one.fired) };
}

export function remedyOf(mistake: Mistake, [predicted, right]: readonly [Side, Side]): Remedy {
  const side = predicted.circuit === null ? right : predicted;
  const masked = side.groups
    .filter(({ firing }) => (firing.effect?.[0] ?? 0) < 0)
    .sort((one, two) => one.firing.effect![0]! - two.firing.effect![0]!);
  return {
    masked: side,
    deciding: masked.filter(({ firing }) => firing.effect![1] === mistake.true),
    turning: side.groups.filter(({ firing: { effect } }) => effect !== null && effect[1] !== mistake.predicted),
    strongest: masked[0] ?? null,
    missing: right.groups.filter(({ fired }) => !fired),
  };
}

/** Scores of the groups that live on, at an earlier snapshot at which the image was told of. */
export function scoresThen(
  record: Mistakes,
  snapshot: Snapshot,
  image: number,
  target: number,
): ReadonlyMap<string, number> {
  const mistake = record.mistakes.find((one) => one.image === image);
  const told = mistake?.circuits.find((one) => one.target === target);
  const circuit = told === undefined ? null : circuitOf(snapshot, target);
  const scores = new Map(told?.groups.map((one) => [idOf(one), one.score]));
  const found = new Map<string, number>();
  for (const { group } of circuit?.nodes ?? []) {
    const score = scores.get(idOf(group));
    // without a lineage a number is of one step alone
    if (group.lineage !== null && score !== undefined) found.set(keyOf(group), score);
  }
  return found;
}
