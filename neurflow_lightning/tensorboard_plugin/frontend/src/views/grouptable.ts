/** A table of neuron groups on a mistaken image: where and how strongly each fired. */
import { el, svg } from "../dom.js";
import { ending, percent, plain, signed } from "../formats.js";
import { className, scoresThen, type Fired, type Side } from "../mistakes.js";
import { idOf, isStable, titleOf, type RunModel, type Snapshot } from "../model.js";
import { snapshotName } from "../naming.js";
import { patchCut, picture, type Cut } from "../pictures.js";
import type { Source } from "../source.js";
import type { Mistake, Mistakes } from "../types.js";
import { cropCut, type LargeImage } from "./mistakenimage.js";

const USUAL = 2; // patches of a group
const MOST = 2; // times the normal level at which a bar is full
const PATCH = 38;
const LONGEST = 28; // letters of a group's id
const UNSTABLE = "other probe images make another group of it: it has no lineage and is not followed";

/** One mistake in its surroundings. */
export interface Scene {
  readonly run: RunModel;
  readonly snapshot: Snapshot;
  readonly record: Mistakes;
  readonly mistake: Mistake;
  readonly earlier: readonly Earlier[];
}

/** A snapshot before at which the image was among the mistakes shown too. */
export interface Earlier {
  readonly snapshot: Snapshot;
  readonly record: Mistakes;
}

/** What is drawn of a scene, and what a row does. */
export interface Surroundings {
  readonly scene: Scene;
  readonly source: Source;
  readonly whole: Cut | null;
  readonly large: LargeImage | null;
  /** Shows a group in the circuit. */
  open(side: Side, group: string): void;
}

/** Where on the page a group stands: what would have to change, a side's table, what can be opened. */
export type Place = "remedy" | "first" | "more";

interface Column {
  readonly head: string;
  readonly title: string | null;
  cell(one: Fired): HTMLElement;
}

/** The table; its rows bear the numbers of the image's frames where the groups are framed. */
export function groupTable(around: Surroundings, side: Side, groups: readonly Fired[], place: Place): HTMLElement {
  const columns = columnsOf(around, side, groups, place);
  const label = `${place === "more" ? "More groups" : "Groups"} of ${side.name}`;
  const { large } = around;
  const rows = groups.map((one) => {
    const number = large?.numberOf(one) ?? null;
    const row = el(
      "tr",
      { "data-group": one.node.key, "data-colour": number },
      ...columns.map(({ cell }) => cell(one)),
    );
    if (large !== null) {
      const point = (group: Fired | null) => () => large.point(group);
      row.addEventListener("pointerenter", point(one));
      row.addEventListener("pointerleave", point(null));
      row.addEventListener("focusin", point(one));
      row.addEventListener("focusout", point(null));
    }
    return row;
  });
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": label },
    el(
      "table",
      { class: "groups" },
      el("thead", {}, el("tr", {}, ...columns.map(({ head, title }) => el("th", { scope: "col", title }, head)))),
      el("tbody", {}, ...rows),
    ),
  );
}

function columnsOf(around: Surroundings, side: Side, groups: readonly Fired[], place: Place): Column[] {
  const { scene, whole } = around;
  const { record, mistake } = scene;
  const columns: (Column | null)[] = [
    whole === null ? null : { head: "here", title: "the crop of this image that fired it most", cell: (one) => here(around, one) },
    groups.every((one) => usualCuts(around, one).length === 0)
      ? null
      : { head: "usually", title: "what it usually fires on: its best patches", cell: (one) => usual(around, one) },
    { head: "group", title: null, cell: (one) => named(around, side, one, place) },
    {
      head: "importance",
      title: `how much of “${side.name}” rests on it`,
      cell: ({ firing }) => el("td", { class: "number" }, percent(firing.importance)),
    },
    {
      head: "× normal",
      title: "how active it is, 1 being its normal level",
      cell: (one) => el("td", { class: "number score" }, one.firing.score.toFixed(2), bar(one, record)),
    },
    groups.every(({ firing }) => firing.effect === null)
      ? null
      : {
          head: "margin if masked",
          title: "how the margin changes without the group",
          cell: ({ firing }) =>
            el(
              "td",
              { class: "number effect", title: firing.effect === null ? "not measured: it did not fire" : null },
              ...masked(firing.effect, mistake, record),
            ),
        },
    ...scene.earlier.map((one) => earlierColumn(one, mistake, side, groups)),
  ];
  return columns.filter((column) => column !== null);
}

/** Scores at a snapshot before; none where it knows none of these groups. */
function earlierColumn({ snapshot, record }: Earlier, mistake: Mistake, side: Side, groups: readonly Fired[]): Column | null {
  const scores = scoresThen(record, snapshot, mistake.image, side.target);
  if (!groups.some(({ node }) => scores.has(node.key))) return null;
  const head = `at ${snapshotName(snapshot.graph)}`;
  return {
    head,
    title: `× normal ${head}`,
    cell: ({ node }) => {
      const score = scores.get(node.key);
      const title = score === undefined ? "not in the circuit then, or not to be followed" : null;
      return el("td", { class: "number then", title }, score?.toFixed(2) ?? "–");
    },
  };
}

/** The crop of this image that fired the group most. */
function here({ whole, large, scene }: Surroundings, one: Fired): HTMLElement {
  const cut = cropCut(whole!, scene.record, one.firing.crops[0]?.[0] ?? -1);
  const number = large?.numberOf(one) ?? null;
  return el(
    "td",
    {},
    el(
      "span",
      { class: "here" },
      cut === null ? null : picture(cut, PATCH),
      number === null ? null : el("b", {}, String(number)),
    ),
  );
}

/** What the group usually fires on. */
function usual(around: Surroundings, one: Fired): HTMLElement {
  const cuts = usualCuts(around, one);
  return el("td", {}, el("span", { class: "usual" }, ...cuts.map((cut) => picture(cut, PATCH))));
}

function usualCuts({ scene: { run, snapshot }, source }: Surroundings, { node }: Fired): Cut[] {
  return node.group.patches.slice(0, USUAL).flatMap((row) => patchCut(source, run.name, snapshot, row) ?? []);
}

function named(around: Surroundings, side: Side, one: Fired, place: Place): HTMLElement {
  const { group } = one.node;
  const [id, { stability }] = [idOf(group), group];
  return el(
    "th",
    { scope: "row" },
    groupButton(around, side, one, place),
    one.share === null ? null : el("span", { class: "chip", title: "on the path" }, "path"),
    isStable(stability) ? null : el("span", { class: "chip", title: UNSTABLE }, "unstable"),
    el("span", { class: "muted id", title: id }, ending(id, LONGEST)),
  );
}

/** A group by its name, which leads to it. */
export function groupButton({ open }: Surroundings, side: Side, { node }: Fired, place: Place): HTMLElement {
  const button = el(
    "button",
    {
      type: "button",
      class: "link",
      "data-focus": `group ${place} ${side.target} ${node.key}`,
      title: `${idOf(node.group)}: show it in the circuit`,
    },
    titleOf(side.circuit!, node),
  );
  button.addEventListener("click", () => open(side, node.key));
  return button;
}

/** The score against the normal level, with a mark where a group fires. */
function bar({ firing, fired }: Fired, { threshold }: Mistakes): SVGSVGElement {
  const along = (score: number) => (100 * Math.max(0, Math.min(score, MOST))) / MOST;
  return svg(
    "svg",
    { class: fired ? "level fired" : "level", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "track", y: 2, width: 100, height: 4 }),
    svg("rect", { class: "part", y: 2, width: along(firing.score), height: 4 }),
    svg("rect", { class: "tick", x: along(threshold) - 0.6, width: 1.2, height: 8 }),
  );
}

function masked(effect: Fired["firing"]["effect"], mistake: Mistake, record: Mistakes): (HTMLElement | string)[] {
  if (effect === null || effect[0] === null) return ["–"];
  const [change, answer] = effect;
  if (answer === mistake.predicted) return [signed(change)];
  const right = answer === mistake.true; // then the group decided
  const then = `${right ? "✓ " : ""}then “${className(record, answer)}”`;
  return [signed(change), el("span", { class: right ? "then right" : "then muted" }, then)];
}

/** What the columns mean, said once below the first table of groups, for the tables of both sides. */
export function columnsSaid(
  { scene: { record, mistake, earlier } }: Surroundings,
  sides: readonly Side[],
  side: Side,
  groups: readonly Fired[],
): HTMLElement {
  const [taken, is] = [className(record, mistake.predicted), className(record, mistake.true)];
  const effects = groups.some(({ firing }) => firing.effect !== null);
  const followed = groups.every(({ node: { group } }) => group.lineage !== null || group.label !== null);
  const before = earlier.flatMap((one) => {
    const columns = sides.map((each) => earlierColumn(one, mistake, each, each.groups));
    return columns.find((column) => column !== null)?.head ?? [];
  });
  const entries: [string, string][] = [
    ["group", `as everywhere in this tab; below it, as neurflow debug names it${followed ? "" : ". One without a lineage has no other name"}.`],
    ["importance", `how much of “${side.name}” rests on the group.`],
    ["× normal", `1 is the group’s normal level. Over ${plain(record.threshold)}, the mark on the bar, it fires.`],
  ];
  if (effects)
    entries.push([
      "margin if masked",
      `the change of the margin, the logit of “${taken}” above that of “${is}”, without the group. Minus: it speaks for the mistake.`,
    ]);
  if (before.length > 0)
    entries.push([before.join(", "), "× normal then, where this image was among those shown too. –: not in that circuit, or without a lineage."]);
  return el(
    "dl",
    { class: "columns-said muted" },
    ...entries.map(([name, said]) => el("div", {}, el("dt", {}, name), " ", el("dd", {}, said))),
  );
}
