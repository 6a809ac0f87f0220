/** What snapshots, and the parts of a change, are called: each by one name wherever it is told of. */
import { idOf, nameOf } from "./model.js";
import type { Evidence, Graph, Target } from "./types.js";

/** The file's name in a page of single snapshots, else the step. */
export function snapshotName({ name, step }: Pick<Graph, "name" | "step">): string {
  return name ?? `step ${step}`;
}

/** The same at the beginning of a sentence. */
export function snapshotTitle({ name, step }: Pick<Graph, "name" | "step">): string {
  return name ?? `Step ${step}`;
}

/** From a snapshot to a later one: "steps 22 to 400". */
export function spanName(first: Pick<Graph, "name" | "step">, last: Pick<Graph, "name" | "step">): string {
  return first.name === undefined && last.name === undefined
    ? `steps ${first.step} to ${last.step}`
    : `${snapshotName(first)} to ${snapshotName(last)}`;
}

const BECAME = " ⇒ ";
const FEEDS = " → ";

/**
 * What a part of a change is called: a group as on its card, an edge by its ends.
 *
 * The record names a group "layer/number", by its number in its own snapshot: "layer/2 ⇒ layer/0"
 * where that became another.
 */
export function partName({ kind, name, before, after }: Evidence, targets: readonly [Target, Target]): string {
  if (kind === "image") return name;
  // an edge may be new between groups that are not
  const sides = [kind === "edge" || before !== null, kind === "edge" || after !== null];
  return name
    .split(FEEDS)
    .map((end) => {
      const words = end.split(BECAME);
      const ends = [words[0]!, words[words.length - 1]!];
      const names = targets.flatMap(({ groups }, side) => {
        const own = groups.find((group) => idOf(group) === ends[side]);
        if (!sides[side] || own === undefined) return [];
        const nameless = own.label === null && own.lineage === null;
        return [nameless ? idOf(own) : `${nameOf(own, [])} of ${own.layer}`];
      });
      return names.length > 0 ? [...new Set(names)].join(BECAME) : end;
    })
    .join(FEEDS);
}
