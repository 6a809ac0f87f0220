/**
 * The debug view: mistakes at a snapshot, by kinds, and why one of them was made.
 *
 * Groups are those of the snapshot's circuits, so that their patches and names are known here too.
 */
import { el } from "../dom.js";
import { counted, percent } from "../formats.js";
import { className, kindsOf, mistakeOf, type Kind } from "../mistakes.js";
import type { Context, RunModel, Snapshot, ViewFactory } from "../model.js";
import { snapshotName } from "../naming.js";
import { picture } from "../pictures.js";
import type { Mistake, Mistakes, MistakesAnswer, Past } from "../types.js";
import { mistakeArticle, type Earlier } from "./mistake.js";
import { mistakenCut } from "./mistakenimage.js";
import { alongList, buttons } from "./parts.js";

const EARLIER = 3; // snapshots whose scores stand beside today's
const THUMB = 44;

export const debugView: ViewFactory = (dispatch, source) => {
  const kinds = el("ol", { class: "kinds" });
  const [count, rest] = [el("p", { class: "muted" }), el("p", { class: "muted rest" })];
  const nav = el("nav", { "aria-label": "Mistakes, those that circuits explain first" }, count, kinds, rest);
  const note = el("p", { class: "view-note muted", role: "status" });
  const article = mistakeArticle(dispatch, source);
  const body = el("div", { class: "debug-body" }, nav, el("div", {}, note, article.element));
  const empty = el("div", { class: "view-empty", role: "status" });
  const element = el("section", { class: "view debug", "aria-label": "Debug" }, body, empty);
  const stop = buttons(kinds, "button", alongList, (item) =>
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
        : `Image ${state.image} is not among the mistakes shown at ${snapshotName(snapshot.graph)}. This is the first of them.`;
    if (now === drawn) return;
    drawn = now;
    const focus = (document.activeElement as HTMLElement | null)?.dataset["focus"];
    drawKinds(run, record, mistake);
    article.draw({ run, snapshot, record, mistake, earlier });
    if (focus !== undefined)
      element.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  }

  function earlierOf(run: RunModel, mistake: Mistake): Earlier[] {
    const told = mistake.past.filter((one) => one[4] > 0);
    const alike = ([, taken]: Past) => taken === mistake.predicted; // of another class's circuit less is known
    const first = [...told.filter((one) => !alike(one)), ...told.filter(alike)].slice(-EARLIER);
    const steps = first.map(([step]) => step).sort((one, two) => one - two);
    return steps.flatMap((step) => {
      const snapshot = run.snapshots.find((one) => one.step === step);
      const record = snapshot && answerFor(run, snapshot)?.record;
      return snapshot && record ? [{ snapshot, record }] : [];
    });
  }

  function drawKinds(run: RunModel, record: Mistakes, chosen: Mistake): void {
    const { images, wrong, mistakes } = record;
    const found = kindsOf(record);
    const hidden = wrong - mistakes.length;
    const which = hidden > 0 ? `The ${mistakes.length} that circuits tell most of` : "All of them";
    count.textContent =
      `${wrong} of ${counted(images, "probe image")} taken for another class. ` +
      `${which}, ${counted(found.length, "kind")} of mistake, with how sure the network was:`;
    rest.hidden = hidden <= 0;
    rest.replaceChildren(
      `${hidden} more ${hidden === 1 ? "is" : "are"} not shown: the callback’s `,
      el("code", { class: "mono" }, "debug_images"),
      " says how many are.",
    );
    kinds.replaceChildren(...found.map((kind) => el("li", {}, ...kindSaid(kind, run, record, chosen))));
    stop();
  }

  function kindSaid(kind: Kind, run: RunModel, record: Mistakes, chosen: Mistake): HTMLElement[] {
    const [taken, is] = [className(record, kind.predicted), className(record, kind.true)];
    const items = kind.mistakes.map((one) => {
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
            "aria-pressed": String(one === chosen),
            "aria-label": `Image ${one.image}: taken for ${taken}, is ${is}, ${percent(one.sure)} sure`,
          },
          cut === null ? el("span", { class: "unpictured" }, String(one.image)) : picture(cut, THUMB),
          el("span", { class: "number muted" }, percent(one.sure)),
        ),
      );
    });
    const all = record.mistakes.length === record.wrong; // else more of this kind may be hidden
    return [
      el(
        "p",
        { class: "kind" },
        el(
          "span",
          { title: `“${is}” taken for “${taken}”` },
          el("span", {}, `“${is}”`),
          " ",
          el("span", {}, `taken for “${taken}”`),
        ),
        el(
          "span",
          { class: "muted number", title: all ? counted(items.length, "mistake") : null },
          all ? `× ${items.length}` : `${items.length} shown`,
        ),
      ),
      el("ol", { class: "mistakes" }, ...items),
    ];
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

/** Why there is nothing to show, and what to do. */
function nothing({ steps, record, problem }: MistakesAnswer, { graph }: Snapshot): HTMLElement[] {
  if (problem !== null) return [el("h2", {}, "The mistakes cannot be shown"), el("p", {}, problem)];
  if (record !== null)
    return [
      el("h2", {}, "No mistakes"),
      el("p", {}, `At ${snapshotName(graph)} all ${counted(record.images, "probe image")} are taken for what they are.`),
    ];
  if (steps.length > 0)
    return [
      el("h2", {}, `No mistakes told of at ${snapshotName(graph)}`),
      el("p", {}, `They are at ${counted(steps.length, "snapshot")}, from step ${steps[0]} to ${steps[steps.length - 1]}.`),
    ];
  return [
    el("h2", {}, "No mistakes are recorded in this run"),
    el("p", {}, "Have the callback debug mistakes among the probe images with each snapshot:"),
    el("pre", { class: "mono" }, "NeurFlowCallback(debug_images=4)"),
    el("p", {}, "The probe images need labels. What is already trained is debugged by ", el("code", { class: "mono" }, "neurflow debug"), "."),
  ];
}
