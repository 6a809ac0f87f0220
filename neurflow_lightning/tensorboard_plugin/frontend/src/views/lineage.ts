/**
 * The lineage view: an alluvial of one layer's neuron groups through the run.
 *
 * Every snapshot shown is a column, every group a bar as high as the group is important; what goes on
 * is joined by a ribbon in its stream's colour. Below, the patches of one stream, column by column.
 */
import type { Context, RunModel, Snapshot, View, ViewFactory } from "../model.js";
import { nameOf as groupName, targetOf } from "../model.js";
import { snapshotName, snapshotTitle, spanName } from "../naming.js";
import { patchCut, picture } from "../pictures.js";
import { el, svg } from "../dom.js";
import { duration } from "../driftlines.js";
import { beginning, counted, percent, shortened } from "../formats.js";
import { placed, type Box } from "../placing.js";
import type { Span } from "../state.js";
import type { Group } from "../types.js";
import {
  around,
  layoutStreams,
  ribbonPath,
  streamColours,
  streamOrder,
  streamsOf,
  thin,
  type Bar,
  type Mark,
  type Moment,
  type Ribbon,
  type StreamLayout,
  type Streams,
  type Turn,
} from "../streams.js";
import {
  acrossPlane,
  alongList,
  buttons,
  keyed,
  labelledSelect,
  offer,
  onRoom,
  set,
} from "./parts.js";

const MARGIN = { left: 54, right: 22, head: 42 };
const [LEAST_HEIGHT, MOST_HEIGHT] = [260, 620];
const WIDEST_BAR = 9;
const GAP = 7;
/** Least distance of columns: where more snapshots were made, not all are shown. */
const LEAST_PITCH = 22;
/** Distance of columns from which bars bear pictures and names. */
const ROOMY = 64;
/** Room for the last column's pictures and names. */
const BESIDE = 84;
const STRIP = { head: 44, side: 44, least: 32, patches: 4 };
const COLOURS = 8;
/** A stream has its name again after so much. */
const NAMES_APART = 320;
const LETTER = { width: 6.9, bold: 8.5, height: 13 };
/** Names of columns nearer than this to the current step's make room for it. */
const CLOSE = 46;

/** One layer of one target at every snapshot that has it, and which snapshots those are. */
interface LayerRun {
  readonly snapshots: readonly Snapshot[];
  readonly moments: readonly Moment[];
}

/** All that is drawn but the current step and the selection. */
interface Drawing {
  readonly run: RunModel;
  readonly target: number;
  readonly layer: string;
  readonly of: LayerRun;
  readonly shown: readonly number[];
  readonly streams: Streams;
  readonly layout: StreamLayout;
  readonly width: number;
  /** Of the streams. */
  readonly height: number;
  readonly pitch: number;
  /** Width of a bar. */
  readonly bar: number;
  /** Whether bars bear pictures and names. */
  readonly roomy: boolean;
  /** Every id's colour. */
  readonly colours: ReadonlyMap<number, number>;
}

export const lineageView: ViewFactory = (dispatch, source): View => {
  const [layerLabel, layerSelect] = labelledSelect("Layer");
  const [spanLabel, spanSelect] = labelledSelect("Show");
  const rule = el("p", { class: "muted view-note", "aria-live": "polite" });
  const head = el("div", { class: "view-head" }, layerLabel, spanLabel, rule);
  const columns = svg("g", { class: "columns", role: "group", "aria-label": "Snapshots" });
  const streamsGroup = svg("g", { class: "streams", role: "group", "aria-label": "Streams" });
  const names = svg("g", { class: "stream-names", "aria-hidden": "true" });
  const marker = svg("g", { class: "now", "aria-hidden": "true" });
  const axis = svg("text", { class: "column-axis", x: 4, y: 22 });
  const strip = svg("g", { class: "strip" });
  const legend = svg("g", { class: "glyphs", "aria-hidden": "true" });
  const plot = svg("g", {}, axis, columns, streamsGroup, names, marker);
  const chart = svg("svg", { class: "lineage-chart", role: "group", "data-export": true }, plot, strip, legend);
  const empty = el("p", { class: "view-empty" });
  const element = el("section", { class: "view lineage", "aria-label": "Lineage" }, head, empty, chart);

  let context: Context | null = null;
  let [width, height] = [0, 0];
  let last: Drawing | null = null;

  const settleColumns = buttons(columns, ".column", acrossPlane, (item) =>
    dispatch({ step: Number(item.getAttribute("data-step")) }),
  );
  const settleStreams = buttons(streamsGroup, ".stream", alongList, (item) => {
    const group = item.getAttribute("data-group");
    const step = item.getAttribute("data-step");
    const same = context?.state.group === group;
    const layer = last?.layer ?? null; // stays when the group does not
    dispatch({ layer, group: same ? null : group, ...(step === null ? {} : { step: Number(step) }) });
  });
  layerSelect.addEventListener("change", () => dispatch({ layer: layerSelect.value, group: null }));
  spanSelect.addEventListener("change", () => dispatch({ span: spanSelect.value as Span }));
  onRoom(element, (wide, high) => {
    [width, height] = [wide, high];
    draw();
  });

  function draw(): void {
    if (!context || width === 0) return;
    const { run, state, snapshot } = context;
    const target = targetOf(run, state);
    const layers = run.layers.slice(0, -1);
    const own = target === null ? null : layerOf(run, target, state.group, layers);
    const layer = [own, state.layer].find((one) => one !== null && layers.includes(one)) ?? layers[layers.length - 1];
    const of = layer === undefined || target === null ? null : layerRun(run, target, layer);
    const nothing = of === null || of.moments.length === 0;
    empty.textContent = nothing ? "No snapshot has a layer below the target's to follow." : "";
    empty.hidden = !nothing;
    chart.toggleAttribute("hidden", nothing);
    const short = shortened(run.layers);
    offer(layerSelect, layers.map((name) => [name, short.get(name) ?? name]), layer ?? "");
    if (nothing || layer === undefined || target === null) return;
    const room = Math.max(2, Math.floor((width - MARGIN.left - MARGIN.right) / LEAST_PITCH));
    const long = of.moments.length > room;
    offer(spanSelect, [["run", "the whole run"], ["around", "around this step"]], state.span);
    spanLabel.hidden = !long;
    const at = Math.max(0, of.snapshots.findIndex((one) => one.step === snapshot?.step));
    const shown =
      long && state.span === "around"
        ? around(of.moments.length, room, at)
        : thin(of.moments.length, room, [], (place) => of.moments[place]!.events.length);
    rule.textContent = ruleOf(of, shown, state.span);
    const tall = heightWithin(height, width, shown.length);
    const drawing = reused(last, { run, target, layer, of, shown, width, height: tall });
    if (drawing !== last || axisName(context) !== axis.textContent) drawColumns(columns, drawing, context);
    if (!last) drawLegend(legend);
    drawStreams(streamsGroup, drawing, context, drawing !== last, source);
    if (drawing !== last) drawNames(names, drawing, width);
    for (const name of names.children) {
      const faint = streamsGroup.classList.contains("has-selection") && name.getAttribute("data-group") !== state.group;
      name.classList.toggle("faint", faint);
    }
    last = drawing;
    axis.textContent = axisName(context);
    markNow(marker, columns, drawing, context);
    const bottom = drawStrip(strip, drawing, context, source);
    set(legend, { transform: `translate(${MARGIN.left},${bottom + 22})` });
    set(chart, {
      viewBox: `0 0 ${width} ${bottom + 40}`,
      width,
      height: bottom + 40,
      "aria-label": `Neuron groups of ${layer} through the run, for ${nameOfTarget(run, target)}`,
    });
    settleColumns();
    settleStreams();
  }

  return {
    element,
    update(next) {
      context = next;
      draw();
    },
  };
};

// --- what is shown --------------------------------------------------------------------------

const nameOfTarget = (run: RunModel, target: number) =>
  run.targets.find((one) => one.target === target)?.name ?? String(target);

/** The layer of a selected group; null where the run has no such group. */
function layerOf(
  run: RunModel,
  target: number,
  key: string | null,
  layers: readonly string[],
): string | null {
  if (key === null) return null;
  const plain = layers.find((layer) => key.startsWith(`${layer}/`));
  if (plain !== undefined) return plain;
  for (const { graph } of run.snapshots) {
    const groups = graph.targets.find((one) => one.target === target)?.groups ?? [];
    const found = groups.find((group) => `L${group.lineage}` === key);
    if (found) return layers.includes(found.layer) ? found.layer : null;
  }
  return null;
}

const runs = new WeakMap<RunModel, Map<string, LayerRun>>();

function layerRun(run: RunModel, target: number, layer: string): LayerRun {
  const known = runs.get(run) ?? new Map<string, LayerRun>();
  runs.set(run, known);
  const key = `${target} ${layer}`;
  let found = known.get(key);
  if (!found) known.set(key, (found = followLayer(run, target, layer)));
  return found;
}

function followLayer(run: RunModel, target: number, layer: string): LayerRun {
  const snapshots: Snapshot[] = [];
  const moments: Moment[] = [];
  for (const snapshot of run.snapshots) {
    const record = snapshot.graph.targets.find((one) => one.target === target);
    if (!record || !snapshot.graph.layers.includes(layer)) continue;
    snapshots.push(snapshot);
    moments.push({
      step: snapshot.step,
      since: snapshot.graph.since,
      groups: groupsOf(snapshot, target, layer).map(({ number, lineage, importance }) => ({
        number,
        lineage,
        importance: importance ?? 0,
      })),
      events: (record.drift?.events ?? []).filter((event) => event.layer === layer),
    });
  }
  return { snapshots, moments };
}

function groupsOf(snapshot: Snapshot, target: number, layer: string): readonly Group[] {
  const record = snapshot.graph.targets.find((one) => one.target === target);
  return record?.groups.filter((group) => group.layer === layer) ?? [];
}

const orders = new WeakMap<LayerRun, number[]>();

/** How high the streams can be so that the patches below fit in as well. */
function heightWithin(all: number, width: number, columns: number): number {
  const { side, across } = stripOf((width - MARGIN.left - MARGIN.right) / Math.max(1, columns - 1));
  const strip = STRIP.head + Math.ceil(STRIP.patches / across) * (side + 3);
  const rest = 32 + 12 + MARGIN.head + strip + 44;
  return Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, all - rest));
}

/** The drawing of `wanted`, or the last one where nothing of it changed. */
function reused(
  last: Drawing | null,
  wanted: Pick<Drawing, "run" | "target" | "layer" | "of" | "shown" | "width" | "height">,
): Drawing {
  const same =
    last?.of === wanted.of &&
    last.width === wanted.width &&
    last.height === wanted.height &&
    last.shown.join() === wanted.shown.join();
  if (same) return last;
  const order = orders.get(wanted.of) ?? streamOrder(wanted.of.moments);
  orders.set(wanted.of, order);
  const streams = streamsOf(wanted.of.moments, wanted.shown);
  const room = wanted.width - MARGIN.left - MARGIN.right;
  const roomy = room - BESIDE >= ROOMY * (wanted.shown.length - 1);
  const width = roomy ? room - BESIDE : room;
  const bar = Math.min(WIDEST_BAR, Math.max(3, Math.round((0.22 * width) / wanted.shown.length)));
  const frame = { width, height: wanted.height, gap: GAP, bar };
  const layout = layoutStreams(streams, order, frame);
  const pitch = layout.columns[1] ?? frame.width;
  return { ...wanted, streams, layout, pitch, bar, colours: streamColours(wanted.of.moments, COLOURS), roomy };
}

function ruleOf(of: LayerRun, shown: readonly number[], span: Span): string {
  const all = of.moments.length;
  if (shown.length === all) return `${all} snapshots`;
  if (span === "around") {
    const [first, final] = [of.moments[shown[0]!]!, of.moments[shown[shown.length - 1]!]!];
    return `Steps ${first.step} to ${final.step}: ${shown.length} of ${all} snapshots in a row`;
  }
  const every = Math.round(all / shown.length);
  return `${shown.length} of ${all} snapshots: the first, the last, and of about every ${every} in between the one with most events`;
}

// --- columns --------------------------------------------------------------------------------

/** What a column is called on the scale chosen. */
function momentName(snapshot: Snapshot, { run, state }: Context): string {
  if (state.scale === "time") return duration(snapshot.wallTime - (run.snapshots[0]?.wallTime ?? 0));
  return String((state.scale === "epoch" ? snapshot.epoch : snapshot.graph.name) ?? snapshot.step);
}

/** The same in full. */
function momentSaid({ graph, epoch }: Snapshot): string {
  return `${snapshotTitle(graph)}${graph.name !== undefined || epoch === null ? "" : `, epoch ${epoch}`}`;
}

/** What a scale counts; nothing where snapshots have names instead. */
function axisName({ run, state }: Context): string {
  return state.scale === "step" && run.snapshots.some(({ graph }) => graph.name !== undefined) ? "" : state.scale;
}

function drawColumns(parent: SVGGElement, drawing: Drawing, context: Context): void {
  const { layout, of, shown, pitch, bar } = drawing;
  const every = Math.max(1, Math.ceil(52 / pitch));
  keyed(
    parent,
    shown.map((place, column) => ({ column, snapshot: of.snapshots[place]! })),
    ({ snapshot }) => String(snapshot.step),
    () =>
      svg(
        "g",
        { class: "column", role: "button" },
        svg("rect", { class: "column-back", rx: 6 }),
        svg("text", { class: "column-name", "text-anchor": "middle", y: 22 }),
      ),
    (item, { column, snapshot }) => {
      const x = MARGIN.left + layout.columns[column]! + bar / 2;
      const left = column === 0 ? x - Math.min(MARGIN.left, pitch / 2) : x - pitch / 2;
      set(item, {
        "data-step": snapshot.step,
        "data-named": column % every === 0 ? "" : null,
        "aria-label": `${momentSaid(snapshot)}: ${groupsSaid(drawing, column)}`,
      });
      const wide = Math.min(x + pitch / 2, drawing.width - 2) - Math.max(2, left);
      set(item.children[0]!, { x: Math.max(2, left), y: 4, width: wide, height: MARGIN.head + drawing.height + 8 });
      const name = beginning(momentName(snapshot, context), Math.max(6, Math.floor(pitch / LETTER.bold)));
      const half = (name.length * LETTER.bold) / 2;
      set(item.children[1]!, { x: Math.min(Math.max(x, half + 4), drawing.width - half) });
      item.children[1]!.textContent = name;
    },
  );
}

function groupsSaid({ streams }: Drawing, column: number): string {
  const groups = streams.moments[column]!.groups;
  const unstable = groups.filter((group) => group.lineage === null).length;
  const said = counted(groups.length, "group");
  return unstable ? `${said}, ${unstable} of them unstable` : said;
}

/** Where a snapshot lies among those shown; null before the first and after the last. */
function between(place: number, shown: readonly number[], columns: readonly number[]): number | null {
  const after = shown.findIndex((one) => one >= place);
  if (after < 0 || (after === 0 && shown[0] !== place)) return null;
  if (shown[after] === place) return columns[after]!;
  const [from, to] = [shown[after - 1]!, shown[after]!];
  const share = (place - from) / (to - from);
  return columns[after - 1]! * (1 - share) + columns[after]! * share;
}

/** Marks the current step: its column, or its place between two that are shown. */
function markNow(marker: SVGGElement, columns: SVGGElement, drawing: Drawing, context: Context): void {
  const { layout, of, shown } = drawing;
  const step = context.snapshot?.step ?? null;
  const place = of.snapshots.findIndex((one) => one.step === step);
  const at = place < 0 ? null : between(place, shown, layout.columns);
  [...columns.children].forEach((item, column) => {
    const now = shown[column] === place;
    const near = !now && at !== null && Math.abs(layout.columns[column]! - at) < CLOSE;
    set(item, { "aria-current": now ? "step" : null, "data-near": near ? "" : null });
  });
  marker.replaceChildren();
  if (at === null || shown.includes(place)) return;
  const x = MARGIN.left + drawing.bar / 2 + at;
  const name = momentName(of.snapshots[place]!, context);
  const wide = 12 + 7 * name.length;
  marker.append(
    svg("line", { x1: x, x2: x, y1: 32, y2: MARGIN.head + drawing.height + 8 }),
    svg("rect", { x: x - wide / 2, y: 6, width: wide, height: 24, rx: 6 }),
    svg("text", { x, y: 22, "text-anchor": "middle" }, name),
  );
}

// --- streams --------------------------------------------------------------------------------

/** A stream: what bears one id. A group without id is a stream of its own. */
interface Stream {
  readonly key: string;
  readonly lineage: number | null;
  readonly bars: readonly Bar[];
  readonly ribbons: readonly Ribbon[];
  readonly marks: readonly Mark[];
}

function streamsIn({ layer, streams, layout }: Drawing): Stream[] {
  const keyOf = ({ column, group }: Bar) =>
    group.lineage === null ? `${layer}/${group.number}@${column}` : `L${group.lineage}`;
  const found = new Map<string, { lineage: number | null; bars: Bar[]; ribbons: Ribbon[]; marks: Mark[] }>();
  for (const bar of layout.bars) {
    const stream = found.get(keyOf(bar)) ?? { lineage: bar.group.lineage, bars: [], ribbons: [], marks: [] };
    found.set(keyOf(bar), stream);
    stream.bars.push(bar);
  }
  // A part that splits off looks like what becomes of it; a group that merges like what it was.
  for (const ribbon of layout.ribbons) {
    found.get(keyOf(ribbon.become === "split" ? ribbon.target : ribbon.source))!.ribbons.push(ribbon);
  }
  for (const mark of streams.marks) {
    const bar = layout.bars.find((one) => one.column === mark.column && one.group.number === mark.number)!;
    found.get(keyOf(bar))!.marks.push(mark);
  }
  const list = [...found].map(([key, stream]) => ({ key, ...stream }));
  // From top to bottom where they begin, so that the arrow keys go the way the eye does.
  return list.sort((a, b) => a.bars[0]!.column - b.bars[0]!.column || a.bars[0]!.top - b.bars[0]!.top);
}

const colourOf = ({ lineage }: Stream, { colours }: Drawing) =>
  lineage === null ? "unstable" : `stream-${colours.get(lineage)}`;

const groupKey = (stream: Stream) => stream.key.replace(/@\d+$/, "");

function drawStreams(
  parent: SVGGElement,
  drawing: Drawing,
  { state, snapshot }: Context,
  anew: boolean,
  source: Parameters<ViewFactory>[1],
): void {
  set(parent, { transform: `translate(${MARGIN.left},${MARGIN.head})` });
  const steps = drawing.streams.moments.map((moment) => moment.step);
  if (anew) {
    keyed(
      parent,
      streamsIn(drawing),
      (stream) => stream.key,
      () => svg("g", { class: "stream", role: "button" }),
      (item, stream) => {
        set(item, {
          class: `stream ${colourOf(stream, drawing)}`,
          "data-group": groupKey(stream),
          "data-step": stream.lineage === null ? steps[stream.bars[0]!.column]! : null,
          "aria-label": said(stream, drawing),
        });
        item.replaceChildren(...parts(stream, drawing, source));
      },
    );
  }
  let selected = false;
  for (const item of parent.children) {
    const here = item.getAttribute("data-step");
    const pressed =
      item.getAttribute("data-group") === state.group &&
      (here === null || here === String(snapshot?.step));
    selected ||= pressed;
    set(item, { "aria-pressed": String(pressed) });
  }
  parent.classList.toggle("has-selection", selected);
}

function nameOf(stream: Stream, drawing: Drawing): string {
  const { group } = recordOf(drawing, stream.bars[0]!);
  return group?.label ?? String(stream.lineage);
}

function recordOf(drawing: Drawing, bar: Bar): { snapshot: Snapshot; group: Group | undefined } {
  const snapshot = drawing.of.snapshots[drawing.shown[bar.column]!]!;
  const groups = groupsOf(snapshot, drawing.target, drawing.layer);
  return { snapshot, group: groups.find((one) => one.number === bar.group.number) };
}

function said(stream: Stream, drawing: Drawing): string {
  const graphs = stream.bars.map((bar) => recordOf(drawing, bar).snapshot.graph);
  const [first, final] = [stream.bars[0]!, stream.bars[stream.bars.length - 1]!];
  const span =
    graphs.length === 1 ? `at ${snapshotName(graphs[0]!)}` : spanName(graphs[0]!, graphs[graphs.length - 1]!);
  const importance =
    graphs.length === 1
      ? percent(first.group.importance)
      : `${percent(first.group.importance)} to ${percent(final.group.importance)}`;
  const turns = stream.marks.map((mark) => titleOf(mark, drawing)).join("; ");
  const { group } = recordOf(drawing, first);
  const name = group ? groupName(group, drawing.run.layers) : "";
  const kind = stream.lineage === null ? `${name}, unstable` : name;
  return `${kind}, ${span}, importance ${importance}${turns && `. ${turns}`}`;
}

function parts(stream: Stream, drawing: Drawing, source: Parameters<ViewFactory>[1]): SVGElement[] {
  const { streams, layout, bar: wide } = drawing;
  const title = svg("title", {}, said(stream, drawing));
  const ribbons = stream.ribbons.map((ribbon) =>
    svg("path", { class: `ribbon ${ribbon.become}`, d: ribbonPath(ribbon, wide) }),
  );
  const gaps = streams.gaps
    .filter((gap) => gap.lineage === stream.lineage)
    .map((gap) => {
      const at = (column: number) => stream.bars.find((bar) => bar.column === column)!;
      return svg("path", { class: "sleep", d: curve(at(gap.from), at(gap.to), wide) });
    });
  const tapers = stream.marks.flatMap((mark) => taper(mark, stream, drawing));
  const bars = stream.bars.map((bar) =>
    svg("rect", {
      class: "bar",
      x: bar.x,
      y: bar.top,
      width: wide,
      height: Math.max(1, bar.bottom - bar.top),
      rx: Math.min(2.5, (bar.bottom - bar.top) / 2),
    }),
  );
  const faces = stream.bars.flatMap((bar) => face(bar, drawing, source));
  const glyphs = stream.marks
    .filter((mark) => mark.turn !== "birth" || layout.bars.length < 400)
    .map((mark) => glyph(mark, stream, drawing));
  return [title, ...gaps, ...tapers, ...ribbons, ...bars, ...faces, ...glyphs];
}

function curve(from: Bar, to: Bar, wide: number): string {
  const [x, y] = [from.x + wide, (from.top + from.bottom) / 2];
  const [u, v] = [to.x, (to.top + to.bottom) / 2];
  return `M${x},${y}C${(x + u) / 2},${y} ${(x + u) / 2},${v} ${u},${v}`;
}

/** Side of the picture beside a bar; 0 where there is no room for one. */
function faceSide(bar: Bar, { pitch, roomy }: Drawing): number {
  const side = Math.floor(Math.min(bar.bottom - bar.top - 4, pitch * 0.42, 44));
  return roomy && side >= 14 ? side : 0;
}

/** How far a stream reaches before its first bar, and beyond its last one and the picture there. */
function reach(mark: Mark, bar: Bar, drawing: Drawing): number {
  const [room, radius] = [drawing.pitch - drawing.bar, markRadius(drawing)];
  const short = Math.min(24, drawing.pitch * 0.3, room / 2 - radius); // leaves as much to the next column
  const side = faceSide(bar, drawing);
  return mark.turn === "death" && side > 0 ? Math.min(side + 14, room - short - 2 * radius) : short;
}

/** A stream swells where it begins and thins out where it ends. */
function taper(mark: Mark, stream: Stream, drawing: Drawing): SVGElement[] {
  if (mark.turn === "split" || mark.turn === "merge") return [];
  const bar = stream.bars.find((one) => one.column === mark.column)!;
  const middle = (bar.top + bar.bottom) / 2;
  const ends = mark.turn === "death";
  const x = ends ? bar.x + drawing.bar : bar.x;
  const tip = x + (ends ? 1 : -1) * reach(mark, bar, drawing);
  const bend = (x + tip) / 2;
  const d =
    `M${x},${bar.top}C${bend},${bar.top} ${bend},${middle} ${tip},${middle}` +
    `C${bend},${middle} ${bend},${bar.bottom} ${x},${bar.bottom}Z`;
  return [svg("path", { class: "ribbon taper", d })];
}

/** The group's best patch, where there is room for it. */
function face(bar: Bar, drawing: Drawing, source: Parameters<ViewFactory>[1]): SVGElement[] {
  const side = faceSide(bar, drawing);
  const { snapshot, group } = recordOf(drawing, bar);
  const row = group?.patches[0];
  if (side === 0 || row === undefined) return [];
  const cut = patchCut(source, drawing.run.name, snapshot, row);
  if (cut === null) return [];
  const frame = picture(cut, side);
  set(frame, { x: bar.x + drawing.bar + 4, y: (bar.top + bar.bottom - side) / 2, "aria-hidden": "true" });
  return [frame];
}

function isNamed(bar: Bar, stream: Stream, { pitch, roomy }: Drawing): boolean {
  if (stream.lineage === null) return false; // grey says it
  const goesOn = stream.ribbons.some((one) => one.source === bar);
  return bar.bottom - bar.top >= 11 && (roomy || (goesOn && pitch >= 20));
}

/** A stream's name to the right of one of its bars. */
interface Name extends Box {
  readonly text: string;
  readonly group: string;
}

/** Above all streams, so that none covers them; the most important streams choose first. */
function drawNames(parent: SVGGElement, drawing: Drawing, width: number): void {
  const mass = ({ bars }: Stream) => bars.reduce((sum, bar) => sum + bar.group.importance, 0);
  const streams = streamsIn(drawing).sort((one, other) => mass(other) - mass(one));
  const rows = streams.map((stream) =>
    stream.bars.filter((bar) => isNamed(bar, stream, drawing)).map((bar) => nameBeside(bar, stream, drawing)),
  );
  const radius = markRadius(drawing);
  const marks = streams.flatMap((stream) =>
    stream.marks.map((mark) => {
      const [x, y] = placeOfMark(mark, stream, drawing);
      return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
    }),
  );
  set(parent, { transform: `translate(${MARGIN.left},${MARGIN.head})` });
  parent.replaceChildren(
    ...placed(rows, marks, NAMES_APART, width - MARGIN.left).map(({ x, y, height, text, group }) =>
      svg("text", { class: "stream-name", x, y: y + height / 2, dy: "0.35em", "data-group": group }, text),
    ),
  );
}

function nameBeside(bar: Bar, stream: Stream, drawing: Drawing): Name {
  const side = faceSide(bar, drawing);
  const mark = stream.marks.find(
    (one) => (one.turn === "death" || one.turn === "split") && one.column === bar.column,
  );
  const beyond = mark === undefined ? 0 : placeOfMark(mark, stream, drawing)[0] - bar.x + markRadius(drawing) + 4;
  const before = Math.max(drawing.bar + (side > 0 ? side + 9 : 5), beyond);
  const room = drawing.roomy ? Math.min(drawing.pitch, BESIDE + 30) - before - 16 : 60;
  const text = beginning(nameOf(stream, drawing), Math.max(4, Math.floor(room / 6.4)));
  const [x, y] = [bar.x + before, (bar.top + bar.bottom - LETTER.height) / 2];
  return { x, y, width: text.length * LETTER.width, height: LETTER.height, text, group: stream.key };
}

const SHAPES: Readonly<Record<Turn, string>> = {
  birth: "M0,-3.2L2.9,1.8H-2.9Z",
  return: "M0,-3.2L2.9,1.8H-2.9Z",
  death: "M-2.6,-2.6L2.6,2.6M2.6,-2.6L-2.6,2.6",
  split: "M-3.6,0H-0.8L3.4,-3.4M-0.8,0L3.4,3.4",
  merge: "M3.6,0H0.8L-3.4,-3.4M0.8,0L-3.4,3.4",
};

const SAID: Readonly<Record<Turn, string>> = {
  birth: "emerges",
  return: "comes back",
  death: "disappears",
  split: "splits",
  merge: "is merged",
};

function titleOf(mark: Mark, { of, shown }: Drawing): string {
  const at = (column: number) => snapshotName(of.snapshots[shown[column]!]!.graph);
  const ids = mark.lineage.map((id) => `group ${id}`).join(" and ");
  if (mark.turn === "split") return `splits into ${ids} by ${at(mark.column + 1)}`;
  if (mark.turn === "merge") return `merged from ${ids} at ${at(mark.column)}`;
  if (mark.turn === "death") return `disappears after ${at(mark.column)}`;
  return `${SAID[mark.turn]} at ${at(mark.column)}`;
}

/** Small enough that those between two columns have room side by side. */
const markRadius = ({ pitch }: Drawing) => Math.max(4, Math.min(6, 0.2 * pitch));

/** Beside the bar: what came before on its left, what comes after on its right. */
function placeOfMark(mark: Mark, stream: Stream, drawing: Drawing): readonly [x: number, y: number] {
  const bar = stream.bars.find((one) => one.column === mark.column)!;
  const [far, near] = [reach(mark, bar, drawing), markRadius(drawing)];
  const off = { birth: -far, return: -far, merge: -near, split: drawing.bar + near, death: drawing.bar + far };
  return [bar.x + off[mark.turn], (bar.top + bar.bottom) / 2];
}

function glyph(mark: Mark, stream: Stream, drawing: Drawing): SVGElement {
  const [x, y] = placeOfMark(mark, stream, drawing);
  return svg(
    "g",
    { class: `turn ${mark.turn}`, transform: `translate(${x.toFixed(2)},${y.toFixed(2)})` },
    svg("title", {}, titleOf(mark, drawing)),
    svg("circle", { r: markRadius(drawing) }),
    svg("path", { d: SHAPES[mark.turn] }),
  );
}

// --- the patches of one stream --------------------------------------------------------------

/** Side of the patches, and how many stand side by side: all in a row, or two, or one. */
function stripOf(pitch: number): { side: number; across: number } {
  const fit = (across: number) => Math.floor(Math.min(STRIP.side, (pitch - 8) / across - 3));
  const across = [STRIP.patches, 2].find((one) => fit(one) >= STRIP.least);
  return across ? { side: fit(across), across } : { side: Math.floor(Math.min(STRIP.side, pitch - 3)), across: 1 };
}

/** Draws the strip; returns where it ends. */
function drawStrip(
  parent: SVGGElement,
  drawing: Drawing,
  { state }: Context,
  source: Parameters<ViewFactory>[1],
): number {
  const top = MARGIN.head + drawing.height + STRIP.head;
  const all = streamsIn(drawing).filter((stream) => stream.lineage !== null);
  const mass = (stream: Stream) => stream.bars.reduce((sum, bar) => sum + bar.group.importance, 0);
  const selected = all.find((stream) => stream.key === state.group);
  const stream = selected ?? [...all].sort((one, other) => mass(other) - mass(one))[0];
  parent.replaceChildren();
  if (!stream || drawing.of.snapshots.every(({ graph }) => graph.input === null)) return top - STRIP.head + 14;
  const { side, across } = stripOf(drawing.pitch);
  const { group: best } = recordOf(drawing, stream.bars[0]!);
  const name = best ? groupName(best, drawing.run.layers) : "";
  const what = selected
    ? `Patches of ${name} through the run`
    : `Patches of ${name}, the most important stream here; select another to see its own`;
  const caption = svg("text", { class: "strip-name", x: MARGIN.left, y: top - 12 }, what);
  const pictures = stream.bars.flatMap((bar) => {
    const { snapshot, group } = recordOf(drawing, bar);
    return (group?.patches ?? []).slice(0, STRIP.patches).flatMap((row, place) => {
      const cut = patchCut(source, drawing.run.name, snapshot, row);
      if (cut === null) return [];
      const frame = picture(cut, side);
      const left = across === 1 ? (drawing.bar - side) / 2 : 0;
      set(frame, {
        x: MARGIN.left + bar.x + left + (place % across) * (side + 3),
        y: top + Math.floor(place / across) * (side + 3),
        role: "img",
        "aria-label": `Patch ${place + 1} of ${name} at ${snapshotName(snapshot.graph)}`,
      });
      return [frame];
    });
  });
  set(parent, { class: `strip ${colourOf(stream, drawing)}` });
  parent.append(caption, ...pictures);
  return top + Math.ceil(STRIP.patches / across) * (side + 3);
}

// --- legend ---------------------------------------------------------------------------------

function drawLegend(parent: SVGGElement): void {
  const turns: Turn[] = ["birth", "return", "death", "split", "merge"];
  let x = 6;
  const entries = turns.map((turn) => {
    const entry = svg(
      "g",
      { class: `turn ${turn}`, transform: `translate(${x},0)` },
      svg("circle", { r: 6 }),
      svg("path", { d: SHAPES[turn] }),
      svg("text", { class: "legend-name", x: 11, dy: "0.35em" }, SAID[turn]),
    );
    x += 34 + SAID[turn].length * 6.4;
    return entry;
  });
  const grey = svg(
    "g",
    { class: "stream unstable", transform: `translate(${x},0)` },
    svg("rect", { class: "bar", x: -4, y: -6, width: WIDEST_BAR, height: 12, rx: 2.5 }),
    svg("text", { class: "legend-name", x: 11, dy: "0.35em" }, "unstable: in no stream"),
  );
  x += 168;
  const high = svg("text", { class: "legend-name", x, dy: "0.35em" }, "height: importance");
  parent.replaceChildren(...entries, grey, high);
}
