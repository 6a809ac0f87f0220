/** The image that was got wrong: small, large with the crops that fired groups, and in crops. */
import { svg } from "../dom.js";
import type { Fired } from "../mistakes.js";
import { picture, type Cut } from "../pictures.js";
import type { Source } from "../source.js";
import type { Mistake, Mistakes } from "../types.js";

/** Pixels of the large picture's longer side. */
const LARGE = 300;
/** Groups whose best crop is framed at once; there are as many colours. */
export const FRAMED = 6;

export function mistakenCut(
  source: Source,
  run: string,
  record: Mistakes,
  { picture: place }: Mistake,
): Cut | null {
  if (place === null) return null;
  const [sheet, x, y, width, height] = place;
  return { href: source.mistakenImage(run, record.step, sheet), x, y, width, height };
}

/** One crop of the image. */
export function cropCut(whole: Cut, record: Mistakes, crop: number): Cut | null {
  const box = record.crops[crop];
  if (box === undefined || record.input === null) return null;
  const [top, left, height, width] = box;
  const [across, down] = [whole.width / record.input[1], whole.height / record.input[0]];
  return {
    href: whole.href,
    x: whole.x + left * across,
    y: whole.y + top * down,
    width: width * across,
    height: height * down,
  };
}

export interface LargeImage {
  readonly element: SVGSVGElement;
  /** The number of a group's frame; null where it has none. */
  numberOf(group: Fired): number | null;
  /** Shows all crops told of one group, or for null the best of each that is framed. */
  point(group: Fired | null): void;
}

/** A frame on the image, and whose it is. */
interface Frame {
  readonly numbers: readonly number[];
  readonly fired: boolean;
}

/** The image with a frame for each group's best crop, numbered as the groups are. */
export function largeImage(whole: Cut, record: Mistakes, framed: readonly Fired[], name: string): LargeImage {
  const [height, width] = record.input!;
  const scale = LARGE / Math.max(height, width);
  const image = picture(whole);
  image.setAttribute("width", String(width * scale));
  image.setAttribute("height", String(height * scale));
  const frames = svg("g", { class: "frames" });
  const element = svg(
    "svg",
    {
      class: "large",
      viewBox: `0 0 ${width * scale} ${height * scale}`,
      width: width * scale,
      height: height * scale,
      role: "img",
      "data-export": "",
      "aria-label": name,
    },
    image,
    frames,
  );

  function numberOf(group: Fired): number | null {
    const at = framed.indexOf(group);
    return at < 0 ? null : at + 1;
  }

  /** A frame around a crop, with the numbers of the groups that it is of. */
  function frame(crop: number, { numbers, fired }: Frame, nth: number): SVGGElement | null {
    const box = record.crops[crop];
    if (box === undefined) return null;
    const [top, left, tall, wide] = box.map((side) => side * scale) as [number, number, number, number];
    const inset = 2 + 2 * nth; // frames that share a side stay apart
    const place = { x: left + inset, y: top + inset, width: wide - 2 * inset, height: tall - 2 * inset };
    const said = numbers.join(" ");
    const length = 9 + 6.2 * said.length;
    const [x, y] = [Math.min(place.x, width * scale - length - 2), Math.max(place.y - 16, 2)];
    const chip = [
      svg("rect", { class: "chip", x, y, width: length, height: 15, rx: 3 }),
      svg("text", { x: x + length / 2, y: y + 11.5 }, said),
    ];
    return svg(
      "g",
      { class: fired ? null : "silent", "data-colour": numbers[0] ?? null },
      svg("rect", { class: "under", ...place }),
      svg("rect", { class: "box", ...place }),
      ...(said === "" ? [] : chip),
    );
  }

  function point(group: Fired | null): void {
    const shown = new Map<number, Frame>();
    for (const one of group === null ? framed : [group]) {
      for (const [crop] of group === null ? one.firing.crops.slice(0, 1) : one.firing.crops) {
        const known = shown.get(crop) ?? { numbers: [], fired: false };
        const number = numberOf(one);
        const numbers = number === null ? known.numbers : [...known.numbers, number];
        shown.set(crop, { numbers, fired: known.fired || one.fired });
      }
    }
    const drawn = [...shown].map(([crop, one], nth) => frame(crop, one, nth));
    frames.replaceChildren(...drawn.filter((one): one is SVGGElement => one !== null));
  }

  point(null);
  return { element, numberOf, point };
}
