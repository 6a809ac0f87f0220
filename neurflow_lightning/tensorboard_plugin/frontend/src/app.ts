/**
 * The page: one state, a store of runs, and views that are told of both.
 *
 * Whatever happens (a click, a key, a link, new data) changes the state or the store and asks for a
 * drawing; drawings are at most one a frame.
 */
import { headerBar } from "./controls/header.js";
import { playing, stepBy, timeBar } from "./controls/time.js";
import { el } from "./dom.js";
import { download, rasterised, standalone, written } from "./exporting.js";
import type { Host } from "./host.js";
import {
  circuitOf,
  snapshotAt,
  targetOf,
  withSeries,
  type Context,
  type RunModel,
  type View,
  type ViewFactory,
} from "./model.js";
import { snapshotName } from "./naming.js";
import type { Source } from "./source.js";
import { DEFAULT, changed, type State, type ViewName } from "./state.js";
import { detailPanel } from "./views/detail.js";
import { welcome } from "./views/welcome.js";

const POLL = 3000; // milliseconds between two looks for new snapshots
const LINK_PAUSE = 250; // milliseconds of rest before the address is written

export type Views = Readonly<Record<ViewName, ViewFactory>>;

/** Builds the page into `body` and starts to load. */
export function start(
  body: HTMLElement,
  source: Source,
  host: Host,
  first: Partial<State>,
  views: Views,
): void {
  let state: State = changed(DEFAULT, { ...first, ...host.link() });
  let names: readonly string[] | null = null;
  let failure: string | null = null;
  let due = false;
  let linking: ReturnType<typeof setTimeout> | undefined;
  let polling: ReturnType<typeof setTimeout> | undefined;
  let player: ReturnType<typeof setTimeout> | undefined;
  const runs = new Map<string, RunModel>();
  const asked = new Set<string>();
  const built = new Map<ViewName, View>();

  const stage = el("div", { class: "stage", id: "stage", role: "tabpanel" });
  const nothing = welcome();
  const header = headerBar(dispatch, (format) => void save(format));
  const time = timeBar(dispatch);
  const detail = detailPanel(dispatch, source);
  const middle = el("div", { class: "middle" }, el("main", {}, stage), detail.element);
  stage.append(nothing.element);
  body.replaceChildren(el("div", { class: "app" }, header.element, middle, time.element));
  stage.addEventListener("hits", (event) =>
    header.hits((event as CustomEvent<number | null>).detail),
  );
  document.addEventListener("keydown", key);
  host.onTheme((dark) => {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  });
  host.onLink((link) => {
    if (Object.keys(link).length > 0) dispatch({ ...DEFAULT, run: state.run, ...link });
    else host.write(state); // the tab came back with a bare address
  });
  host.onReload(() => void load());
  window.addEventListener("focus", () => {
    if (source.canGrow) void load(); // who comes back wants to see what is new
  });
  void load();

  // --- state -----------------------------------------------------------------------------

  function dispatch(change: Partial<State>): void {
    const before = state;
    state = changed(state, change);
    if (state === before) return;
    if (state.run !== before.run || state.otherRun !== before.otherRun) void load();
    if (state.live && !before.live) void load();
    if (state.playing !== before.playing) play();
    request();
  }

  function context(): Context | null {
    const run = runs.get(state.run);
    if (run === undefined) return null;
    const other = state.otherRun === null ? run : (runs.get(state.otherRun) ?? null);
    return { run, other, state, snapshot: snapshotAt(run, state.step) };
  }

  function play(): void {
    clearTimeout(player);
    if (!state.playing) return;
    const run = runs.get(state.run);
    const pace = Math.min(900, Math.max(90, 20_000 / (run?.snapshots.length ?? 1)));
    player = setTimeout(() => {
      const now = context();
      const next = now === null ? null : stepBy(now.run, now.snapshot, 1);
      dispatch(next === null ? { playing: false } : { step: next });
      play();
    }, pace);
  }

  // --- data ------------------------------------------------------------------------------

  async function load(): Promise<void> {
    clearTimeout(polling);
    try {
      names = await source.runs();
      if (!names.includes(state.run)) dispatchRun(names[0] ?? "");
      const wanted = [state.run, state.otherRun].filter(
        (name) => name !== null && names!.includes(name),
      );
      await Promise.all([...new Set(wanted as string[])].map(loadRun));
      failure = null;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== failure && runs.has(state.run)) toast(message); // else the page says it
      failure = message;
    }
    request();
    const waiting = failure !== null || (runs.get(state.run)?.snapshots.length ?? 0) === 0;
    clearTimeout(polling);
    if (source.canGrow && (state.live || waiting)) polling = setTimeout(() => void load(), POLL);
  }

  /** The first run stands in for one that is not there; a link to another one's step is void. */
  function dispatchRun(name: string): void {
    if (state.run !== "" && name !== "")
      toast(`There is no run ${state.run} any more: this is ${name}.`);
    state = changed(
      state,
      state.run === "" ? { run: name } : { run: name, step: null, group: null },
    );
  }

  async function loadRun(name: string): Promise<void> {
    if (asked.has(name)) return;
    asked.add(name);
    try {
      const known = runs.get(name) ?? null;
      const last = known?.snapshots[known.snapshots.length - 1];
      const series = await source.series(name, last ?? null);
      const quiet = known !== null && series.snapshots.length === 0 && !series.restarted;
      const same = quiet && series.problems.length === known.problems.length;
      if (!same) runs.set(name, withSeries(known, series));
    } finally {
      asked.delete(name);
    }
  }

  // --- drawing ---------------------------------------------------------------------------

  function request(): void {
    if (due) return;
    due = true;
    // a hidden page gets no frames; the drawing then waits for the next reason
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
    clearTimeout(linking);
    linking = setTimeout(() => host.write(state), LINK_PAUSE);
  }

  function draw(): void {
    const now = context();
    const root = document.documentElement;
    header.update(names ?? [], now, state.view);
    stage.setAttribute("aria-labelledby", `tab-${state.view}`);
    const drawable = now !== null && now.run.snapshots.length > 0;
    nothing.element.hidden = drawable;
    middle.classList.toggle("bare", !drawable || state.view === "debug");
    middle.classList.toggle("roomy", state.view !== "circuit");
    time.element.hidden = !drawable;
    for (const [name, view] of built) view.element.hidden = !drawable || name !== state.view;
    if (now === null || !drawable) {
      explain(now);
      root.dataset["ready"] = names === null && failure === null ? "" : "empty";
      return;
    }
    time.update(now, source.canGrow);
    viewNamed(state.view).update(now);
    if (state.view !== "circuit") header.hits(null);
    detail.update(now);
    root.dataset["view"] = state.view;
    root.dataset["step"] = String(now.snapshot?.step ?? "");
    root.dataset["target"] = String(targetOf(now.run, state) ?? "");
    root.dataset["ready"] = "true";
    preload(now);
  }

  function viewNamed(name: ViewName): View {
    let view = built.get(name);
    if (view === undefined) {
      view = views[name](dispatch, source);
      built.set(name, view);
      stage.append(view.element);
    }
    view.element.hidden = false;
    return view;
  }

  function explain(now: Context | null): void {
    if (failure !== null) nothing.failed(failure, () => void load());
    else if (names === null) nothing.loading();
    else if (names.length === 0) nothing.nothing(source.canGrow);
    else if (now === null) nothing.loading();
    else nothing.noSnapshots(now.run.name);
  }

  /** The pictures of the neighbouring steps, so that a step does not wait for them. */
  function preload({ run, snapshot, state: now }: Context): void {
    if (snapshot === null) return;
    const at = run.snapshots.indexOf(snapshot);
    for (const next of [run.snapshots[at + 1], run.snapshots[at - 1]]) {
      const circuit = next === undefined ? null : circuitOf(next, targetOf(run, now));
      if (circuit === null) continue;
      const { graph } = circuit.snapshot;
      const rows = circuit.nodes.flatMap(({ group }) => group.patches.slice(0, 4));
      const sheets = new Set(rows.flatMap((row) => graph.patches[row]?.[0] ?? []));
      for (const sheet of sheets) new Image().src = source.sheet(run.name, graph.step, sheet);
    }
  }

  // --- keys and files --------------------------------------------------------------------

  function key(event: KeyboardEvent): void {
    const now = context();
    const at = event.target as Element;
    if (now === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (event.key === "Escape") {
      dispatch({ group: null });
      return;
    }
    if (
      at.closest("input, select, textarea, [role=tablist], [role=radiogroup], .scroll") !== null
    ) {
      if (event.key !== " " || !at.matches("input[type=range]")) return;
    }
    const { snapshots } = now.run;
    const steps: Readonly<Record<string, number | null | undefined>> = {
      ArrowLeft: stepBy(now.run, now.snapshot, -1),
      ArrowRight: stepBy(now.run, now.snapshot, 1),
      Home: snapshots[0]?.step,
      End: snapshots[snapshots.length - 1]?.step,
    };
    if (event.key in steps) {
      const step = steps[event.key];
      if (step !== null && step !== undefined) dispatch({ step, playing: false });
      event.preventDefault();
    } else if (event.key === " " && at.closest("button, summary, [role=button]") === null) {
      dispatch(playing(now));
      event.preventDefault();
    }
  }

  async function save(format: "svg" | "png"): Promise<void> {
    const now = context();
    const view = built.get(state.view);
    if (now === null || view === undefined) return;
    const target = now.run.targets.find((one) => one.target === targetOf(now.run, state));
    const moment = now.snapshot === null ? "" : snapshotName(now.snapshot.graph);
    const name = `${state.view} ${target?.name ?? ""} ${moment}`;
    try {
      const drawing = await standalone(view.element, `${name}, ${now.run.name}`);
      const content =
        format === "svg"
          ? new Blob([written(drawing)], { type: "image/svg+xml" })
          : await rasterised(drawing);
      download(content, `neurflow-${name.replace(/[^\p{L}\p{N}]+/gu, "-")}.${format}`);
    } catch (error) {
      toast(
        `This view could not be saved: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  function toast(text: string): void {
    const note = el("p", { class: "toast", role: "alert" }, text);
    body.append(note);
    setTimeout(() => note.remove(), 6000);
  }
}
