/**
 * The compare view: two steps of a run, or two runs, side by side or as their difference.
 *
 * What was before is chosen here; what is after is the run and step of the whole page.
 */
import { differenceOf, type Difference, type Side } from "../difference.js";
import { el } from "../dom.js";
import type { Circuit, Context, RunModel, Snapshot, View, ViewFactory } from "../model.js";
import { circuitOf, isStable, keyOf, snapshotAt, targetOf } from "../model.js";
import { snapshotName, snapshotTitle } from "../naming.js";
import type { CompareMode, State } from "../state.js";
import type { Graph } from "../types.js";
import { circuitView } from "./circuit.js";
import { differenceGraph, type DifferenceSide } from "./differencegraph.js";
import { evidenceList } from "./evidence.js";
import { labelledSelect, offer, onRoom } from "./parts.js";

/** What is compared: before and after. */
interface Pair {
  readonly runs: readonly [RunModel, RunModel];
  readonly snapshots: readonly [Snapshot, Snapshot];
  readonly target: number;
  readonly sameRun: boolean;
}

const MODES: readonly (readonly [CompareMode, string])[] = [
  ["sides", "Side by side"],
  ["difference", "Difference"],
];

const MATCHED = {
  lineage: "A group is the same where it kept its lineage; one without, where its neurons are alike.",
  members:
    "A group is the same where its neurons are alike (Jaccard index .3 or more). " +
    "Networks trained from different seeds have no neuron in common.",
};

export const compareView: ViewFactory = (dispatch, source): View => {
  const [runLabel, runSelect] = labelledSelect("Compare with run");
  const [stepLabel, stepSelect] = labelledSelect("Compare with step");
  const against = el("span", { class: "view-note" });
  const swap = el("button", { class: "button", type: "button" }, "Swap");
  const modes = MODES.map(([mode, text]) => {
    const button = el("button", { type: "button", role: "radio", "data-mode": mode }, text);
    button.addEventListener("click", () => dispatch({ compare: mode }));
    return button;
  });
  const switcher = el("div", { class: "segments", role: "radiogroup", "aria-label": "How to compare" }, ...modes);
  const head = el("div", { class: "view-head" }, runLabel, stepLabel, against, swap, switcher);
  const note = el("p", { class: "view-empty", role: "status" });
  const captions = [el("h3"), el("h3")] as const;
  const circuits = [circuitView(dispatch, source), circuitView(dispatch, source)] as const;
  const sides = el(
    "div",
    { class: "sides" },
    ...circuits.map((circuit, side) => el("div", { class: "side" }, captions[side]!, circuit.element)),
  );
  const graph = differenceGraph((group) => dispatch({ group }), source);
  const beside = el("div", { class: "beside" });
  const matching = el("p", { class: "muted view-note" });
  const whole = el("div", { class: "whole" }, el("div", {}, matching, graph.element), beside);
  const element = el("section", { class: "view compare", "aria-label": "Compare" }, head, note, sides, whole);

  let context: Context | null = null;
  let names: readonly string[] = [];
  let width = 0;
  let asked = "";
  let known: { readonly key: string; readonly graphs: readonly [Graph, Graph] } | null = null;
  let told = "";

  source.runs().then(
    (found) => {
      names = found;
      draw();
    },
    () => undefined, // the page tells what is wrong with the source
  );
  runSelect.addEventListener("change", () => {
    const other = runSelect.value;
    dispatch({ otherRun: other === context?.run.name ? null : other, otherStep: null });
  });
  stepSelect.addEventListener("change", () => dispatch({ otherStep: Number(stepSelect.value) }));
  swap.addEventListener("click", () => {
    const pair = context && pairOf(context);
    if (!pair) return;
    const [before, after] = pair.snapshots;
    dispatch({
      run: pair.runs[0].name,
      step: before.step,
      otherRun: pair.sameRun ? null : pair.runs[1].name,
      otherStep: after.step,
    });
  });
  switcher.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const next = modes.find((one) => one.getAttribute("aria-checked") !== "true");
    next?.focus();
    next?.click();
  });
  onRoom(graph.element, (wide) => {
    width = wide;
    draw();
  });

  function draw(): void {
    if (!context) return;
    const { state, run, other } = context;
    for (const button of modes) {
      const chosen = button.dataset["mode"] === state.compare;
      button.setAttribute("aria-checked", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    const pair = pairOf(context);
    const runs = [...new Set([run.name, ...names])];
    offer(runSelect, runs.map((name) => [name, name === run.name ? `${name} (this run)` : name]), other?.name ?? state.otherRun ?? run.name);
    const steps = other?.snapshots ?? [];
    offer(stepSelect, steps.map((one) => [String(one.step), one.graph.name ?? String(one.step)]), String(pair?.snapshots[0].step ?? ""));
    runLabel.hidden = runs.length < 2;
    stepLabel.firstElementChild!.textContent = runs.length < 2 ? "Compare with step" : "step";
    swap.disabled = pair === null;
    const missing = pair ? absence(pair) : waiting(context);
    note.textContent = missing ?? "";
    note.hidden = missing === null;
    sides.hidden = missing !== null || state.compare !== "sides";
    whole.hidden = missing !== null || state.compare !== "difference";
    against.textContent = pair ? `and ${title(pair, 1)}` : "";
    if (!pair || missing !== null) return;
    if (state.compare === "sides") drawSides(context, pair);
    else drawDifference(pair, state);
  }

  function drawSides(now: Context, pair: Pair): void {
    for (const side of [0, 1] as const) {
      captions[side].textContent = `${side === 0 ? "Before: " : "After: "}${title(pair, side)}`;
      const [run, snapshot] = [pair.runs[side], pair.snapshots[side]];
      const state = { ...now.state, run: run.name, step: snapshot.step, target: pair.target };
      circuits[side].update({ ...now, run, snapshot, state });
    }
  }

  /** Members are only in whole graphs, which may have to be fetched. */
  function drawDifference(pair: Pair, state: State): void {
    const key = JSON.stringify(pair.runs.map((run, side) => [run.name, pair.snapshots[side]!.step]));
    if (known?.key !== key) {
      if (asked === key) return;
      asked = key;
      const detail = (side: 0 | 1) =>
        source.detail(pair.runs[side].name, pair.snapshots[side].step);
      Promise.all([detail(0), detail(1)]).then(
        (graphs) => {
          if (asked !== key) return;
          known = { key, graphs };
          draw();
        },
        (error: unknown) => {
          if (asked !== key) return;
          asked = "";
          whole.hidden = true;
          note.hidden = false;
          note.textContent = error instanceof Error ? error.message : String(error);
        },
      );
      return;
    }
    if (width === 0) return;
    matching.textContent = pair.sameRun ? MATCHED.lineage : MATCHED.members;
    const scene = sceneOf(pair, known.graphs);
    const saying = `${key} ${pair.target}`;
    if (told !== saying) {
      told = saying;
      const [before, after] = known.graphs;
      const drift = scene.sides[1].target.drift;
      const recorded = pair.sameRun && drift !== null && after.since === before.step;
      beside.replaceChildren(
        ...(recorded ? [evidenceList(drift, pair.runs[1].name, known.graphs, [scene.sides[0].target, scene.sides[1].target], source)] : []),
      );
      whole.classList.toggle("with-evidence", recorded);
    }
    graph.draw({ ...scene, width, threshold: state.threshold, selected: state.group });
  }

  return {
    element,
    update(next) {
      context = next;
      draw();
    },
  };
};

// --- what is compared -----------------------------------------------------------------------

/** The run and step chosen as before, with those of the page as after; null where one is missing. */
function pairOf({ run, other, state, snapshot }: Context): Pair | null {
  const target = targetOf(run, state);
  const sameRun = other !== null && other.name === run.name;
  if (!snapshot || !other || target === null || (state.otherRun !== null && other.name !== state.otherRun)) return null;
  const before = sameRun ? earlier(run, snapshot, state.otherStep) : snapshotAt(other, state.otherStep);
  return before && { runs: [other, run], snapshots: [before, snapshot], target, sameRun };
}

/** The step chosen, or the one that the snapshot was compared with, or else the one before it. */
function earlier(run: RunModel, snapshot: Snapshot, chosen: number | null): Snapshot | null {
  if (chosen !== null) return snapshotAt(run, chosen);
  const since = run.snapshots.find((one) => one.step === snapshot.graph.since);
  const place = run.snapshots.findIndex((one) => one.step === snapshot.step);
  return since ?? run.snapshots[Math.max(0, place - 1)] ?? null;
}

const title = (pair: Pair, side: 0 | 1) =>
  `${pair.sameRun ? "" : `${pair.runs[side].name}, `}${snapshotName(pair.snapshots[side].graph)}`;

function waiting({ state, run }: Context): string {
  if (run.snapshots.length === 0) return "This run has no snapshot yet.";
  return `Reading ${state.otherRun ?? run.name} …`;
}

/** Why these two cannot be compared; null where they can. */
function absence({ runs, snapshots, target, sameRun }: Pair): string | null {
  const side = snapshots.findIndex((one) => circuitOf(one, target) === null);
  if (side >= 0) {
    const name = runs[1].targets.find((one) => one.target === target)?.name ?? target;
    return `${snapshotTitle(snapshots[side]!.graph)} of ${runs[side]!.name} holds no circuit of “${name}”. Choose another step or target.`;
  }
  if (sameRun && snapshots[0].step === snapshots[1].step) {
    return `${snapshotTitle(snapshots[0].graph)} is on both sides: nothing differs. Choose another step to compare with.`;
  }
  return null;
}

/** Edges for one member of the group above, so that groups of any size compare. */
function sideOf({ nodes, links, byKey }: Circuit): Side {
  return {
    groups: nodes.map(({ group }) => ({
      layer: group.layer,
      number: group.number,
      lineage: group.lineage,
      importance: group.importance ?? 0,
      stable: isStable(group.stability),
      members: group.members ?? [],
    })),
    edges: links.map((link) => [
      byKey.get(link.source)!.position,
      byKey.get(link.target)!.position,
      link.share,
      isStable(link.stability),
    ]),
  };
}

/** What the difference graph draws, but for its size. */
function sceneOf(pair: Pair, graphs: readonly [Graph, Graph]) {
  const circuit = (side: 0 | 1) =>
    circuitOf({ ...pair.snapshots[side], graph: graphs[side] }, pair.target)!;
  const circuits = [circuit(0), circuit(1)] as const;
  const side = (at: 0 | 1): DifferenceSide => ({
    run: pair.runs[at].name,
    graph: graphs[at],
    target: circuits[at].target,
  });
  const [before, after] = graphs;
  const layers = [...before.layers.filter((layer) => !after.layers.includes(layer)), ...after.layers];
  const difference = differenceOf(layers, sideOf(circuits[0]), sideOf(circuits[1]), pair.sameRun);
  return {
    difference,
    sides: [side(0), side(1)] as const,
    keys: keysOf(difference, circuits, pair.sameRun),
  };
}

/** What selects a node in the page's run: what another run lost has no place there. */
function keysOf(
  { nodes }: Difference,
  [before, after]: readonly [Circuit, Circuit],
  sameRun: boolean,
): (string | null)[] {
  return nodes.map((node) => {
    if (node.after !== null) return keyOf(after.nodes[node.after]!.group);
    const lost = before.nodes[node.before!]!.group;
    return sameRun && lost.lineage !== null ? keyOf(lost) : null;
  });
}
