/** What the record says of a change: the verdict, drift by place, and the parts that make it up. */
import { el, svg } from "../dom.js";
import { driftLines, figure, MEASURES, type DriftMoment } from "../driftlines.js";
import { percent, shortened } from "../formats.js";
import { partName, snapshotName } from "../naming.js";
import { patchCut, picture } from "../pictures.js";
import type { Source } from "../source.js";
import type { Drift, Evidence, Graph, LineageEvent, Target } from "../types.js";

const SIDE = 44;
/** Parts shown at once; the rest can be opened. */
const FIRST = 8;

const KINDS: Readonly<Record<string, readonly [kind: string, whole: string]>> = {
  edge: ["Edge", "the edges into"],
  group: ["Group", "the groups of"],
  image: ["Image", "the images' activations in"],
};

const EVENTS: Readonly<Record<string, readonly [one: string, more: string]>> = {
  emerge: ["emerged", "emerged"],
  disappear: ["disappeared", "disappeared"],
  split: ["split", "split"],
  merge: ["merge", "merges"],
};

/**
 * The record of a change.
 *
 * @param graphs the two whole graphs, before and after, one of which has the patches.
 * @param targets the circuits' records in them.
 */
export function evidenceList(
  drift: Drift,
  run: string,
  graphs: readonly [Graph, Graph],
  targets: readonly [Target, Target],
  source: Source,
): HTMLElement {
  const evidence = drift.evidence ?? [];
  const [before, after] = graphs;
  const list = (parts: readonly Evidence[]) =>
    el("ol", {}, ...parts.map((one) => item(one, partName(one, targets), run, [after, before], source)));
  return el(
    "aside",
    { class: "evidence", "aria-label": "Evidence of the change" },
    el(
      "h2",
      {},
      "What changed ",
      el("span", { class: drift.verdict === "changed" ? "chip alarm" : "chip accent" }, drift.verdict),
    ),
    el("p", { class: "muted" }, `From ${snapshotName({ graph: before, step: before.step })} to ${snapshotName({ graph: after, step: after.step })}. ${eventsSaid(drift.events)}`),
    placesTable(drift, after),
    el("h3", {}, evidence.length > 0 ? "What makes up most of it" : "No evidence was recorded"),
    list(evidence.slice(0, FIRST)),
    evidence.length > FIRST
      ? el("details", { class: "more" }, el("summary", {}, `${evidence.length - FIRST} more`), list(evidence.slice(FIRST)))
      : null,
  );
}

function eventsSaid(events: readonly LineageEvent[]): string {
  const counts = Object.entries(EVENTS).flatMap(([event, [one, more]]) => {
    const count = events.filter((other) => other.event === event).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];
  });
  return counts.length > 0 ? `Groups: ${counts.join(", ")}.` : "Every group survived.";
}

/** Edge drift of every pair of layers, beside what noise makes. */
function placesTable(drift: Drift, graph: Graph): HTMLElement {
  const [measure, name] = MEASURES[0];
  const moment: DriftMoment = { step: graph.step, epoch: null, wall_time: 0, since: graph.since, drift };
  const short = shortened(graph.layers);
  const place = (layer: string) => short.get(layer) ?? layer;
  const rows = driftLines([moment], measure, graph.layers).reverse();
  return el(
    "table",
    {},
    el("caption", { class: "visually-hidden" }, name),
    el("thead", {}, el("tr", {}, ...[name, "value", "noise"].map((text) => el("th", { scope: "col" }, text)))),
    el(
      "tbody",
      {},
      ...rows.flatMap(({ layer, below, points }) =>
        points.map((point) =>
          el(
            "tr",
            { class: point.significant ? "significant" : null },
            el("th", { scope: "row" }, below === null ? place(layer) : `${place(below)} → ${place(layer)}`),
            el("td", { class: "number" }, `${point.significant ? "◆ " : ""}${figure(point.value)}`),
            el("td", { class: "number" }, point.nullQuantile === null ? "–" : `≤ ${figure(point.nullQuantile)}`),
          ),
        ),
      ),
    ),
  );
}

function item(one: Evidence, name: string, run: string, graphs: readonly Graph[], source: Source): HTMLElement {
  const share = Math.max(0, Math.min(1, one.share ?? 0));
  const [kind, whole] = KINDS[one.kind] ?? [one.kind, ""];
  const value = (size: number | null) => (size === null ? "none" : figure(size));
  return el(
    "li",
    {},
    el(
      "p",
      { class: "what" },
      el("span", { class: "chip" }, kind),
      el("span", { class: "mono" }, name),
    ),
    el(
      "p",
      { class: "size number" },
      `${value(one.before)} → ${value(one.after)}`,
      el("span", { class: "muted" }, `${percent(one.share)} of the change in ${whole} ${shortened(graphs[0]!.layers).get(one.layer) ?? one.layer}`),
    ),
    svg(
      "svg",
      { class: "share", viewBox: "0 0 100 3", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "track", width: 100, height: 3 }),
      svg("rect", { class: "part", width: 100 * share, height: 3 }),
    ),
    patches(one, run, graphs, source),
  );
}

function patches(one: Evidence, run: string, graphs: readonly Graph[], source: Source): HTMLElement | null {
  const cuts = one.patches.flatMap((row) => {
    const found = graphs.map((graph) => patchCut(source, run, graph, row));
    return found.find((cut) => cut !== null) ?? [];
  });
  if (cuts.length === 0) return null;
  const label = `${cuts.length} ${cuts.length === 1 ? "patch" : "patches"} to look at`;
  return el("div", { class: "patches", role: "img", "aria-label": label }, ...cuts.map((cut) => picture(cut, SIDE)));
}
