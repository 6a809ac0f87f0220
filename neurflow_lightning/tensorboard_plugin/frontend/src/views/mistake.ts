/** One mistake in full: the image, the groups that made the answer, and what would have to change. */
import { el } from "../dom.js";
import { beginning, counted, percent, plain, signed } from "../formats.js";
import { className, readingOf, remedyOf, sidesOf, type Fired, type Side } from "../mistakes.js";
import { snapshotName } from "../naming.js";
import type { Source } from "../source.js";
import type { Dispatch } from "../state.js";
import type { Past } from "../types.js";
import { columnsSaid, groupButton, groupTable, type Scene, type Surroundings } from "./grouptable.js";
import { miniCircuit, pathKeys } from "./minicircuit.js";
import { FRAMED, largeImage, mistakenCut } from "./mistakenimage.js";

export type { Earlier, Scene } from "./grouptable.js";

/** Groups of a kind shown at once; the rest can be opened. */
const FIRST = FRAMED;
const PAST = 8; // snapshots of which it is told what the image was taken for
const LISTED = 6; // targets spelt out in what to set
const SHORT = 16; // letters of a class in the head of a narrow column

/** What cannot be told of a class without a circuit: that it was taken for, and that it is. */
const [SPOKE, LACKED] = ["what spoke for it cannot be told or framed", "what was missing of it cannot be told"];

type Sides = readonly [Side, Side];

export interface MistakeArticle {
  readonly element: HTMLElement;
  draw(scene: Scene): void;
}

export function mistakeArticle(dispatch: Dispatch, source: Source): MistakeArticle {
  const element = el("article", { class: "mistake" });
  const opened = new Set<string>(); // what the reader opened stays so

  function draw(scene: Scene): void {
    const { record, mistake, snapshot, run } = scene;
    const sides = sidesOf(record, mistake, snapshot);
    const reading = readingOf(sides);
    const whole = mistakenCut(source, run.name, record, mistake);
    const framed = reading?.groups.slice(0, FIRST) ?? [];
    const large =
      whole === null || record.input === null
        ? null
        : largeImage(whole, record, framed, imageSaid(mistake.image, reading?.side.name ?? null));
    const open = (side: Side, group: string) => dispatch({ view: "circuit", target: side.target, group });
    const around: Surroundings = { scene, source, whole, large, open };
    element.replaceChildren(
      head(scene, sides),
      el(
        "div",
        { class: "about" },
        large === null ? null : figure(large.element, framed),
        remedy(around, sides),
        why(around, sides),
        past(scene),
      ),
      ...whyNot(around, sides),
      ...circuits(around, sides),
    );
  }

  // --- parts -----------------------------------------------------------------------------

  function head({ mistake }: Scene, [predicted, right]: Sides): HTMLElement {
    return el(
      "header",
      {},
      el("h2", {}, `Taken for “${predicted.name}”, but is “${right.name}”`),
      el(
        "p",
        { class: "muted" },
        `Image ${mistake.image} · ${percent(mistake.sure)} sure of “${predicted.name}”, ` +
          `${percent(mistake.right)} of “${right.name}” · margin ${plain(mistake.margin)}`,
      ),
    );
  }

  function figure(image: SVGSVGElement, framed: readonly Fired[]): HTMLElement {
    const silent = framed.some((one) => !one.fired);
    const said = [
      "Framed is where each group of the table fired most",
      silent ? "; dashed, where one that did not fire came nearest to it" : "",
      ". Point at a group to see all its crops.",
    ].join("");
    return el("figure", {}, image, framed.length === 0 ? null : el("figcaption", { class: "muted" }, said));
  }

  /** What would have to change. */
  function remedy(around: Surroundings, sides: Sides): HTMLElement {
    const { mistake } = around.scene;
    const [predicted, right] = sides;
    const { masked, deciding, turning, strongest, missing } = remedyOf(mistake, sides);
    const names = (groups: readonly Fired[], side: Side): (HTMLElement | string)[] =>
      groups.slice(0, FIRST).flatMap((one, at) => [at === 0 ? "" : ", ", groupButton(around, side, one, "remedy")]);
    const more = (groups: readonly Fired[]) => (groups.length > FIRST ? ` and ${groups.length - FIRST} more` : "");
    const lines: HTMLElement[] = [];
    const without = (groups: readonly Fired[], said: string) => {
      const any = groups.length === 1 ? "Without " : "Without any one of ";
      return el("p", {}, any, ...names(groups, masked), more(groups), said);
    };
    if (deciding.length > 0) lines.push(without(deciding, ` it would be “${right.name}”.`));
    else if (turning.length > 0) {
      const neither = ` it would no longer be “${predicted.name}”, but not “${right.name}” either.`;
      lines.push(without(turning, neither));
    } else if (strongest !== null) {
      const change = strongest.firing.effect![0]!;
      lines.push(
        el(
          "p",
          {},
          "No group by itself decided: without ",
          groupButton(around, masked, strongest, "remedy"),
          ` the margin of ${plain(mistake.margin)} changes by ${signed(change)}, and it is “${predicted.name}” still.`,
        ),
      );
    } else if (predicted.circuit !== null) {
      lines.push(el("p", {}, `No group of “${predicted.name}” that fired spoke for it by itself.`));
    }
    if (right.circuit !== null) {
      lines.push(
        missing.length === 0
          ? el("p", {}, `Of the circuit of “${right.name}” nothing is missing: every group fired.`)
          : el("p", {}, `Groups of “${right.name}” that did not fire: `, ...names(missing, right), more(missing), "."),
      );
    }
    if (lines.length === 0) return el("div", { class: "remedy" });
    return el("div", { class: "remedy" }, el("h3", {}, "What would have to change"), ...lines);
  }

  /** The groups beside the image; where the snapshot cannot tell of them, why. */
  function why(around: Surroundings, sides: Sides): HTMLElement {
    const [predicted, right] = sides;
    const reading = readingOf(sides);
    const parts: (HTMLElement | null)[] = [];
    if (predicted.circuit === null) parts.push(el("h3", {}, `Why “${predicted.name}”`), unknown(around.scene, predicted, SPOKE));
    if (reading === null) parts.push(el("h3", {}, `Why not “${right.name}”`), unknown(around.scene, right, LACKED));
    if (reading !== null) {
      const { side, groups, others } = reading;
      const first = groups.slice(0, FIRST);
      const heading = side === right ? `Why not “${side.name}”` : `Why “${side.name}”`;
      const most = groups.length > FIRST ? ` The ${FIRST} most important:` : "";
      parts.push(
        el("div", { class: "headed" }, el("h3", {}, heading), el("p", { class: "muted" }, `${firedSaid(side)}${most}`)),
        first.length === 0 ? null : groupTable(around, side, first, "first"),
        first.length === 0 ? null : columnsSaid(around, sides, side, first),
        rest(around, side, groups.slice(FIRST), others, "that did not fire", "reading"),
      );
    }
    const shown = reading?.side ?? predicted;
    const name = shown === right ? `Why not “${shown.name}”` : `Why “${shown.name}”`;
    return el(
      "section",
      { class: "why", "aria-label": name, "data-target": shown.target },
      ...parts.filter((part) => part !== null),
    );
  }

  /** Groups that can be opened: more of those above, and the others. */
  function rest(
    around: Surroundings,
    side: Side,
    alike: readonly Fired[],
    others: readonly Fired[],
    othersAre: string,
    key: string,
  ): HTMLElement | null {
    const groups = [...alike, ...others];
    if (groups.length === 0) return null;
    const summary = el(
      "summary",
      { "data-focus": `more ${key}` },
      `${groups.length} ${alike.length > 0 ? "more" : othersAre}`,
    );
    const details = el("details", { class: "more", open: opened.has(key) }, summary, groupTable(around, side, groups, "more"));
    details.addEventListener("toggle", () => {
      if (details.open) opened.add(key);
      else opened.delete(key);
    });
    return details;
  }

  function past({ run, record, mistake, snapshot }: Scene): HTMLElement {
    const now: Past = [snapshot.step, mistake.predicted, mistake.sure, mistake.right, 0];
    const told = [...mistake.past, now].slice(-PAST);
    const rows = told.map((one) => {
      const [step, taken, sure, right, shown] = one;
      const then = run.snapshots.find((other) => other.step === step);
      const name = snapshotName(then?.graph ?? { step });
      const title = "Show this image at that snapshot";
      const answer = className(record, taken);
      const go = el("button", { type: "button", class: "link", "data-focus": `past ${step}`, title }, name);
      go.addEventListener("click", () => dispatch({ step, image: mistake.image, playing: false }));
      return el(
        "tr",
        { class: one === now ? "now" : null },
        el("th", { scope: "row" }, shown > 0 && then !== undefined ? go : name),
        el("td", {}, el("span", { class: "taken", title: answer }, taken === mistake.true ? `✓ ${answer}` : answer)),
        el("td", { class: "number" }, percent(sure)),
        el("td", { class: "number" }, percent(right)),
      );
    });
    const is = beginning(className(record, mistake.true), SHORT);
    const heads = ["at", "taken for", "sure of it", `sure of “${is}”`];
    const linked = told.some(([, , , , shown]) => shown > 0);
    return el(
      "div",
      { class: "before" },
      el("h3", {}, "The same image before"),
      el(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": "The same image before" },
        el(
          "table",
          {},
          el("thead", {}, el("tr", {}, ...heads.map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", {}, ...rows),
        ),
      ),
      linked ? el("p", { class: "muted note" }, "Underlined: among those shown then too.") : null,
    );
  }

  /** What was missing of the true class, where its groups do not stand beside the image already. */
  function whyNot(around: Surroundings, sides: Sides): HTMLElement[] {
    const right = sides[1];
    const reading = readingOf(sides);
    if (reading === null || reading.side === right) return [];
    const heading = `Why not “${right.name}”`;
    const section = el("section", { "aria-label": heading, "data-target": right.target });
    if (right.circuit === null) {
      section.append(el("h3", {}, heading), unknown(around.scene, right, LACKED));
      return [section];
    }
    const missing = right.groups.filter((one) => !one.fired);
    const others = right.groups.filter((one) => one.fired);
    const first = missing.slice(0, FIRST);
    const most = missing.length > FIRST ? `, the ${FIRST} most important` : "";
    const told = `${firedSaid(right)}${missing.length > 0 ? ` Those that did not${most}:` : ""}`;
    const parts = [
      el("div", { class: "headed" }, el("h3", {}, heading), el("p", { class: "muted" }, told)),
      first.length === 0 ? null : groupTable(around, right, first, "first"),
      rest(around, right, missing.slice(FIRST), others, "that fired", "right"),
    ];
    section.append(...parts.filter((part) => part !== null));
    return [section];
  }

  function circuits(around: Surroundings, sides: Sides): HTMLElement[] {
    const known = sides.filter((side) => side.circuit !== null);
    if (known.length === 0) return [];
    return [
      el(
        "div",
        { class: "paths" },
        el("h3", {}, "Through the circuits"),
        pathKeys(known),
        el("div", { class: known.length === 1 ? "two alone" : "two" }, ...known.map((side) => circuit(around, side))),
      ),
    ];
  }

  function circuit({ scene, open }: Surroundings, side: Side): HTMLElement {
    const heading = `Circuit of “${side.name}”`;
    const nothing = side.path.length === 0 ? "Nothing that fired feeds the class." : "";
    return el(
      "section",
      { "aria-label": heading, "data-target": side.target },
      el("div", { class: "headed" }, el("h4", {}, heading), el("p", { class: "muted" }, nothing)),
      miniCircuit(side, scene.run.name, source, (group) => open(side, group)),
    );
  }

  return { element, draw };
}

function firedSaid({ groups }: Side): string {
  const fired = groups.filter((one) => one.fired).length;
  return `${fired} of ${counted(groups.length, "group")} fired.`;
}

function imageSaid(image: number, name: string | null): string {
  return name === null ? `Image ${image}` : `Image ${image}, and where the groups of ${name} fired`;
}

/** That the snapshot has no circuit of a class, why, and how there would be one. */
function unknown({ run, snapshot }: Scene, { target, name }: Side, so: string): HTMLElement {
  const others = run.targets.some((one) => one.target === target);
  const has = `This snapshot has no circuit of “${name}”: ${so}.`;
  if (others) return el("div", { class: "notice" }, el("p", {}, `${has} Other snapshots of this run have one.`));
  const known = snapshot.graph.targets;
  const names = known.slice(0, LISTED).map((one) => `“${one.name}”`);
  const more = known.length > LISTED ? ` and ${known.length - LISTED} more` : "";
  const numbers = known.length > LISTED ? ["…"] : known.map((one) => String(one.target));
  return el(
    "div",
    { class: "notice" },
    el("p", {}, `${has} The callback explains its targets alone: ${names.join(", ")}${more}. A training that explains “${name}” too:`),
    el("pre", { class: "mono" }, `NeurFlowCallback(targets=[${[...numbers, target].join(", ")}], …)`),
  );
}
