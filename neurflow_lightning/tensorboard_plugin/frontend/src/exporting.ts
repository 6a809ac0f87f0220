/**
 * The current view as one SVG or PNG file that needs nothing else: styles and pictures go into it.
 *
 * Pictures are cut from their sheets on a canvas; `fetch` of data: and blob: addresses is forbidden in
 * TensorBoard's iframe, images with them are not.
 */
import { svg } from "./dom.js";

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "stroke-linecap",
  "opacity",
  "visibility",
  "display",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "letter-spacing",
  "text-anchor",
  "dominant-baseline",
  "paint-order",
] as const;
const MARGIN = 16;
const PNG_SCALE = 2;

/** All drawings of a view, marked `data-export`, as one standalone element. */
export async function standalone(view: HTMLElement, title: string): Promise<SVGSVGElement> {
  const drawings = [...view.querySelectorAll<SVGSVGElement>("svg[data-export]")].filter(
    (drawing) => drawing.getClientRects().length > 0,
  );
  const boxes = drawings.map((drawing) => drawing.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left), Infinity);
  const top = Math.min(...boxes.map((box) => box.top), Infinity);
  const width = Math.max(...boxes.map((box) => box.right), left) - left + 2 * MARGIN;
  const height = Math.max(...boxes.map((box) => box.bottom), top) - top + 2 * MARGIN;
  const style = getComputedStyle(document.body);
  const sheets = new Map<string, Promise<HTMLImageElement>>();
  const copies = await Promise.all(
    drawings.map(async (drawing, at) => {
      const copy = await copied(drawing, sheets);
      copy.setAttribute("x", String(boxes[at]!.left - left + MARGIN));
      copy.setAttribute("y", String(boxes[at]!.top - top + MARGIN));
      copy.setAttribute("width", String(boxes[at]!.width));
      copy.setAttribute("height", String(boxes[at]!.height));
      return copy;
    }),
  );
  return svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("title", {}, title),
    svg("rect", { width: "100%", height: "100%", fill: style.backgroundColor }),
    ...copies,
  );
}

/** The text of an SVG file. */
export function written(drawing: SVGSVGElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing)}`;
}

/** The drawing as PNG, twice as fine as the screen's pixels. */
export async function rasterised(drawing: SVGSVGElement): Promise<Blob> {
  const width = Number(drawing.getAttribute("width"));
  const height = Number(drawing.getAttribute("height"));
  const image = await loaded(
    `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written(drawing))}`,
  );
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * PNG_SCALE);
  canvas.height = Math.ceil(height * PNG_SCALE);
  const pen = canvas.getContext("2d")!;
  pen.scale(PNG_SCALE, PNG_SCALE);
  pen.drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("This browser made no PNG of the drawing."));
      else resolve(blob);
    }, "image/png");
  });
}

/** Hands a file to the reader. */
export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function copied(
  drawing: SVGSVGElement,
  sheets: Map<string, Promise<HTMLImageElement>>,
): Promise<SVGSVGElement> {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll<SVGElement>("*")];
  const clones = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, at) => dress(original, clones[at]!));
  await Promise.all(
    [...copy.querySelectorAll("image")].map(async (image) => {
      const href = image.getAttribute("href");
      const frame = image.parentElement;
      if (href === null || !(frame instanceof SVGSVGElement)) return;
      if (!sheets.has(href)) sheets.set(href, loaded(href));
      cut(await sheets.get(href)!, frame, image);
    }),
  );
  return copy;
}

function dress(original: SVGElement, clone: SVGElement): void {
  const computed = getComputedStyle(original);
  clone.setAttribute(
    "style",
    STYLES.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(";"),
  );
  for (const name of ["class", "tabindex", "role", "aria-pressed"]) clone.removeAttribute(name);
}

/** Replaces the sheet behind a frame by the part of it that is seen. */
function cut(sheet: HTMLImageElement, frame: SVGSVGElement, image: SVGImageElement): void {
  const { x, y, width, height } = frame.viewBox.baseVal;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")!.drawImage(sheet, x, y, width, height, 0, 0, width, height);
  frame.setAttribute("viewBox", `0 0 ${width} ${height}`);
  image.setAttribute("href", canvas.toDataURL("image/png"));
  image.setAttribute("width", String(width));
  image.setAttribute("height", String(height));
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("A picture of this view could not be read."));
    image.src = address;
  });
}
