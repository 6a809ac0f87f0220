/** A circuit in the small: what fired on an image, and the path that it took. */
import { el, svg } from "../dom.js";
import { plain, shortened, signedPercent } from "../formats.js";
import type { Fired, Side } from "../mistakes.js";
import { idOf, strongLinks, titleOf, type Circuit, type Link } from "../model.js";
import { patchCut, picture } from "../pictures.js";
import type { Source } from "../source.js";
import { acrossPlane, buttons } from "./parts.js";

const WIDTH = 420;
const HEIGHT = 196;
const TOP = 18;
const LARGEST = 36;
/** As in the circuit view: links this much weaker than the strongest of a group are left out. */
const WEAK = 0.3;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The circuit of a class; `press` is called with a group's key. */
export function miniCircuit(
  side: Side,
  run: string,
  source: Source,
  press: (key: string) => void,
): SVGSVGElement {
  const circuit = side.circuit!;
  const { graph } = circuit.snapshot;
  const firing = new Map(side.groups.map((one) => [one.node.key, one]));
  const columns = graph.layers.map((layer) =>
    circuit.nodes
      .filter(({ group }) => group.layer === layer)
      .sort((one, two) => two.importance - one.importance),
  );
  const most = Math.max(1, ...columns.map((column) => column.length));
  const pitch = (HEIGHT - TOP) / most;
  const cell = Math.min(LARGEST, pitch - 3);
  const columnPitch = (WIDTH - LARGEST) / Math.max(1, columns.length - 1);
  const points = new Map<string, Point>();
  columns.forEach((column, at) => {
    column.forEach((node, row) => {
      const y = TOP + (HEIGHT - TOP) / 2 + (row - (column.length - 1) / 2) * pitch;
      points.set(node.key, { x: LARGEST / 2 + at * columnPitch, y });
    });
  });
  const short = shortened(graph.layers);
  const faint = strongLinks(circuit, WEAK);
  const curve = (from: string, to: string): string => {
    const [one, two] = [points.get(from)!, points.get(to)!];
    const middle = (one.x + two.x) / 2;
    return `M${one.x} ${one.y}C${middle} ${one.y} ${middle} ${two.y} ${two.x} ${two.y}`;
  };
  const chart = svg(
    "svg",
    { class: "mini", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "data-export": "", "aria-label": `Circuit of ${side.name}` },
    svg(
      "g",
      { "aria-hidden": "true" },
      ...graph.layers.map((layer, at) =>
        svg(
          "text",
          {
            class: "layer",
            x: at === 0 ? 0 : at === columns.length - 1 ? WIDTH : LARGEST / 2 + at * columnPitch,
            y: 10,
            "text-anchor": at === 0 ? "start" : at === columns.length - 1 ? "end" : "middle",
          },
          short.get(layer)!,
        ),
      ),
      ...faint.map((link) =>
        svg("path", { class: "faint", d: curve(link.source, link.target) }),
      ),
      ...pathLinks(side).map(({ source: from, target: to, share }) =>
        svg("path", {
          class: "along",
          d: curve(from, to),
          "data-sign": share < 0 ? "-" : "+",
          "stroke-width": 2 + 4 * Math.min(1, Math.abs(share)),
        }),
      ),
    ),
    ...circuit.nodes.map((node) => {
      const { x, y } = points.get(node.key)!;
      const one = firing.get(node.key);
      const cut = patchCut(source, run, circuit.snapshot, node.group.patches[0] ?? -1);
      const box = { x: x - cell / 2, y: y - cell / 2, width: cell, height: cell };
      const inner = cut === null ? null : picture(cut);
      for (const [name, value] of Object.entries(box)) inner?.setAttribute(name, String(value));
      const state = one === undefined ? "target" : one.fired ? "fired" : "silent";
      return svg(
        "g",
        {
          class: `group ${state}${one?.share == null ? "" : " on-path"}`,
          role: "button",
          "data-group": node.key,
          "aria-label": `${titleOf(circuit, node)}, ${idOf(node.group)}${one === undefined ? "" : `: ${firingSaid(one)}`}`,
        },
        svg("title", {}, `${titleOf(circuit, node)}, ${idOf(node.group)}${one === undefined ? "" : `: ${firingSaid(one)}`}`),
        svg("rect", { class: "ground", ...box }),
        inner,
        svg("rect", { class: "frame", ...box }),
      );
    }),
  );
  buttons(chart, ".group", acrossPlane, (item) => press(item.getAttribute("data-group")!))();
  return chart;
}

/** What frames and lines of these circuits mean. */
export function pathKeys(sides: readonly Side[]): HTMLElement {
  const key = (kind: string, said: string) => el("li", {}, el("i", { class: kind, "aria-hidden": "true" }), said);
  const path = sides.flatMap((side) => side.path);
  const against = path.some(({ share }) => (share ?? 0) < 0);
  return el(
    "ul",
    { class: "path-keys muted" },
    key("fired", "fired"),
    key("silent", "did not fire"),
    ...(path.length > 0 ? [key("along", "the path: the strongest edges through groups that fired")] : []),
    ...(against ? [key("against", "lowers what it leads to")] : []),
  );
}

/** "fired, 1.20 × normal; on the path, +31 % of its input". */
function firingSaid({ fired, firing, share }: Fired): string {
  const what = `${fired ? "fired" : "did not fire"}, ${plain(firing.score)} × normal`;
  return share === null ? what : `${what}; on the path, ${signedPercent(share)} of its input`;
}

interface Along {
  readonly source: string;
  readonly target: string;
  readonly share: number;
}

/** The links of the path. */
function pathLinks({ circuit, path }: Side): Along[] {
  return path.flatMap(({ node, share }, at) => {
    const upper = path[at - 1]?.node.key ?? targetOfPath(circuit!, node.key, share!);
    return upper === undefined ? [] : [{ source: node.key, target: upper, share: share! }];
  });
}

/** A target may have several groups: that to which a link of this share leads. */
function targetOfPath({ links }: Circuit, source: string, share: number): string | undefined {
  const away = (link: Link) => Math.abs(link.share - share);
  return links
    .filter((link) => link.source === source)
    .sort((one, two) => away(one) - away(two))[0]?.target;
}
