/**
 * The circuit: layers as columns, shallow at the left, neuron groups as cards, links by weight and
 * sign. Groups keep their place over the steps (layout.ts); what comes and goes fades.
 */
import { select, type Selection } from "d3-selection";
import "d3-transition";
import { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
import { captions, described, isUnpredictive, pairsOf, type Pair } from "../attribution.js";
import { ICONS, el, icon, still, svg } from "../dom.js";
import { beginning, counted, ending, percent, plain, shortened, signedPercent } from "../formats.js";
import {
  frameOf,
  leastWidth,
  lengthOf,
  place,
  slotsOf,
  type Frame,
  type Size,
  type Slots,
} from "../layout.js";
import {
  isStable,
  circuitOf,
  strongLinks,
  targetOf,
  titleOf,
  type Circuit,
  type Context,
  type Link,
  type Node,
  type ViewFactory,
} from "../model.js";
import { snapshotName } from "../naming.js";
import { pathThrough } from "../paths.js";
import { patchCut, picture, showCut } from "../pictures.js";
import { routes, type Point, type Route } from "../routing.js";
import { found } from "../searching.js";
import type { Graph } from "../types.js";

const PADDING = 8;
const PATCH_GAP = 4;
/** How patches can lie on a card: two by two where there is room, else in a row. */
const [SQUARE, ROW, SHORT_ROW] = [
  { columns: 2, rows: 2, patch: 66 },
  { columns: 4, rows: 1, patch: 40 },
  { columns: 3, rows: 1, patch: 40 },
] as const;
/** A picture smaller than this share of its full size is hard to read. */
const LEGIBLE = 0.8;
const LANE = 14;
const TOP = 78;
const MARGIN = 30;
const BOTTOM = 56;
const DURATION = 450;
const BADGES: Readonly<Record<string, string>> = { emerge: "new", split: "split", merge: "merged" };

/** A node with its place; `dom` tells apart groups that only share a number. */
interface Placed extends Point {
  readonly node: Node;
  readonly dom: string;
  readonly title: string;
  readonly badge: string | null;
  readonly column: number;
}

interface Card extends Size {
  readonly columns: number;
  readonly rows: number;
  /** Side of a patch. */
  readonly patch: number;
}

interface Drawing {
  readonly circuit: Circuit;
  readonly frame: Frame;
  readonly card: Card;
  readonly placed: readonly Placed[];
  readonly links: readonly Link[];
  readonly routes: readonly Route[];
}

export const circuitView: ViewFactory = (dispatch, source) => {
  const element = el("section", { class: "view circuit", "aria-label": "Circuit" });
  const empty = el("p", { class: "empty-note", hidden: true });
  const chart = select(element)
    .append("svg")
    .attr("class", "chart")
    .attr("data-export", "")
    .attr("role", "group");
  const world = chart.append("g");
  const lanes = world.append("g").attr("class", "lanes").attr("aria-hidden", "true");
  const edges = world.append("g").attr("class", "edges").attr("aria-hidden", "true");
  const cards = world.append("g").attr("class", "nodes");
  const headings = chart.append("g").attr("class", "headings");
  const pairs = chart.append("g").attr("class", "pairs");
  const threshold = thresholdControl((value) => dispatch({ threshold: value }));
  const tools = el(
    "div",
    { class: "zoom", role: "group", "aria-label": "Zoom" },
    tool("Zoom in", ICONS.plus, () => step(1.3)),
    tool("Zoom out", ICONS.minus, () => step(1 / 1.3)),
    tool("Fit the whole circuit", ICONS.fit, () => fit(true)),
  );
  element.append(el("div", { class: "legend" }, legend(), threshold.element), tools, empty);

  let context: Context | null = null;
  let drawing: Drawing | null = null;
  let hovered: string | null = null;
  let whole: Graph | null = null;
  let moved = false; // whether the reader has panned or zoomed
  let shape = "";
  let size: Size | null = null;

  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.2, 4])
    .on("zoom", (event: { transform: { toString(): string }; sourceEvent: unknown }) => {
      if (event.sourceEvent) moved = true;
      world.attr("transform", event.transform.toString());
      placeHeadings();
    });
  chart.call(zooming).on("dblclick.zoom", null);
  chart.on("click", (event: MouseEvent) => {
    if (event.target === chart.node()) dispatch({ group: null });
  });
  new ResizeObserver(() => {
    size = null;
    if (context !== null && !element.hidden) update(context);
  }).observe(element);

  /** Measured once a size: measuring makes the browser lay the page out. */
  function stage(): Size {
    if (size !== null) return size;
    const { clientWidth: width, clientHeight: height } = element;
    if (width === 0) return { width: 960, height: 600 }; // not on the page yet
    return (size = { width, height });
  }

  function step(factor: number): void {
    moved = true;
    chart
      .transition()
      .duration(still() ? 0 : 200)
      .call(zooming.scaleBy, factor);
  }

  function fit(animated: boolean): void {
    if (drawing === null) return;
    const { frame } = drawing;
    const { width, height } = stage();
    const room = { width: width - 2 * MARGIN, height: height - TOP - BOTTOM };
    const scale = Math.min(
      1.2,
      Math.max(0.3, Math.min(room.width / frame.width, room.height / frame.height)),
    );
    const transform = zoomIdentity
      .translate(
        (width - frame.width * scale) / 2,
        TOP + Math.max(0, (room.height - frame.height * scale) / 2),
      )
      .scale(scale);
    moved = false;
    // Without a size, as in a view that is hidden, there is no way between two transforms.
    if (animated && !still() && element.clientWidth > 0) chart.transition().duration(300).call(zooming.transform, transform);
    else chart.call(zooming.transform, transform);
  }

  function update(next: Context): void {
    context = next;
    const target = targetOf(next.run, next.state);
    const circuit = next.snapshot && circuitOf(next.snapshot, target);
    threshold.show(next.state.threshold);
    empty.hidden = circuit !== null;
    chart.classed("absent", circuit === null);
    if (circuit === null || target === null) {
      drawing = null;
      empty.textContent = absence(next, target);
      return;
    }
    const { width, height } = stage();
    const room = { width: width - 2 * MARGIN, height: height - TOP - BOTTOM };
    const slots = slotsOf(next.run, target);
    const before = drawing;
    drawing = drawn(circuit, slots, room, next.state.threshold);
    const name = `Circuit of ${circuit.target.name} at ${snapshotName(circuit.snapshot.graph)}, ${next.run.name}`;
    element.setAttribute("aria-label", name);
    chart.attr("aria-label", name);
    const now = `${next.run.name}/${target}/${width}×${height}/${drawing.frame.width}×${drawing.frame.height}`;
    const jump = before === null || before.circuit.target.target !== target;
    draw(drawing, next, jump || still() ? 0 : DURATION);
    if (now !== shape && (!moved || jump)) fit(before !== null && !jump);
    else placeHeadings();
    shape = now;
    ask(next);
    mark();
  }

  /** A search for neurons needs the whole graph. */
  function ask({ run, snapshot, state }: Context): void {
    if (snapshot === null || state.query.trim() === "") return;
    if (whole?.step === snapshot.step && whole.fingerprint === snapshot.graph.fingerprint) return;
    whole = null;
    void source.detail(run.name, snapshot.step).then(
      (graph) => {
        if (context?.snapshot?.step !== graph.step || context.run.name !== run.name) return;
        whole = graph;
        mark();
      },
      () => undefined, // labels are still searched; the panel tells what is wrong
    );
  }

  // --- drawing ---------------------------------------------------------------------------

  function draw(
    { placed, frame, card, routes: drawnRoutes, circuit }: Drawing,
    now: Context,
    duration: number,
  ): void {
    const columns = circuit.snapshot.graph.layers;
    lanes
      .selectAll<SVGRectElement, string>("rect")
      .data(slotsOf(now.run, circuit.target.target).layers)
      .join("rect")
      .attr("x", (_, at) => at * frame.pitch.width - LANE)
      .attr("y", (_, at) => place(frame, at, 0).y - LANE)
      .attr("width", card.width + 2 * LANE)
      .attr("height", (_, at) => lengthOf(frame, at) + 2 * LANE)
      .attr("rx", 14)
      .classed("last", (layer) => layer === columns[columns.length - 1]);
    drawEdges(drawnRoutes, placed, circuit, duration);
    drawCards(placed, card, now, duration);
    headings
      .selectAll<SVGGElement, string>("g")
      .data(slotsOf(now.run, circuit.target.target).layers)
      .join((enter) => {
        const heading = enter.append("g");
        heading.append("title");
        heading.append("text").attr("class", "layer").attr("y", 26);
        heading.append("text").attr("class", "statistics").attr("y", 44);
        return heading;
      })
      .each(function (layer) {
        select(this)
          .select("title")
          .text(`${layer}: ${statistics(circuit, layer, 99).join(" · ")}`);
      });
    pairs
      .selectAll<SVGGElement, Pair>("g")
      .data(pairsOf(circuit.snapshot.graph), (pair) => pair.upper)
      .join((enter) => {
        const pair = enter.append("g");
        pair.append("title");
        pair.append("text").attr("y", 62);
        return pair;
      })
      .classed("unpredictive", ({ attribution }) => !attribution.predicts)
      .each(function (pair) {
        select(this).select("title").text(described(pair));
      });
  }

  function placeHeadings(): void {
    if (drawing === null) return;
    const { circuit, frame, card } = drawing;
    const transform = zoomTransform(chart.node()!);
    const { width } = stage();
    const short = shortened(circuit.snapshot.graph.layers);
    headings.selectAll<SVGGElement, string>("g").each(function (layer, at) {
      const x = transform.applyX(at * frame.pitch.width + card.width / 2);
      const room = Math.min(frame.pitch.width * transform.k, 2 * x, 2 * (width - x)) - 14;
      this.setAttribute("transform", `translate(${x},0)`);
      select(this)
        .select(".layer")
        .text(ending(short.get(layer) ?? layer, Math.floor(room / 8)));
      select(this)
        .select(".statistics")
        .text(fitting(statistics(circuit, layer, 3), room / 6.1));
    });
    const layers = headings.selectAll<SVGGElement, string>("g").data();
    pairs.selectAll<SVGGElement, Pair>("g").each(function ({ upper, attribution }) {
      const gap = frame.pitch.width - card.width;
      const x = transform.applyX(layers.indexOf(upper) * frame.pitch.width - gap / 2);
      const room = (frame.pitch.width * transform.k - 14) / 6.1;
      const fit = captions(attribution).find((caption) => caption.length <= room) ?? "";
      this.setAttribute("transform", `translate(${x},0)`);
      select(this).select("text").text(fit);
    });
  }

  function drawEdges(
    all: readonly Route[],
    placed: readonly Placed[],
    circuit: Circuit,
    duration: number,
  ): void {
    const unpredictive = ({ target }: Link): boolean =>
      isUnpredictive(circuit.snapshot.graph, circuit.byKey.get(target)!.group.layer);
    const dom = new Map(placed.map((one) => [one.node.key, one.dom]));
    const names = new Map(placed.map((one) => [one.node.key, one.title]));
    edges
      .selectAll<SVGPathElement, Route>("path.edge")
      .data(all, (route) => `${dom.get(route.link.source)} ${dom.get(route.link.target)}`)
      .join(
        (enter) => {
          const path = enter
            .append("path")
            .attr("class", duration === 0 ? "edge" : "edge entering")
            .attr("d", (route) => route.path)
            .attr("stroke-width", (route) => route.width);
          path.append("title");
          path.on("animationend", arrived);
          return path;
        },
        (old) => old,
        (exit) => leave(exit, duration),
      )
      .attr("data-source", (route) => route.link.source)
      .attr("data-target", (route) => route.link.target)
      .attr("data-weight", (route) => route.link.weight)
      .attr("data-sign", (route) => (route.link.weight < 0 ? "-" : "+"))
      .attr("data-unpredictive", ({ link }) => (unpredictive(link) ? "" : null))
      .each(function ({ link }) {
        const mark = unpredictive(link) ? "; ✗ does not predict knockouts" : "";
        this.firstElementChild!.textContent = `${edgeTitle(link, names)}${mark}`;
      })
      .call((paths) => {
        if (duration === 0) {
          paths
            .interrupt()
            .attr("d", (route) => route.path)
            .attr("stroke-width", (route) => route.width);
          return;
        }
        paths
          .filter(function (route) {
            return (
              this.getAttribute("d") !== route.path ||
              this.getAttribute("stroke-width") !== String(route.width)
            );
          })
          .transition()
          .duration(duration)
          .attr("d", (route) => route.path)
          .attr("stroke-width", (route) => route.width);
      });
  }

  function drawCards(placed: readonly Placed[], card: Card, now: Context, duration: number): void {
    const at = (one: Placed): string => `translate(${one.x},${one.y})`;
    cards
      .selectAll<SVGGElement, Placed>("g.node")
      .data(placed, (one) => one.dom)
      .join(
        (enter) => {
          const group = enter
            .append("g")
            .attr("class", duration === 0 ? "node" : "node entering")
            .attr("role", "button")
            .attr("tabindex", 0)
            .attr("transform", at)
            .on("pointerenter", (_, one) => hover(one.node.key))
            .on("pointerleave", () => hover(null))
            .on("focus", (_, one) => focused(one))
            .on("blur", () => hover(null))
            .on("click", (_, one) => toggle(one.node.key))
            .on("keydown", (event: KeyboardEvent, one) => key(event, one));
          group.on("animationend", arrived).each(function () {
            furnish(this);
          });
          return group;
        },
        (old) => old,
        (exit) => leave(exit, duration),
      )
      .each(function (one) {
        fill(this, one, card, now);
      })
      .call(inOrder)
      .call((groups) => {
        if (duration === 0) {
          groups.interrupt().attr("transform", at);
          return;
        }
        groups
          .filter(function (one) {
            return this.getAttribute("transform") !== at(one);
          })
          .transition()
          .duration(duration)
          .attr("transform", at);
      });
  }

  function fill(group: SVGGElement, one: Placed, card: Card, now: Context): void {
    const { node, title } = one;
    const unstable = isUnstable(node);
    group.dataset["group"] = node.key;
    group.classList.toggle("unstable", unstable);
    group.classList.toggle("target", one.column === now.run.layers.length - 1);
    group.setAttribute("aria-label", spoken(one));
    const part = <T extends SVGElement>(name: string): T =>
      group.querySelector<T>(`:scope > .${name}`)!;
    part("card").setAttribute("width", String(card.width));
    part("card").setAttribute("height", String(card.height));
    part("hover").textContent = `${title} · ${spoken(one)}`;
    const room =
      Math.floor((card.width - 2 * PADDING) / 7.6) - percent(node.group.importance).length;
    const mark = one.badge ?? (unstable ? "unstable" : "");
    const badge = title.length + mark.length + 2 > room ? mark && "•" : mark;
    part("name").replaceChildren(
      beginning(title, room - badge.length),
      svg("tspan", { class: "badge", dx: 6 }, badge),
    );
    part("importance").textContent = percent(node.group.importance);
    part("importance").setAttribute("x", String(card.width - PADDING));
    const bar = part("bar");
    part("track").setAttribute("y", String(card.height - 8));
    bar.setAttribute("y", String(card.height - 8));
    const length = card.width - 2 * PADDING;
    part("track").setAttribute("width", String(length));
    bar.setAttribute("width", String(Math.max(2, Math.min(1, node.importance) * length)));
    showPatches(group, node, card, now);
  }

  function showPatches(group: SVGGElement, node: Node, card: Card, now: Context): void {
    const shelf = group.querySelector<SVGGElement>(":scope > .patches")!;
    const snapshot = now.snapshot!;
    const cuts = node.group.patches
      .slice(0, card.columns * card.rows)
      .flatMap((row) => patchCut(source, now.run.name, snapshot, row) ?? []);
    const note = group.querySelector<SVGTextElement>(":scope > .members")!;
    note.textContent = cuts.length === 0 ? counted(node.size, "member") : "";
    cuts.forEach((cut, at) => {
      const known = shelf.children[at] as SVGSVGElement | undefined;
      const frame = known ?? shelf.appendChild(picture(cut));
      if (known !== undefined) showCut(known, cut);
      const pitch = card.patch + PATCH_GAP;
      frame.setAttribute("width", String(card.patch));
      frame.setAttribute("height", String(card.patch));
      frame.setAttribute("x", String(PADDING + (at % card.columns) * pitch));
      frame.setAttribute("y", String(23 + Math.floor(at / card.columns) * pitch));
    });
    while (shelf.children.length > cuts.length) shelf.lastElementChild!.remove();
  }

  // --- what is pointed at ------------------------------------------------------------------

  function hover(one: string | null): void {
    if (hovered === one) return;
    hovered = one;
    mark();
  }

  /** The path through the group pointed at, or selected; and what a search found. */
  function mark(): void {
    if (drawing === null || context === null) return;
    const { circuit, links } = drawing;
    const selected = context.state.group;
    const key = hovered ?? (selected !== null && circuit.byKey.has(selected) ? selected : null);
    const path = key === null ? null : pathThrough(links, key);
    const graph = whole?.step === circuit.snapshot.step ? whole : circuit.snapshot.graph;
    const hits = found(graph, circuit.target.target, context.state.query);
    chart.classed("tracing", path !== null).classed("searching", hits !== null);
    cards
      .selectAll<SVGGElement, Placed>("g.node")
      .classed("on-path", (one) => path?.keys.has(one.node.key) ?? false)
      .classed("selected", (one) => one.node.key === selected)
      .classed("hit", (one) => hits?.has(one.node.key) ?? false)
      .attr("aria-pressed", (one) => String(one.node.key === selected));
    edges
      .selectAll<SVGPathElement, Route>("path.edge")
      .classed("on-path", ({ link }) => path?.links.has(link) ?? false)
      .classed("near", ({ link }) => key !== null && (link.source === key || link.target === key));
    element.dataset["hits"] = hits === null ? "" : String(hits.size);
    element.dispatchEvent(new CustomEvent("hits", { detail: hits?.size ?? null, bubbles: true }));
  }

  function toggle(key: string): void {
    dispatch({ group: context?.state.group === key ? null : key });
  }

  function focused(one: Placed): void {
    hover(one.node.key);
    const transform = zoomTransform(chart.node()!);
    const { width, height } = stage();
    const [left, top] = transform.apply([one.x, one.y]);
    const card = drawing!.card;
    const [right, bottom] = transform.apply([one.x + card.width, one.y + card.height]);
    const outside = left < 0 || top < TOP || right > width || bottom > height - BOTTOM;
    if (outside) {
      moved = true;
      chart.call(zooming.translateTo, one.x + card.width / 2, one.y + card.height / 2);
    }
  }

  function key(event: KeyboardEvent, one: Placed): void {
    if (event.key === "Enter" || event.key === " ") toggle(one.node.key);
    else if (event.key === "Escape") dispatch({ group: null });
    else {
      const next = drawing === null ? null : neighbour(drawing.placed, one, event.key);
      if (next === null) return;
      const dom = cards
        .selectAll<SVGGElement, Placed>("g.node")
        .filter((other) => other.dom === next.dom);
      dom.node()?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return { element, update };
};

// --- pure ----------------------------------------------------------------------------------

function drawn(circuit: Circuit, slots: Slots, room: Size, threshold: number): Drawing {
  const [card, frame] = sized(circuit.snapshot.graph.input !== null, slots, room);
  const slot = slots.at(circuit.snapshot);
  const badges = badgesOf(circuit);
  const last = slots.layers.length - 1;
  const placed = circuit.nodes.flatMap((node): Placed[] => {
    const column = slots.layers.indexOf(node.group.layer);
    const own = slot.get(node.key);
    if (column < 0 || own === undefined) return [];
    const passing = node.group.lineage === null && column !== last;
    return [
      {
        node,
        column,
        dom: passing ? `${node.key}@${circuit.snapshot.step}` : node.key,
        title: titleOf(circuit, node),
        badge: badges.get(`${node.group.layer}/${node.group.number}`) ?? null,
        ...place(frame, column, own),
      },
    ];
  });
  placed.sort((one, two) => one.column - two.column || one.y - two.y); // the order of tabbing
  const places = new Map(placed.map((one) => [one.node.key, one]));
  const links = strongLinks(circuit, threshold);
  return {
    circuit,
    frame,
    card,
    placed,
    links,
    routes: routes(links, circuit.strongest, places, card),
  };
}

/** Cards with patches as large as can be; without pictures they say what they hold. */
function sized(pictured: boolean, slots: Slots, room: Size): [Card, Frame] {
  const cardOf = (form: Omit<Card, keyof Size>): Card => ({
    ...form,
    width: form.columns * (form.patch + PATCH_GAP) - PATCH_GAP + 2 * PADDING,
    height: pictured ? 23 + form.rows * (form.patch + PATCH_GAP) + 11 : 50,
  });
  const [square, row] = [cardOf(SQUARE), cardOf(ROW)];
  const fits = (card: Card): boolean => leastWidth(slots, card) * LEGIBLE <= room.width;
  const large = frameOf(slots, square, room);
  if (pictured && fits(square) && large.height * LEGIBLE <= room.height) return [square, large];
  const card = fits(row) ? row : cardOf(SHORT_ROW);
  return [card, frameOf(slots, card, room)];
}

/** What happened to groups at this step, by "layer/number". */
function badgesOf(circuit: Circuit): Map<string, string> {
  return new Map(
    (circuit.target.drift?.events ?? []).flatMap(({ event, layer, after }) =>
      after.flatMap((number): [string, string][] => {
        const badge = BADGES[event];
        return badge === undefined ? [] : [[`${layer}/${number}`, badge]];
      }),
    ),
  );
}

function isUnstable(node: Node): boolean {
  return !isStable(node.group.stability);
}

/** The nearest card in the arrow's direction; null for other keys and at the border. */
export function neighbour<T extends Point & { readonly column: number }>(
  placed: readonly T[],
  from: T,
  arrow: string,
): T | null {
  const across = arrow === "ArrowLeft" ? -1 : arrow === "ArrowRight" ? 1 : 0;
  const down = arrow === "ArrowUp" ? -1 : arrow === "ArrowDown" ? 1 : 0;
  if (across === 0 && down === 0) return null;
  const candidates = placed.filter((one) =>
    across !== 0
      ? Math.sign(one.column - from.column) === across
      : one.column === from.column && Math.sign(one.y - from.y) === down,
  );
  const distance = (one: T): number =>
    Math.abs(one.column - from.column) * 1e6 + Math.abs(one.y - from.y);
  return candidates.sort((one, two) => distance(one) - distance(two))[0] ?? null;
}

function statistics(circuit: Circuit, layer: string, most: number): string[] {
  const found = circuit.target.statistics[layer];
  if (found === undefined) return [];
  const out = circuit.target.left_out[layer] ?? 0;
  const parts = [
    found.core_neurons === null ? null : counted(found.core_neurons, "neuron"),
    found.neuron_groups === null ? null : counted(found.neuron_groups, "group"),
    found.semantic_groups === null ? null : `${plain(found.semantic_groups)} meanings each`,
    found.completeness_gap === null ? null : `gap ${percent(found.completeness_gap)}`,
    out > 0 ? `${out} left out` : null,
  ];
  return parts.filter((part): part is string => part !== null).slice(0, most);
}

/** As many parts as fit into `most` characters. */
function fitting(parts: readonly string[], most: number): string {
  let text = "";
  for (const part of parts) {
    const longer = text === "" ? part : `${text} · ${part}`;
    if (longer.length > most) break;
    text = longer;
  }
  return text;
}

function spoken({ node, title, badge }: Placed): string {
  const { stability, layer, importance } = node.group;
  return [
    title,
    layer,
    counted(node.size, "member"),
    `importance ${percent(importance)}`,
    stability === null ? null : `stability ${percent(stability)}`,
    isUnstable(node) ? "unstable" : null,
    badge,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

function edgeTitle(link: Link, names: ReadonlyMap<string, string>): string {
  const name = (key: string): string => names.get(key) ?? key;
  const stable =
    link.stability === null ? "" : `, sign kept in ${percent(link.stability)} of resamples`;
  return `${name(link.source)} → ${name(link.target)}: ${signedPercent(link.share)} of its input${stable}`;
}

function absence({ run, snapshot }: Context, target: number | null): string {
  if (snapshot === null || target === null) return "This run has no snapshot yet.";
  const name = run.targets.find((one) => one.target === target)?.name ?? String(target);
  return `The snapshot of ${snapshotName(snapshot.graph)} holds no circuit of “${name}”. Choose another step or target.`;
}

// --- coming and going --------------------------------------------------------------------------

/** Fades what is no longer there; it can be neither reached nor counted meanwhile. */
function leave<Element extends SVGElement, T>(
  exit: Selection<Element, T, SVGGElement, unknown>,
  duration: number,
): void {
  exit.interrupt();
  if (duration === 0) {
    exit.remove();
    return;
  }
  exit
    .attr("class", "leaving")
    .attr("tabindex", null)
    .attr("role", null)
    .attr("aria-hidden", "true")
    .transition()
    .duration(duration / 2)
    .remove();
}

/** Else its animation would run again whenever it is moved among its siblings. */
function arrived(this: SVGElement): void {
  this.classList.remove("entering");
}

/** The order of tabbing is the order of the elements; moving one must not lose the focus. */
function inOrder<T>(groups: Selection<SVGGElement, T, SVGGElement, unknown>): void {
  const focus = document.activeElement;
  groups.order();
  if (focus instanceof SVGElement && focus !== document.activeElement && focus.isConnected) {
    focus.focus({ preventScroll: true });
  }
}

// --- furniture -----------------------------------------------------------------------------

/** The parts of a card, empty. */
function furnish(group: SVGGElement): void {
  group.append(
    svg("title", { class: "hover" }),
    svg("rect", { class: "card", rx: 9 }),
    svg("text", { class: "name", x: PADDING, y: 16 }),
    svg("text", { class: "importance", y: 16 }),
    svg("text", { class: "members", x: PADDING, y: 36 }),
    svg("g", { class: "patches" }),
    svg("rect", { class: "track", x: PADDING, height: 3, rx: 1.5 }),
    svg("rect", { class: "bar", x: PADDING, height: 3, rx: 1.5 }),
  );
}

function legend(): HTMLElement {
  const line = (sign: string, text: string): HTMLElement =>
    el(
      "span",
      { class: "key" },
      svg(
        "svg",
        { width: 26, height: 8, "aria-hidden": "true" },
        svg("path", { class: "edge on-path", "data-sign": sign, d: "M1 4H25", "stroke-width": 3 }),
      ),
      text,
    );
  return el("div", { class: "keys" }, line("+", "raises"), line("-", "lowers"));
}

function thresholdControl(changed: (value: number) => void): {
  element: HTMLElement;
  show(value: number): void;
} {
  const input = el("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 0.01,
    "aria-label": "Hide edges weaker than this share of the strongest into the same group",
    title: "Of the edges into each group",
    class: "threshold",
  });
  const output = el("output", { class: "number" });
  input.addEventListener("input", () => changed(Number(input.value)));
  return {
    element: el("label", { class: "labelled" }, el("span", {}, "Edges from"), input, output),
    show(value) {
      input.value = String(value);
      const text = value === 0 ? "all" : `${Math.round(100 * value)} %`;
      output.replaceChildren(
        text,
        el("span", { class: "roomy" }, value === 0 ? "" : " of the strongest"),
      );
      input.setAttribute("aria-valuetext", text);
    },
  };
}

function tool(name: string, path: string, act: () => void): HTMLElement {
  const button = el(
    "button",
    { class: "button icon", type: "button", "aria-label": name, title: name },
    icon(path),
  );
  button.addEventListener("click", act);
  return button;
}
