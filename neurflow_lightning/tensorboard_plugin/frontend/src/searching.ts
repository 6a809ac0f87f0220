/** Which groups a query means: by label, by number, or by a neuron they hold. */
import type { Graph } from "./types.js";
import { idOf, keyOf, nameOf } from "./model.js";

/**
 * Keys of the target's groups that answer the query; null for an empty query.
 *
 * "7" asks for neuron 7 of any layer, "layer3:7" of that layer; anything else for a part of the
 * group's name, or, with a slash, for the end of "layer/number". Neurons are only found in whole graphs, which list members.
 */
export function found(graph: Graph, target: number | null, query: string): Set<string> | null {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return null;
  const neuron = /^(?:(.+):)?\s*(\d+)$/.exec(wanted);
  const groups = graph.targets.find((one) => one.target === target)?.groups ?? [];
  return new Set(
    groups
      .filter((group) => {
        if (wanted.includes("/") && idOf(group).toLowerCase().endsWith(wanted)) return true;
        const named = group.label !== null || group.lineage !== null;
        const byName = named && nameOf(group, graph.layers).toLowerCase().includes(wanted);
        if (neuron === null) return byName;
        // "group 12" is no answer to a search for neuron 1, a label is
        if (byName && group.label !== null) return true;
        const [, layer, index] = neuron;
        if (layer !== undefined && !group.layer.toLowerCase().endsWith(layer)) return false;
        return (group.members ?? []).some(([member]) => member === Number(index));
      })
      .map(keyOf),
  );
}
