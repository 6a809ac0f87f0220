/** Draws the difference of two circuits: what was gained and lost, what is stronger and weaker. */
import { el, svg } from "../dom.js";
import {
  CHANGES,
  layoutDifference,
  strongEdges,
  tally,
  type Change,
  type Difference,
  type DifferenceEdge,
  type DifferenceNode,
} from "../difference.js";
import { beginning, counted, ending, percent, plain, shortened } from "../formats.js";
import { nameOf, type Link } from "../model.js";
import { snapshotName } from "../naming.js";
import { patchCut, picture } from "../pictures.js";
import { routes } from "../routing.js";
import type { Source } from "../source.js";
import type { Graph, Target } from "../types.js";
import { acrossPlane, buttons, set } from "./parts.js";

const CARD = { width: 168, height: 56 };
const PICTURE = 31;
const ROW = CARD.height + 12;
const HEAD = 40;
/** An entry of the key: at least so wide, and so high. */
const KEY = { least: 138, most: 178, height: 38 };
const LEAST_GAP = 44;
const MARGIN = 14;

/** One of the two circuits, as recorded. */
export interface DifferenceSide {
  readonly run: string;
  readonly graph: Graph;
  readonly target: Target;
}

export interface DifferenceScene {
  readonly difference: Difference;
  readonly sides: readonly [DifferenceSide, DifferenceSide];
  readonly width: number;
  readonly threshold: number;
  /** Keys of nodes by their places: "L12", "layer/number", or null for what cannot be selected. */
  readonly keys: readonly (string | null)[];
  readonly selected: string | null;
}

const SAID: Readonly<Record<Change, string>> = {
  gained: "gained",
  lost: "lost",
  stronger: "strengthened",
  weaker: "weakened",
  turned: "turned",
  same: "unchanged",
  unstable: "unstable",
};

const UNSTABLE = "unstable: other probe images of the class might not show it, so it is not counted as a change";

/** A sign for each change, so that colour is not all that tells them apart. */
const SIGNS: Readonly<Record<Change, string>> = {
  gained: "M-3.6,0H3.6M0,-3.6V3.6",
  lost: "M-3.6,0H3.6",
  stronger: "M-3.2,1.8L0,-2L3.2,1.8",
  weaker: "M-3.2,-1.8L0,2L3.2,-1.8",
  turned: "M-3,-1.5H3L1,-3.6M3,1.5H-3L-1,3.6",
  same: "M-2.6,-1.5H2.6M-2.6,1.5H2.6",
  unstable: "M-3.4,1C-1.7,-3 0,3 3.4,-1",
};

export interface DifferenceGraph {
  readonly element: HTMLElement;
  draw(scene: DifferenceScene): void;
}

export function differenceGraph(select: (key: string | null) => void, source: Source): DifferenceGraph {
  const hidden = new Set<Change>();
  const headings = svg("g", { class: "headings" });
  const edges = svg("g", { class: "edges", role: "group", "aria-label": "Edges" });
  const nodes = svg("g", { class: "nodes", role: "group", "aria-label": "Neuron groups" });
  const keys = svg("g", { class: "changes", role: "group", "aria-label": "Changes; choose one to hide or show it" });
  const chart = svg("svg", { class: "difference-chart", role: "group", "data-export": true }, keys, headings, edges, nodes);
  const element = el("div", { class: "difference" }, chart);
  let scene: DifferenceScene | null = null;
  let pointed: number | null = null;

  const settleNodes = buttons(nodes, ".node", acrossPlane, (item) => {
    const group = item.getAttribute("data-group");
    if (group !== null) select(group === scene?.selected ? null : group);
  });
  const settleKey = buttons(keys, ".change", acrossPlane, (item) => {
    const change = item.getAttribute("data-change") as Change;
    if (!hidden.delete(change)) hidden.add(change);
    if (scene) draw(scene);
  });
  const at = (event: Event) => {
    const item = (event.target as Element).closest(".node");
    return item ? Number(item.getAttribute("data-place")) : null;
  };
  for (const [name, leaves] of [["pointerover", false], ["focusin", false], ["pointerleave", true], ["focusout", true]] as const) {
    nodes.addEventListener(name, (event) => {
      pointed = leaves ? null : at(event);
      mark();
    });
  }

  function draw(next: DifferenceScene): void {
    scene = next;
    const { difference, width, threshold } = scene;
    const strong = strongEdges(difference.edges, threshold);
    const placed = layoutDifference({ ...difference, edges: strong });
    const columns = difference.layers.length;
    const gap = Math.max(LEAST_GAP, (width - 2 * MARGIN - columns * CARD.width) / Math.max(1, columns - 1));
    const rows = Math.max(1, ...placed.map(({ of }) => of));
    const key = keyOf(difference.nodes, strong, width);
    const top = key.rows * KEY.height + 4 + HEAD;
    const height = top + rows * ROW + MARGIN;
    const points = placed.map(({ column, row, of }) => ({
      x: MARGIN + column * (CARD.width + gap),
      y: top + (row + (rows - of) / 2) * ROW,
    }));
    const whole = 2 * MARGIN + columns * CARD.width + (columns - 1) * gap;
    set(chart, { viewBox: `0 0 ${whole} ${height}`, width: whole, height, "aria-label": chartName(scene) });
    const short = shortened(difference.layers);
    headings.replaceChildren(
      ...difference.layers.map((layer, column) =>
        svg(
          "text",
          { x: MARGIN + column * (CARD.width + gap) + CARD.width / 2, y: top - HEAD + 22, "text-anchor": "middle" },
          svg("title", {}, layer),
          ending(short.get(layer) ?? layer, 22),
        ),
      ),
    );
    drawEdges(edges, scene, strong, points, hidden);
    nodes.replaceChildren(
      ...difference.nodes.flatMap((node, place) =>
        hidden.has(node.change) ? [] : [card(node, place, points[place]!, scene!, source)],
      ),
    );
    drawKey(keys, key, hidden);
    settleNodes();
    settleKey();
    mark();
  }

  /** The group pointed at or selected, with its edges. */
  function mark(): void {
    if (!scene) return;
    const selected = scene.selected === null ? -1 : scene.keys.indexOf(scene.selected);
    const place = pointed ?? (selected >= 0 ? selected : null);
    chart.classList.toggle("pointing", place !== null);
    const near = new Set([String(place)]);
    for (const edge of edges.children) {
      const ends = [edge.getAttribute("data-source"), edge.getAttribute("data-target")];
      const touches = ends.includes(String(place));
      edge.classList.toggle("near", touches);
      if (touches) for (const end of ends) near.add(end!);
    }
    for (const node of nodes.children) {
      node.classList.toggle("near", near.has(node.getAttribute("data-place")!));
      const group = node.getAttribute("data-group");
      set(node, { "aria-pressed": String(group !== null && group === scene.selected) });
    }
  }

  return { element, draw };
}

function chartName({ sides: [before, after] }: DifferenceScene): string {
  const name = (side: DifferenceSide) => `${side.run}, ${snapshotName(side.graph)}`;
  return `What changed in the circuit of ${after.target.name} from ${name(before)} to ${name(after)}`;
}

// --- edges ----------------------------------------------------------------------------------

/** How much an edge changed; 0 for one that did not. */
function extent({ weight: [before, after], change }: DifferenceEdge): number {
  if (change === "same") return 0;
  return change === "turned" ? Math.abs(after - before) : Math.abs(Math.abs(after) - Math.abs(before));
}

function drawEdges(
  parent: SVGGElement,
  { difference }: DifferenceScene,
  strong: readonly DifferenceEdge[],
  points: readonly { readonly x: number; readonly y: number }[],
  hidden: ReadonlySet<Change>,
): void {
  const gone = (place: number) => hidden.has(difference.nodes[place]!.change);
  const shown = strong.filter(
    (edge) => !hidden.has(edge.change) && !gone(edge.source) && !gone(edge.target),
  );
  const edgeOf = new Map<Link, DifferenceEdge>();
  const links = shown.map((edge) => {
    const [source, target] = [String(edge.source), String(edge.target)];
    const link: Link = { source, target, weight: edge.weight[1], share: extent(edge), stability: null };
    edgeOf.set(link, edge);
    return link;
  });
  const largest = Math.max(0, ...links.map((link) => link.share));
  const places = new Map(points.map((point, place) => [String(place), point]));
  parent.replaceChildren(
    ...routes(links, largest, places, CARD).map(({ link, path, width }) => {
      const edge = edgeOf.get(link)!;
      return svg(
        "path",
        {
          class: `edge ${edge.change}`,
          d: path,
          "stroke-width": width,
          "data-source": link.source,
          "data-target": link.target,
          "data-change": edge.change,
        },
        svg("title", {}, `${SAID[edge.change]}: ${plain(edge.weight[0])} → ${plain(edge.weight[1])}`),
      );
    }),
  );
}

// --- cards ----------------------------------------------------------------------------------

function card(
  node: DifferenceNode,
  place: number,
  { x, y }: { readonly x: number; readonly y: number },
  scene: DifferenceScene,
  source: Source,
): SVGGElement {
  const group = (side: 0 | 1) => {
    const position = side === 0 ? node.before : node.after;
    return position === null ? null : scene.sides[side].target.groups[position]!;
  };
  const [was, is] = [group(0), group(1)];
  const one = (is ?? was)!;
  const last = node.layer === scene.difference.layers[scene.difference.layers.length - 1];
  const name = last && one.label === null ? scene.sides[1].target.name : nameOf(one, scene.difference.layers);
  const cuts = ([0, 1] as const).flatMap((side) => {
    const { run, graph } = scene.sides[side];
    const rows = group(side)?.patches.slice(0, was && is ? 1 : 2) ?? [];
    return rows.flatMap((row) => patchCut(source, run, graph, row) ?? []);
  });
  const [before, after] = [percent(was?.importance), percent(is?.importance)];
  const importance = was && is && before !== after ? `${before} → ${after}` : percent(one.importance);
  const said = `${name}, ${node.layer}: ${SAID[node.change]}, importance ${importance}`;
  const key = scene.keys[place] ?? null;
  const left = cuts.length ? 9 + cuts.length * (PICTURE + 3) + 5 : 12;
  return svg(
    "g",
    {
      class: `node ${node.change}`,
      transform: `translate(${x},${y})`,
      role: "button",
      "aria-label": said,
      "aria-disabled": key === null ? "true" : null,
      "data-group": key,
      "data-place": place,
      "data-change": node.change,
    },
    svg("title", {}, said),
    svg("rect", { class: "card", width: CARD.width, height: CARD.height, rx: 9 }),
    ...cuts.map((cut, at) => {
      const frame = picture(cut, PICTURE);
      set(frame, { x: 9 + at * (PICTURE + 3), y: (CARD.height - PICTURE) / 2 });
      return frame;
    }),
    svg("text", { class: "name", x: left, y: 24 }, beginning(name, Math.floor((CARD.width - left - 6) / 7))),
    svg("text", { class: "importance", x: left, y: 41 }, importance.replace(" % →", " →")),
    sign(node.change, CARD.width - 2, 2),
  );
}

function sign(change: Change, x: number, y: number): SVGGElement {
  return svg(
    "g",
    { class: `sign ${change}`, transform: `translate(${x},${y})` },
    svg("circle", { r: 7.5 }),
    svg("path", { d: SIGNS[change] }),
  );
}

// --- key ------------------------------------------------------------------------------------

interface Key {
  readonly entries: readonly { readonly change: Change; readonly counts: string }[];
  readonly pitch: number;
  readonly across: number;
  readonly rows: number;
}

/** The changes that there are, how often, and how they fit into the width. */
function keyOf(nodes: readonly DifferenceNode[], edges: readonly DifferenceEdge[], width: number): Key {
  const [groups, links] = [tally(nodes), tally(edges)];
  const entries = CHANGES.filter((change) => groups[change] + links[change] > 0).map((change) => ({
    change,
    counts: `${counted(groups[change], "group")}, ${counted(links[change], "edge")}`,
  }));
  const room = width - 2 * MARGIN;
  const across = Math.max(1, Math.min(entries.length, Math.floor(room / KEY.least)));
  const rows = Math.ceil(entries.length / across);
  return { entries, pitch: Math.min(KEY.most, room / across), across, rows };
}

function drawKey(parent: SVGGElement, { entries, pitch, across }: Key, hidden: ReadonlySet<Change>): void {
  parent.replaceChildren(
    ...entries.map(({ change, counts }, at) => {
      const [x, y] = [MARGIN + (at % across) * pitch, 4 + Math.floor(at / across) * KEY.height];
      return svg(
        "g",
        {
          class: `change ${change}`,
          role: "button",
          "aria-pressed": String(!hidden.has(change)),
          "aria-label": `${SAID[change]}: ${counts}`,
          "data-change": change,
          transform: `translate(${x},${y})`,
        },
        svg("title", {}, `${hidden.has(change) ? "Show" : "Hide"}${change === "unstable" ? ` what is ${UNSTABLE}` : ""}`),
        svg("rect", { class: "hit", x: -4, y: -2, width: pitch - 8, height: KEY.height - 4, rx: 7 }),
        svg("line", { class: `edge ${change}`, x1: 0, x2: 26, y1: 15, y2: 15, "stroke-width": 3 }),
        sign(change, 13, 15),
        svg("text", { x: 34, y: 12 }, SAID[change]),
        svg("text", { class: "count", x: 34, y: 27 }, counts),
      );
    }),
  );
}
