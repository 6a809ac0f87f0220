/**
 * The debug view: the worst mistakes of a snapshot, and why one of them was made.
 *
 * Groups are those of the snapshot's circuits, so that their patches and names are known here too.
 */
import { el, svg } from "../dom.js";
import { counted, percent, plain, shortened, signed } from "../formats.js";
import {
  className,
  mistakeOf,
  remedyOf,
  scoresThen,
  sidesOf,
  type Fired,
  type Side,
} from "../mistakes.js";
import { titleOf, type Context, type RunModel, type Snapshot, type ViewFactory } from "../model.js";
import { patchCut, picture, type Cut } from "../pictures.js";
import type { Mistake, Mistakes, MistakesAnswer, Past } from "../types.js";
import { miniCircuit } from "./minicircuit.js";
import { FRAMED, cropCut, largeImage, mistakenCut, type LargeImage } from "./mistakenimage.js";
import { alongList, buttons } from "./parts.js";

/** Groups of a kind shown at once; the rest can be opened. */
const FIRST = FRAMED;
const USUAL = 2; // patches of a group
const EARLIER = 3; // snapshots whose scores stand beside today's
const MOST = 2; // times the normal level at which a bar is full
const THUMB = 44;
const PATCH = 40;

/** What is drawn: one mistake in its surroundings. */
interface Scene {
  readonly run: RunModel;
  readonly snapshot: Snapshot;
  readonly record: Mistakes;
  readonly mistake: Mistake;
  readonly whole: Cut | null;
  readonly earlier: readonly Earlier[];
}

interface Earlier {
  readonly snapshot: Snapshot;
  readonly record: Mistakes;
}

export const debugView: ViewFactory = (dispatch, source) => {
  const list = el("ol", { class: "mistakes" });
  const count = el("p", { class: "muted" });
  const nav = el("nav", { "aria-label": "Mistakes, the worst first" }, count, list);
  const article = el("article", { class: "mistake" });
  const note = el("p", { class: "view-note muted", role: "status" });
  const body = el("div", { class: "debug-body" }, nav, el("div", {}, note, article));
  const empty = el("div", { class: "view-empty", role: "status" });
  const element = el("section", { class: "view debug", "aria-label": "Debug" }, body, empty);
  const stop = buttons(list, "button", alongList, (item) =>
    dispatch({ image: Number(item.getAttribute("data-image")) }),
  );

  let context: Context | null = null;
  let answers = new WeakMap<Snapshot, MistakesAnswer>();
  const asked = new WeakSet<Snapshot>(); // and not answered yet
  let tried = new WeakSet<Snapshot>(); // since the page last told of anything
  let drawn = "";

  /** What is known of a snapshot's mistakes; what is not is asked for, and then drawn. */
  function answerFor(run: RunModel, snapshot: Snapshot): MistakesAnswer | null {
    const known = answers.get(snapshot) ?? null;
    // Mistakes are written a moment after their snapshot: nothing may mean not yet. But an answer is
    // no reason to ask anew, or two snapshots without any would ask on in turns for ever.
    if ((known?.record ?? null) !== null || asked.has(snapshot) || tried.has(snapshot)) return known;
    asked.add(snapshot);
    tried.add(snapshot);
    source
      .mistakes(run.name, snapshot.step)
      .catch((error: unknown): MistakesAnswer => {
        const problem = error instanceof Error ? error.message : String(error);
        return { steps: [], record: null, problem };
      })
      .then((answer) => {
        answers.set(snapshot, answer);
        asked.delete(snapshot);
        draw();
      });
    return known;
  }

  function draw(): void {
    if (context === null || context.snapshot === null) return;
    const { run, snapshot, state } = context;
    const answer = answerFor(run, snapshot);
    element.setAttribute("aria-busy", String(answer === null));
    if (answer === null) return; // what is there stays until then
    const { record } = answer;
    const mistake = record === null ? null : mistakeOf(record, state.image);
    body.hidden = mistake === null;
    empty.hidden = mistake !== null;
    if (record === null || mistake === null) {
      const now = JSON.stringify([snapshot.step, answer]);
      if (now !== drawn) empty.replaceChildren(...nothing(answer, snapshot));
      drawn = now;
      return;
    }
    const earlier = earlierOf(run, mistake);
    const now = JSON.stringify([run.name, snapshot.step, snapshot.wallTime, mistake.image, earlier.length]);
    note.textContent =
      state.image === null || state.image === mistake.image
        ? ""
        : `Image ${state.image} is not among the worst mistakes at step ${snapshot.step}. This is the worst.`;
    if (now === drawn) return;
    drawn = now;
    const whole = mistakenCut(source, run.name, record, mistake);
    const scene = { run, snapshot, record, mistake, whole, earlier };
    const focus = (document.activeElement as HTMLElement | null)?.dataset["focus"];
    drawList(scene);
    article.replaceChildren(...told(scene));
    if (focus !== undefined)
      element.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  }

  function earlierOf(run: RunModel, mistake: Mistake): Earlier[] {
    const steps = mistake.past.filter((one) => one[4] > 0).map(([step]) => step).slice(-EARLIER);
    return steps.flatMap((step) => {
      const snapshot = run.snapshots.find((one) => one.step === step);
      const record = snapshot && answerFor(run, snapshot)?.record;
      return snapshot && record ? [{ snapshot, record }] : [];
    });
  }

  // --- which mistake ---------------------------------------------------------------------

  function drawList({ run, record, mistake }: Scene): void {
    const { images, wrong, mistakes } = record;
    const shown = mistakes.length < wrong ? ` The worst ${mistakes.length}:` : "";
    count.textContent = `${wrong} of ${counted(images, "image")} taken for another class.${shown}`;
    list.replaceChildren(
      ...mistakes.map((one) => {
        const cut = mistakenCut(source, run.name, record, one);
        return el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              "data-image": one.image,
              "data-focus": `image ${one.image}`,
              "aria-pressed": String(one === mistake),
              "aria-label": `Image ${one.image}: taken for ${className(record, one.predicted)}, is ${className(record, one.true)}, ${percent(one.sure)} sure`,
            },
            cut === null ? null : picture(cut, THUMB),
            el(
              "span",
              {},
              el("b", {}, className(record, one.predicted)),
              el("span", { class: "muted" }, `is ${className(record, one.true)}`),
            ),
            el("span", { class: "number muted" }, percent(one.sure)),
          ),
        );
      }),
    );
    stop();
  }

  // --- one mistake -----------------------------------------------------------------------

  function told(scene: Scene): HTMLElement[] {
    const { record, mistake, snapshot, whole } = scene;
    const sides = sidesOf(record, mistake, snapshot);
    const [predicted, right] = sides;
    const fired = predicted.groups.filter((one) => one.fired);
    const title = `Taken for “${predicted.name}”, but is “${right.name}”`;
    const large =
      whole === null || record.input === null
        ? null
        : largeImage(whole, record, fired.slice(0, FRAMED), `Image ${mistake.image}, and where the groups of ${predicted.name} fired`);
    return [
      el(
        "header",
        {},
        el("h2", {}, title),
        el(
          "p",
          { class: "muted" },
          `Image ${mistake.image} · ${percent(mistake.sure)} sure of “${predicted.name}”, ` +
            `${percent(mistake.right)} of “${right.name}” · ${plain(mistake.margin)} apart in the logits`,
        ),
      ),
      el(
        "div",
        { class: "about" },
        large === null ? null : el("figure", {}, large.element),
        el(
          "div",
          {},
          el("h3", {}, "What would have to change"),
          ...changes(scene, sides),
          el("h3", {}, "The same image before"),
          past(scene),
        ),
      ),
      el("div", { class: "two" }, classSection(scene, predicted, true, large), classSection(scene, right, false, null)),
    ];
  }

  function changes({ mistake }: Scene, sides: readonly [Side, Side]): HTMLElement[] {
    const [predicted, right] = sides;
    const { deciding, strongest, missing } = remedyOf(mistake, sides);
    const names = (groups: readonly Fired[], side: Side): (HTMLElement | string)[] =>
      groups.slice(0, FIRST).flatMap((one, at) => [at === 0 ? "" : ", ", groupButton(one, side)]);
    const more = (groups: readonly Fired[]) => (groups.length > FIRST ? ` and ${groups.length - FIRST} more` : "");
    const lines: HTMLElement[] = [];
    if (deciding.length > 0) {
      const any = deciding.length === 1 ? "Without " : "Without any one of ";
      lines.push(el("p", {}, any, ...names(deciding, predicted), more(deciding), ` it would be “${right.name}”.`));
    } else if (strongest !== null) {
      const change = strongest.firing.effect![0]!;
      lines.push(
        el(
          "p",
          {},
          "No single group decided. Without ",
          groupButton(strongest, predicted),
          ` the lead of “${predicted.name}” changes by ${signed(change)}, of ${plain(mistake.margin)}.`,
        ),
      );
    } else if (predicted.circuit !== null) {
      lines.push(el("p", {}, `No group of “${predicted.name}” that fired spoke for it by itself.`));
    }
    if (right.circuit !== null) {
      lines.push(
        missing.length === 0
          ? el("p", {}, `Of the circuit of “${right.name}” nothing is missing: every group fired.`)
          : el("p", {}, `Of the circuit of “${right.name}” did not fire: `, ...names(missing, right), more(missing), "."),
      );
    }
    return lines;
  }

  function past({ run, record, mistake, snapshot }: Scene): HTMLElement {
    const now: Past = [snapshot.step, mistake.predicted, mistake.sure, mistake.right, 0];
    const rows = [...mistake.past, now].slice(-8).map((one) => {
      const [step, taken, sure, right, shown] = one;
      const there = shown > 0 && run.snapshots.some((other) => other.step === step);
      const go = el("button", { type: "button", class: "link", "data-focus": `past ${step}` }, `step ${step}`);
      go.addEventListener("click", () => dispatch({ step, image: mistake.image, playing: false }));
      return el(
        "tr",
        { class: one === now ? "now" : null },
        el("th", { scope: "row" }, there ? go : `step ${step}`),
        el("td", {}, taken === mistake.true ? `✓ ${className(record, taken)}` : className(record, taken)),
        el("td", { class: "number" }, percent(sure)),
        el("td", { class: "number" }, percent(right)),
      );
    });
    const heads = ["", "taken for", "sure", `of “${className(record, mistake.true)}”`];
    return el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "The same image before" },
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...heads.map((name) => el(name === "" ? "td" : "th", { scope: name === "" ? null : "col" }, name)))),
        el("tbody", {}, ...rows),
      ),
    );
  }

  function classSection(scene: Scene, side: Side, isPredicted: boolean, large: LargeImage | null): HTMLElement {
    const shown = side.groups.filter((one) => one.fired === isPredicted);
    const others = side.groups.filter((one) => one.fired !== isPredicted);
    const heading = isPredicted ? `Why “${side.name}”` : `Why not “${side.name}”`;
    const section = el("section", { "aria-label": heading, "data-target": side.target }, el("h3", {}, heading));
    if (side.circuit === null) {
      section.append(
        el("p", { class: "muted" }, `This snapshot has no circuit of “${side.name}”: it is not among the callback’s targets.`),
      );
      return section;
    }
    const fired = side.groups.filter((one) => one.fired).length;
    const path = side.path.length === 0 ? " Nothing that fired feeds the class." : "";
    section.append(
      el("p", { class: "muted" }, `${fired} of ${counted(side.groups.length, "group")} fired.${path}`),
      miniCircuit(side, scene.run.name, source, (group) => open(side, group)),
      ...groupTable(scene, side, shown.slice(0, FIRST), isPredicted, large),
    );
    const rest = [...shown.slice(FIRST), ...others];
    if (rest.length > 0) {
      const alike = rest.length > others.length ? "more" : isPredicted ? "that did not fire" : "that fired";
      section.append(
        el("details", { class: "more" }, el("summary", {}, `${rest.length} ${alike}`), ...groupTable(scene, side, rest, false, null)),
      );
    }
    return section;
  }

  function groupTable(
    scene: Scene,
    side: Side,
    groups: readonly Fired[],
    framed: boolean,
    large: LargeImage | null,
  ): HTMLElement[] {
    if (groups.length === 0) return [];
    const { record, mistake, earlier } = scene;
    const before = earlier.map((one) => ({
      step: one.snapshot.step,
      scores: scoresThen(one.record, one.snapshot, mistake.image, side.target),
    }));
    const effects = groups.some(({ firing }) => firing.effect !== null);
    const heads = [
      ...(scene.whole === null ? [] : ["here"]),
      "usually",
      "group",
      "× normal",
      ...(effects ? ["if masked"] : []),
      ...before.map(({ step }) => `step ${step}`),
    ];
    const rows = groups.map((one, at) => {
      const row = el(
        "tr",
        { "data-group": one.node.key, "data-colour": framed ? at + 1 : null },
        scene.whole === null ? null : el("td", {}, here(scene, one, framed ? at : null)),
        el("td", {}, usual(scene, one)),
        el(
          "th",
          { scope: "row" },
          groupButton(one, side),
          one.share === null ? null : el("span", { class: "chip" }, "path"),
          el("span", { class: "muted" }, `${shortened(scene.snapshot.graph.layers).get(one.node.group.layer)} · ${percent(one.firing.importance)}`),
        ),
        el("td", { class: "number score" }, one.firing.score.toFixed(2), bar(one, record)),
        effects ? el("td", { class: "number" }, masked(one, mistake, record)) : null,
        ...before.map(({ scores }) => el("td", { class: "number" }, scores.get(one.node.key)?.toFixed(2) ?? "–")),
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
    return [
      el(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": `Groups of ${side.name}` },
        el(
          "table",
          {},
          el("thead", {}, el("tr", {}, ...heads.map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", {}, ...rows),
        ),
      ),
    ];
  }

  /** The crop of this image that fired the group most. */
  function here({ whole, record }: Scene, { firing }: Fired, at: number | null): HTMLElement {
    const cut = cropCut(whole!, record, firing.crops[0]?.[0] ?? -1);
    return el("span", { class: "here" }, cut === null ? null : picture(cut, PATCH), at === null ? null : el("b", {}, String(at + 1)));
  }

  /** What the group usually fires on. */
  function usual({ run, snapshot }: Scene, { node }: Fired): HTMLElement {
    const cuts = node.group.patches.slice(0, USUAL).flatMap((row) => patchCut(source, run.name, snapshot, row) ?? []);
    return el("span", { class: "usual" }, ...cuts.map((cut) => picture(cut, PATCH)));
  }

  function groupButton({ node }: Fired, side: Side): HTMLElement {
    const button = el(
      "button",
      { type: "button", class: "link", "data-focus": `group ${side.target} ${node.key}`, title: "Show it in the circuit" },
      titleOf(side.circuit!, node),
    );
    button.addEventListener("click", () => open(side, node.key));
    return button;
  }

  function open(side: Side, group: string): void {
    dispatch({ view: "circuit", target: side.target, group });
  }

  return {
    element,
    update(next) {
      if (context?.run.name !== next.run.name) answers = new WeakMap();
      context = next;
      tried = new WeakSet();
      draw();
    },
  };
};

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

function masked({ firing }: Fired, mistake: Mistake, record: Mistakes): string {
  if (firing.effect === null || firing.effect[0] === null) return "–";
  const [change, answer] = firing.effect;
  return `${signed(change)}${answer === mistake.predicted ? "" : ` → ${className(record, answer)}`}`;
}

/** Why there is nothing to show, and what to do. */
function nothing({ steps, record, problem }: MistakesAnswer, { step }: Snapshot): HTMLElement[] {
  if (problem !== null) return [el("h2", {}, "The mistakes cannot be shown"), el("p", {}, problem)];
  if (record !== null)
    return [
      el("h2", {}, "No mistakes"),
      el("p", {}, `At step ${step} all ${counted(record.images, "probe image")} are taken for what they are.`),
    ];
  if (steps.length > 0)
    return [
      el("h2", {}, `No mistakes told of at step ${step}`),
      el("p", {}, `They are at ${counted(steps.length, "snapshot")}, from step ${steps[0]} to ${steps[steps.length - 1]}.`),
    ];
  return [
    el("h2", {}, "No mistakes are recorded in this run"),
    el("p", {}, "Have the callback debug the worst mistakes among the probe images with each snapshot:"),
    el("pre", { class: "mono" }, "NeurFlowCallback(debug_images=4)"),
    el("p", {}, "The probe images need labels. What is already trained is debugged by ", el("code", { class: "mono" }, "neurflow debug"), "."),
  ];
}
