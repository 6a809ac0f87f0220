/**
 * Pictures cut from the atlas: an inner `svg` whose view box is the picture's place on its sheet.
 *
 * The same element serves inside SVG views and, in an `svg` of its own, inside HTML.
 */
import type { Graph } from "./types.js";
import type { Snapshot } from "./model.js";
import type { Source } from "./source.js";

const SVG = "http://www.w3.org/2000/svg";

/** A picture's address and its place on the sheet. */
export interface Cut {
  readonly href: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Patch `row` of a snapshot; null where the snapshot has no picture of it. */
export function patchCut(
  source: Source,
  run: string,
  snapshot: Snapshot | Graph,
  row: number,
): Cut | null {
  const graph = "graph" in snapshot ? snapshot.graph : snapshot;
  const place = graph.patches[row];
  if (place === undefined) return null;
  const [sheet, x, y, width, height] = place;
  return { href: source.sheet(run, graph.step, sheet), x, y, width, height };
}

/** Source image `image` of a snapshot; null where the snapshot has no picture of it. */
export function imageCut(
  source: Source,
  run: string,
  snapshot: Snapshot | Graph,
  image: number,
): Cut | null {
  const graph = "graph" in snapshot ? snapshot.graph : snapshot;
  const place = graph.images[image];
  if (place === undefined) return null;
  const [sheet, x, y, width, height] = place;
  return { href: source.sheet(run, graph.step, sheet), x, y, width, height };
}

/** An `svg` element that shows the cut; `side` in pixels, or `null` for a size set by CSS. */
export function picture(cut: Cut, side: number | null = null): SVGSVGElement {
  const frame = document.createElementNS(SVG, "svg");
  frame.classList.add("picture");
  if (side !== null) {
    frame.setAttribute("width", String(side));
    frame.setAttribute("height", String(side));
  }
  frame.append(document.createElementNS(SVG, "image"));
  showCut(frame, cut);
  return frame;
}

/** Shows another cut in an element made by `picture`. */
export function showCut(frame: SVGSVGElement, cut: Cut): void {
  const box = `${cut.x} ${cut.y} ${cut.width} ${cut.height}`;
  if (frame.getAttribute("viewBox") !== box) frame.setAttribute("viewBox", box);
  frame.setAttribute("preserveAspectRatio", "xMidYMid slice");
  const image = frame.firstElementChild!;
  if (image.getAttribute("href") !== cut.href) image.setAttribute("href", cut.href);
}
