/**
 * The drift view: what every target's verdict was, and one measure at each of its places, through the
 * run and over what noise alone makes.
 *
 * All rows share one axis. A place's value stands in its heading: that of the step pointed at, or else
 * of the current one.
 */
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { el, svg } from "../dom.js";
import {
  driftLines,
  figure,
  MEASURES,
  positions,
  unbroken,
  type DriftLine,
  type DriftMoment,
  type DriftPoint,
} from "../driftlines.js";
import { beginning, ending, shortened } from "../formats.js";
import { snapshotName, snapshotTitle } from "../naming.js";
import type { Context, RunModel, Snapshot, View, ViewFactory } from "../model.js";
import { targetOf } from "../model.js";
import type { State } from "../state.js";
import { acrossPlane, buttons, keyed, labelledSelect, offer, onRoom, set } from "./parts.js";

const MARGIN = { right: 26, top: 8 };
/** Room at the left for the longest name of a target, within bounds. */
const NAMES = { least: 56, most: 150, letter: 6.8 };
const CELL = { height: 18, pitch: 23 };
const PANEL = { head: 30, least: 76, most: 170, below: 12 };
const AXIS = 46;
/** Points nearer to each other than this are drawn only where they say something. */
const CROWDED = 9;

/** From least to worst, and what a verdict means. */
const VERDICTS: readonly (readonly [string, string])[] = [
  ["stable", "no edge drift above noise"],
  ["unjudged", "no null to judge by"],
  ["drifting", "above noise, but not significant or not lasting"],
  ["re-described", "significant, but the old neurons still carry the function"],
  ["changed", "edge drift is significant"],
];

interface Axes {
  /** Left of the plots. */
  readonly left: number;
  readonly x: (place: number) => number;
  readonly unit: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Left and right of every moment's cell. */
  readonly cells: readonly (readonly [number, number])[];
  readonly pitch: number;
}

interface Drawn {
  readonly run: RunModel;
  readonly target: number | null;
  /** What else the drawing depends on, but for the current step. */
  readonly shape: string;
  readonly moments: readonly DriftMoment[];
  readonly lines: readonly DriftLine[];
  readonly axes: Axes;
  /** From where to where an upright line goes, so that it crosses no heading. */
  readonly spans: readonly (readonly [top: number, bottom: number])[];
}

export const driftView: ViewFactory = (dispatch): View => {
  const [measureLabel, measureSelect] = labelledSelect("Measure");
  const note = el("p", { class: "muted view-note" });
  const head = el("div", { class: "view-head" }, measureLabel, note);
  const empty = el("p", { class: "view-empty" });
  const verdicts = svg("g", { class: "verdicts", role: "group", "aria-label": "Verdicts" });
  const panels = svg("g", { class: "panels" });
  const axis = svg("g", { class: "axis", "aria-hidden": "true" });
  const now = svg("path", { class: "now" });
  const pointer = svg("path", { class: "pointer", visibility: "hidden" });
  const key = svg("g", { class: "glyphs", "aria-hidden": "true" });
  const chart = svg(
    "svg",
    { class: "drift-chart", role: "group", "data-export": true },
    verdicts,
    panels,
    now,
    pointer,
    axis,
    key,
  );
  const element = el("section", { class: "view drift", "aria-label": "Drift" }, head, empty, chart);

  let context: Context | null = null;
  let [width, height] = [0, 0];
  let drawn: Drawn | null = null;

  measureSelect.addEventListener("change", () => dispatch({ measure: measureSelect.value }));
  const settleVerdicts = buttons(verdicts, ".verdict", acrossPlane, (item) =>
    dispatch({
      target: Number(item.getAttribute("data-target")),
      step: Number(item.getAttribute("data-step")),
    }),
  );
  const settlePoints = buttons(panels, ".point", acrossPlane, (item) => open(Number(item.getAttribute("data-place"))));
  panels.addEventListener("click", (event) => {
    if ((event.target as Element).closest(".point")) return;
    const place = placeUnder(event);
    if (place !== null) open(place);
  });
  panels.addEventListener("pointermove", (event) => point(placeUnder(event)));
  panels.addEventListener("pointerleave", () => point(null));
  panels.addEventListener("focusin", (event) => {
    const item = (event.target as Element).closest(".point");
    point(item ? Number(item.getAttribute("data-place")) : null);
  });
  panels.addEventListener("focusout", () => point(null));
  onRoom(element, (wide, high) => {
    [width, height] = [wide, high];
    draw();
  });

  /** Opens the comparison of a moment with the one it was compared with. */
  function open(place: number): void {
    const moment = drawn?.moments[place];
    if (!moment || moment.since === null) return;
    dispatch({
      view: "compare",
      compare: "difference",
      step: moment.step,
      otherRun: null,
      otherStep: moment.since,
    });
  }

  /** The moment with a value that is nearest to the mouse. */
  function placeUnder(event: MouseEvent): number | null {
    if (!drawn) return null;
    const x = event.clientX - chart.getBoundingClientRect().left;
    const places = [...new Set(drawn.lines.flatMap(({ points }) => points.map(({ place }) => place)))];
    const distance = (place: number) => Math.abs(drawn!.axes.x(place) - x);
    return places.sort((one, other) => distance(one) - distance(other))[0] ?? null;
  }

  function point(place: number | null): void {
    if (!drawn || !context) return;
    pointer.setAttribute("visibility", place === null ? "hidden" : "visible");
    if (place !== null) set(pointer, { d: upright(drawn.axes.x(place), drawn.spans) });
    const current = drawn.moments.findIndex((one) => one.step === context!.snapshot?.step);
    [...panels.children].forEach((panel, row) => {
      const text = panel.querySelector(".value")!;
      text.textContent = readout(drawn!.lines[row]!, drawn!.moments, place ?? current);
    });
  }

  function draw(): void {
    if (!context || width === 0) return;
    const { run, state } = context;
    const target = targetOf(run, state);
    const measure = measureOf(state);
    const shape = `${width} ${height} ${measure[0]} ${state.scale}`;
    if (drawn?.run === run && drawn.target === target && drawn.shape === shape) {
      mark();
      return;
    }
    const moments = target === null ? [] : momentsOf(run.snapshots, target);
    const lines = driftLines(moments, measure[0], run.layers).reverse();
    const said = run.snapshots.some(({ graph }) => graph.targets.some((one) => one.drift));
    offer(measureSelect, MEASURES, measure[0]);
    const name = run.targets.find((one) => one.target === target)?.name ?? "";
    note.textContent = said ? `of “${name}”; choose a point to compare its two steps` : "";
    empty.hidden = said;
    empty.textContent = said
      ? ""
      : "Nothing to compare yet: drift is measured from a run's second snapshot on.";
    chart.toggleAttribute("hidden", !said);
    drawn = null;
    if (!said) return;
    const axes = axesOf(moments, context, width);
    const { top } = MARGIN;
    set(verdicts, { transform: `translate(0,${top})` });
    drawVerdicts(verdicts, context, target, axes);
    const short = shortened(run.layers);
    const ribbons = run.targets.length * CELL.pitch;
    const tall = plotHeight(height - 44 - top - ribbons - 14 - AXIS - keyHeight(width), lines.length);
    const topOf = (row: number) => top + ribbons + 14 + row * (PANEL.head + tall + PANEL.below);
    const tops = lines.map((_, row) => topOf(row));
    const spans = tops.map((one) => [one + PANEL.head, one + PANEL.head + tall] as const);
    drawn = { run, target, shape, moments, lines, axes, spans };
    const [low, high] = domainOf(lines);
    keyed(
      panels,
      lines.map((one, row) => ({ one, y: tops[row]! })),
      ({ one }) => JSON.stringify([one.layer, one.below]),
      makePanel,
      (panel, { one, y }) => fillPanel(panel, one, y, {
        axes,
        moments,
        low,
        high,
        width,
        tall,
        measure: measure[1],
        short,
      }),
    );
    const bottom = topOf(lines.length);
    if (lines.length === 0) note.textContent = `No snapshot has ${measure[1].toLowerCase()} for ${name}.`;
    drawAxis(axis, axes, bottom);
    drawKey(key, width);
    set(key, { transform: `translate(${axes.left + 8},${bottom + AXIS + 8})` });
    const whole = bottom + AXIS + 8 + keyHeight(width);
    set(chart, {
      viewBox: `0 0 ${width} ${whole}`,
      width,
      height: whole,
      "aria-label": `${measure[1]} through the run, for ${name}`,
    });
    mark();
    settleVerdicts();
    settlePoints();
  }

  /** Marks the current step, which is all that changes while the run is played. */
  function mark(): void {
    if (!drawn || !context) return;
    const step = context.snapshot?.step ?? null;
    const at = drawn.moments.findIndex((one) => one.step === step);
    set(now, { d: at < 0 ? "" : upright(drawn.axes.x(at), drawn.spans) });
    for (const cell of verdicts.querySelectorAll("[aria-current]")) cell.removeAttribute("aria-current");
    for (const cell of verdicts.querySelectorAll(`.verdict[data-step="${step}"]`)) {
      cell.setAttribute("aria-current", "step");
    }
    point(null);
  }

  return {
    element,
    update(next) {
      context = next;
      draw();
    },
  };
};

/** Height of each of `count` plots so that they fill the room, if it is neither too little nor too much. */
const plotHeight = (room: number, count: number) =>
  Math.max(PANEL.least, Math.min(PANEL.most, Math.floor(room / Math.max(1, count)) - PANEL.head - PANEL.below));

const upright = (x: number, spans: Drawn["spans"]) =>
  spans.map(([top, bottom]) => `M${x.toFixed(2)},${top}V${bottom}`).join("");

// --- what is shown --------------------------------------------------------------------------

/** The measure chosen; the headline for one that there is not. */
const measureOf = ({ measure }: State) => MEASURES.find(([name]) => name === measure) ?? MEASURES[0];

function momentsOf(snapshots: readonly Snapshot[], target: number): DriftMoment[] {
  return snapshots.map(({ step, epoch, wallTime, graph }) => ({
    step,
    name: graph.name,
    epoch,
    wall_time: wallTime,
    since: graph.since,
    drift: graph.targets.find((one) => one.target === target)?.drift ?? null,
  }));
}

function axesOf(moments: readonly DriftMoment[], { run, state }: Context, width: number): Axes {
  const { unit, values } = positions(moments, state.scale);
  const longest = Math.max(0, ...run.targets.map(({ name }) => name.length));
  const left = Math.ceil(Math.max(NAMES.least, Math.min(NAMES.most, 20 + NAMES.letter * longest)));
  const right = width - MARGIN.right;
  const pitch = (right - left) / Math.max(1, moments.length);
  const inset = Math.min(14, pitch / 2);
  const scale = scaleLinear([values[0] ?? 0, values[values.length - 1] ?? 1], [left + inset, right - inset]);
  const place = (at: number) => (moments.length === 1 ? (left + right) / 2 : scale(values[at] ?? 0));
  const cells = values.map((_, at): readonly [number, number] => [
    at === 0 ? left : (place(at - 1) + place(at)) / 2,
    at === values.length - 1 ? right : (place(at) + place(at + 1)) / 2,
  ]);
  const ticks = ticksOf(scale.domain() as [number, number], Math.max(2, Math.floor((right - left) / 110)), unit);
  const said = ticks.map(([value, text]) => ({ at: scale(value), text }));
  return { left, x: place, unit: unit === "time" ? "time since the first snapshot" : unit, ticks: said, cells, pitch };
}

/** About `count` round values of a domain, and what people call them. */
function ticksOf(domain: readonly [number, number], count: number, unit: string): [number, string][] {
  if (unit !== "time") {
    const whole = scaleLinear(domain, [0, 1]).ticks(count).filter(Number.isInteger);
    return whole.map((value) => [value, String(value)]);
  }
  const span = domain[1] - domain[0];
  const [name, seconds] = span < 300 ? ["s", 1] : span < 4 * 3600 ? ["min", 60] : ["h", 3600];
  const values = scaleLinear(domain.map((value) => value / seconds), [0, 1]).ticks(count);
  return values.map((value) => [value * seconds, `${value} ${name}`]);
}

/** From 0, or a range about it for a measure that may be negative, to above all that is drawn. */
function domainOf(lines: readonly DriftLine[]): [number, number] {
  const all = lines.flatMap(({ points }) => points.flatMap((one) => [one.value, one.nullQuantile ?? 0]));
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
  if (least < 0) return [-Math.max(-least, most) * 1.1, Math.max(-least, most) * 1.1];
  return [0, most > 0 ? Math.min(Math.max(1, most), most * 1.12) : 1];
}

function readout(one: DriftLine, moments: readonly DriftMoment[], place: number): string {
  const found = one.points.find((point) => point.place === place);
  const moment = moments[place];
  if (moment === undefined) return "";
  return `${snapshotName(moment)}: ${found ? told(found) : "no value"}`;
}

function told(point: DriftPoint): string {
  const noise = point.nullQuantile === null ? "no null" : `noise up to ${figure(point.nullQuantile)}`;
  const p = point.pAdjusted === null ? "" : `, adjusted p ${Number(point.pAdjusted.toPrecision(2))}`;
  return `${figure(point.value)} · ${noise}${p}`;
}

// --- verdicts -------------------------------------------------------------------------------

function drawVerdicts(parent: SVGGElement, { run }: Context, target: number | null, axes: Axes): void {
  keyed(
    parent,
    run.targets.map((one, row) => ({ ...one, row })),
    (one) => String(one.target),
    () => svg("g", { class: "ribbon-row" }, svg("text", { class: "target-name", "text-anchor": "end" }, svg("title"), ""), svg("g")),
    (row, one) => {
      set(row, { transform: `translate(0,${one.row * CELL.pitch})`, "data-current": one.target === target ? "" : null });
      const [label, cells] = [row.children[0]!, row.children[1]!];
      set(label, { x: axes.left - 12, y: CELL.height / 2, dy: "0.35em" });
      label.firstElementChild!.textContent = one.name;
      label.lastChild!.textContent = beginning(one.name, Math.floor((axes.left - 20) / NAMES.letter));
      const moments = momentsOf(run.snapshots, one.target)
        .map((moment, place) => ({ moment, place }))
        .filter(({ moment }) => moment.drift !== null);
      keyed(
        cells,
        moments,
        ({ moment }) => String(moment.step),
        () => svg("g", { role: "button" }, svg("title"), svg("rect"), svg("path")),
        (cell, { moment, place }) => {
          const { verdict } = moment.drift!;
          const [left, right] = axes.cells[place]!;
          const gap = right - left > 6 ? 1 : 0;
          const said = `${one.name}, ${snapshotName(moment)}: ${verdict}`;
          set(cell, {
            class: `verdict ${verdictClass(verdict)}`,
            "data-target": one.target,
            "data-step": moment.step,
            "aria-label": said,
          });
          cell.children[0]!.textContent = said;
          // A cell too narrow for a sign tells by its height.
          const narrow = right - left < 9;
          const height = narrow ? (HEIGHTS[verdict] ?? 4) : CELL.height;
          set(cell.children[1]!, {
            x: left + gap,
            y: CELL.height - height,
            width: Math.max(1, right - left - 2 * gap),
            height,
            rx: narrow ? 0 : 3,
          });
          set(cell.children[2]!, {
            d: narrow ? "" : (SIGNS[verdict] ?? ""),
            transform: `translate(${(left + right) / 2},${CELL.height / 2})`,
          });
        },
      );
    },
  );
}

const verdictClass = (verdict: string) => VERDICTS.find(([name]) => name === verdict)?.[0] ?? "unjudged";

const HEIGHTS: Readonly<Record<string, number>> = {
  stable: 4,
  drifting: 9,
  "re-described": 14,
  changed: CELL.height,
};

/** A sign for each verdict, so that colour is not all that tells them apart. */
const SIGNS: Readonly<Record<string, string>> = {
  unjudged: "M-2,-2.4A2.2,2.2 0 1 1 0,0.4V1.4M0,3.6V3.7",
  drifting: "M-3.6,0.9C-2.4,-2 -1,-2 0,0S2.4,2 3.6,-0.9",
  "re-described": "M0,-4L4,0L0,4L-4,0Z",
  changed: "M0,-4L4.2,3.4H-4.2Z",
};

// --- panels ---------------------------------------------------------------------------------

interface PanelFrame {
  readonly axes: Axes;
  readonly moments: readonly DriftMoment[];
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly tall: number;
  readonly measure: string;
  readonly short: ReadonlyMap<string, string>;
}

function makePanel(): SVGGElement {
  return svg(
    "g",
    { class: "panel", role: "group" },
    svg("text", { class: "place", y: 19 }),
    svg("text", { class: "value", y: 19, "text-anchor": "end" }),
    svg("rect", { class: "plot", y: PANEL.head, rx: 4 }),
    svg("g", { class: "grid" }),
    svg("path", { class: "null-band" }),
    svg("path", { class: "null-edge" }),
    svg("path", { class: "trace" }),
    svg("g", { class: "points" }),
  );
}

/** A layer or pair of layers, by the names that tell the run's layers apart. */
function placeName({ layer, below }: DriftLine, short: ReadonlyMap<string, string>): string {
  const name = (one: string) => ending(short.get(one) ?? one, 24);
  return below === null ? name(layer) : `${name(below)} → ${name(layer)}`;
}

function fillPanel(panel: SVGGElement, one: DriftLine, top: number, frame: PanelFrame): void {
  const { axes, moments, low, high, width, tall, measure, short } = frame;
  const y = scaleLinear([low, high], [PANEL.head + tall, PANEL.head + 6]);
  const x = (point: DriftPoint) => axes.x(point.place);
  const part = (name: string) => panel.querySelector(`:scope > .${name}`)!;
  set(panel, { transform: `translate(0,${top})`, "aria-label": `${measure}, ${placeName(one, short)}` });
  set(part("place"), { x: axes.left });
  part("place").textContent = placeName(one, short);
  set(part("value"), { x: width - MARGIN.right });
  set(part("plot"), { x: axes.left, width: width - MARGIN.right - axes.left, height: tall });
  const ticks = y.ticks(4);
  keyed(
    part("grid"),
    ticks,
    String,
    () => svg("g", {}, svg("line"), svg("text", { "text-anchor": "end", dy: "0.35em" })),
    (item, tick) => {
      set(item, { transform: `translate(0,${y(tick)})`, class: tick === 0 ? "zero" : null });
      set(item.children[0]!, { x1: axes.left, x2: width - MARGIN.right });
      set(item.children[1]!, { x: axes.left - 8 });
      item.children[1]!.textContent = figure(tick);
    },
  );
  const judged = unbroken(one.points, (point) => point.nullQuantile !== null);
  const band = area<readonly [number, number]>((at) => at[0], y(0), (at) => at[1]);
  const edge = line<readonly [number, number]>();
  const outline = judged.map((piece) => noise(piece, x, (point) => y(point.nullQuantile!), axes));
  set(part("null-band"), { d: outline.map((piece) => band(piece)).join("") });
  set(part("null-edge"), { d: outline.map((piece) => edge(piece)).join("") });
  const trace = line<DriftPoint>(x, (point) => y(point.value));
  set(part("trace"), { d: unbroken(one.points).map((piece) => trace(piece)).join("") });
  const crowded = axes.pitch < CROWDED;
  keyed(
    part("points"),
    one.points,
    (point) => String(moments[point.place]!.step),
    () => svg("g", { role: "button" }, svg("title"), svg("circle", { class: "halo", r: 8 }), svg("path")),
    (item, point) => {
      const moment = moments[point.place]!;
      const { step, since, drift } = moment;
      const before = moments.find((one) => one.step === since)?.name ?? since ?? "none";
      const kind = point.alarm ? "alarm" : point.significant ? "significant" : "quiet";
      const said = `${snapshotTitle(moment)}, compared with ${before}: ${told(point)}${point.alarm ? `. Alarm: ${drift!.verdict}` : point.significant ? ". Significant" : ""}`;
      set(item, {
        class: `point ${kind}`,
        transform: `translate(${x(point).toFixed(2)},${y(point.value).toFixed(2)})`,
        "data-place": point.place,
        "data-step": step,
        "aria-label": said,
      });
      item.children[0]!.textContent = said;
      set(item.children[2]!, { d: crowded && kind === "quiet" ? "" : MARKS[kind] });
    },
  );
}

/** The null's upper end; a single moment gets the width of its cell. */
function noise(
  piece: readonly DriftPoint[],
  x: (point: DriftPoint) => number,
  y: (point: DriftPoint) => number,
  axes: Axes,
): (readonly [number, number])[] {
  const [first, last] = [piece[0]!, piece[piece.length - 1]!];
  const reach = (point: DriftPoint, side: 0 | 1) => {
    const edge = axes.cells[point.place]![side];
    return x(point) + Math.sign(edge - x(point)) * Math.min(14, Math.abs(edge - x(point)));
  };
  return [
    [reach(first, 0), y(first)],
    ...piece.map((point) => [x(point), y(point)] as const),
    [reach(last, 1), y(last)],
  ];
}

const MARKS = {
  quiet: "M-2.6,0A2.6,2.6 0 1 1 2.6,0A2.6,2.6 0 1 1 -2.6,0Z",
  significant: "M0,-4.2L4.2,0L0,4.2L-4.2,0Z",
  alarm: "M0,-6L6,4.6H-6Z",
} as const;

// --- axis and key ---------------------------------------------------------------------------

function drawAxis(parent: SVGGElement, axes: Axes, top: number): void {
  set(parent, { transform: `translate(0,${top})` });
  const middle = axes.cells.length ? (axes.cells[0]![0] + axes.cells[axes.cells.length - 1]![1]) / 2 : 0;
  parent.replaceChildren(
    ...axes.ticks.map(({ at, text }) =>
      svg("g", {}, svg("line", { x1: at, x2: at, y2: 5 }), svg("text", { x: at, y: 19, "text-anchor": "middle" }, text)),
    ),
    svg("text", { class: "unit", x: middle, y: 38, "text-anchor": "middle" }, axes.unit),
  );
}

const rowsOfKey = (width: number) => (width < 1240 ? 2 : 1);
const keyHeight = (width: number) => 22 * rowsOfKey(width) + 8;

function drawKey(parent: SVGGElement, width: number): void {
  let x = 0;
  let y = 8;
  const entry = (mark: SVGElement, text: string): SVGGElement => {
    const item = svg("g", { transform: `translate(${x},${y})` }, mark, svg("text", { x: 17, dy: "0.35em" }, text));
    x += 44 + text.length * 7;
    return item;
  };
  const verdicts = VERDICTS.map(([name, meaning]) =>
    entry(
      svg(
        "g",
        { class: `verdict ${name}` },
        svg("title", {}, meaning),
        svg("rect", { x: -8, y: -8, width: 16, height: 16, rx: 3 }),
        svg("path", { d: SIGNS[name] ?? "" }),
      ),
      name,
    ),
  );
  if (rowsOfKey(width) > 1) [x, y] = [0, 30];
  const marks = [
    entry(svg("rect", { class: "null-band", x: -8, y: -8, width: 16, height: 16, rx: 2 }), "what noise makes, 99 %"),
    entry(svg("g", { class: "point significant" }, svg("path", { d: MARKS.significant })), "significant"),
    entry(svg("g", { class: "point alarm" }, svg("path", { d: MARKS.alarm })), "alarm"),
  ];
  parent.replaceChildren(...verdicts, ...marks);
}
