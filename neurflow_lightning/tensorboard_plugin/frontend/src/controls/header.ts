/** The header: run, target, views, search, export. */
import { ICONS, el, icon } from "../dom.js";
import { targetOf, type Context } from "../model.js";
import { VIEWS, type Dispatch, type ViewName } from "../state.js";
import type { Problem } from "../types.js";
import { roam } from "./time.js";

const VIEW_NAMES: Readonly<Record<ViewName, string>> = {
  circuit: "Circuit",
  lineage: "Lineage",
  drift: "Drift",
  compare: "Compare",
  debug: "Debug",
};

export interface Header {
  readonly element: HTMLElement;
  update(runs: readonly string[], context: Context | null, view: ViewName): void;
  /** How many groups a search found; null without a search. */
  hits(count: number | null): void;
}

export function headerBar(dispatch: Dispatch, save: (format: "svg" | "png") => void): Header {
  const run = picker("Run", (value) =>
    dispatch({ run: value, step: null, group: null, otherStep: null, playing: false }),
  );
  const target = picker("Target", (value) => dispatch({ target: Number(value), group: null }));
  const tabs = VIEWS.map((view) => {
    const tab = el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${view}`,
        "aria-controls": "stage",
        "data-view": view,
      },
      VIEW_NAMES[view],
    );
    tab.addEventListener("click", () => dispatch({ view }));
    return tab;
  });
  const tablist = el("div", { class: "segments", role: "tablist", "aria-label": "Views" }, ...tabs);
  tablist.addEventListener("keydown", (event) => roam(event, tabs));
  const search = el("input", {
    type: "search",
    class: "field",
    placeholder: "Neuron or label",
    "aria-label": "Search for a neuron or a label",
    spellcheck: "false",
  });
  const hits = el("output", { class: "hits number", "aria-live": "polite" });
  search.addEventListener("input", () => dispatch({ query: search.value }));
  const problems = el("details", { class: "menu problems", hidden: true });
  const element = el(
    "header",
    { class: "top" },
    el("h1", { class: "visually-hidden" }, "NeurFlow"),
    el("div", { class: "pickers" }, run.element, target.element),
    tablist,
    el(
      "div",
      { class: "tools" },
      problems,
      el("span", { class: "search", role: "search" }, icon(ICONS.search), search, hits),
      saving(save),
    ),
  );

  return {
    element,
    hits(count) {
      hits.textContent = count === null ? "" : count === 0 ? "none" : String(count);
    },
    update(runs, context, view) {
      run.show(
        runs.map((name) => ({ value: name, text: name })),
        context?.run.name ?? null,
      );
      const chosen = context === null ? null : targetOf(context.run, context.state);
      target.show(
        (context?.run.targets ?? []).map((one) => ({ value: String(one.target), text: one.name })),
        chosen === null ? null : String(chosen),
      );
      target.element.hidden = view === "debug"; // a mistake has classes of its own
      for (const tab of tabs) {
        const own = tab.dataset["view"] === view;
        tab.setAttribute("aria-selected", String(own));
        tab.tabIndex = own ? 0 : -1;
      }
      if (context !== null && search.value !== context.state.query)
        search.value = context.state.query;
      complain(problems, context?.run.problems ?? []);
    },
  };
}

function picker(
  name: string,
  choose: (value: string) => void,
): {
  element: HTMLElement;
  show(options: readonly { value: string; text: string }[], chosen: string | null): void;
} {
  const select = el("select", { class: "select", "aria-label": name });
  select.addEventListener("change", () => choose(select.value));
  let known = "";
  return {
    element: el(
      "label",
      { class: "labelled" },
      el("span", { "aria-hidden": "true" }, name),
      select,
    ),
    show(options, chosen) {
      const now = JSON.stringify(options);
      if (now !== known) {
        select.replaceChildren(...options.map(({ value, text }) => el("option", { value }, text)));
        known = now;
      }
      if (chosen !== null) select.value = chosen;
      select.disabled = options.length === 0;
      select.title = options.find(({ value }) => value === chosen)?.text ?? "";
    },
  };
}

function saving(save: (format: "svg" | "png") => void): HTMLElement {
  const menu = el("details", { class: "menu save" });
  const item = (format: "svg" | "png", text: string): HTMLElement => {
    const button = el("button", { type: "button", class: "button bare" }, text);
    button.addEventListener("click", () => {
      menu.open = false;
      save(format);
    });
    return button;
  };
  menu.append(
    el(
      "summary",
      { class: "button icon", "aria-label": "Save this view", title: "Save this view" },
      icon(ICONS.save),
    ),
    el("div", { class: "popup" }, item("svg", "Save as SVG"), item("png", "Save as PNG")),
  );
  closesOutside(menu);
  return menu;
}

function complain(menu: HTMLDetailsElement, problems: readonly Problem[]): void {
  menu.hidden = problems.length === 0;
  if (menu.hidden) return;
  const count =
    problems.length === 1
      ? "1 snapshot could not be read"
      : `${problems.length} snapshots could not be read`;
  menu.replaceChildren(
    el("summary", { class: "button icon", "aria-label": count, title: count }, icon(ICONS.warning)),
    el(
      "div",
      { class: "popup" },
      el("h3", {}, count),
      el(
        "ul",
        {},
        ...problems.map(({ step, message }) =>
          el(
            "li",
            {},
            el("b", { class: "number" }, step === null ? "" : `Step ${step}: `),
            message,
          ),
        ),
      ),
    ),
  );
  closesOutside(menu);
}

const closing = new WeakSet<HTMLDetailsElement>();

function closesOutside(menu: HTMLDetailsElement): void {
  if (closing.has(menu)) return;
  closing.add(menu);
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target as globalThis.Node)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
