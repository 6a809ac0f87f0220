/** How the neurons of each layer were attributed to the layer below, in words. */
import { fixed } from "./formats.js";
import type { Attribution, Graph } from "./types.js";

export interface Pair {
  readonly lower: string;
  readonly upper: string;
  readonly attribution: Attribution;
}

/** The layer pairs of a snapshot, shallow to deep; none in records of the first versions. */
export function pairsOf({ layers, attribution }: Graph): Pair[] {
  return layers.slice(1).flatMap((upper, at) => {
    const found = attribution?.[upper];
    return found === undefined ? [] : [{ lower: layers[at]!, upper, attribution: found }];
  });
}

/** Whether the attributions into a layer are known not to predict knockouts. */
export function isUnpredictive({ attribution }: Graph, upper: string): boolean {
  return attribution?.[upper]?.predicts === false;
}

/** What stands between two columns, the longest first: "gradient 0.97", "✗ not predictive (0.42)". */
export function captions({ method, correlation, predicts }: Attribution): string[] {
  const value = fixed(correlation);
  if (!predicts) {
    return [`✗ does not predict knockouts (${value})`, `✗ not predictive (${value})`, `✗ ${value}`, "✗"];
  }
  return correlation === null ? [method] : [`${method} ${value}`, value];
}

/** Everything about a pair, for tooltips. */
export function described({ lower, upper, attribution }: Pair): string {
  const { method, nodes, correlation, margin, predicts } = attribution;
  return [
    `${lower} → ${upper}: ${method}${nodes > 1 ? ` (${nodes} nodes)` : ""}`,
    `correlation with knockouts ${fixed(correlation)}`,
    `margin ${fixed(margin)}`,
    ...(predicts ? [] : ["✗ does not predict knockouts"]),
  ].join(", ");
}
