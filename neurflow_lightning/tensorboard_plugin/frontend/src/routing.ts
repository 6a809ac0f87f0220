/**
 * How links run between cards: each leaves on the right and enters on the left at a port of its own.
 *
 * A card's ports lie in the order of the cards at their other ends, so that links do not cross
 * where they meet it.
 */
import { linkHorizontal } from "d3-shape";
import type { Link } from "./model.js";
import type { Size } from "./layout.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Route {
  readonly link: Link;
  /** The `d` of a path. */
  readonly path: string;
  readonly width: number;
}

const [THINNEST, THICKEST] = [1.25, 9];
const INSET = 12;

/** The width of a link whose |share| is `relative` times the strongest one's. */
export function thickness(relative: number): number {
  return THINNEST + (THICKEST - THINNEST) * relative;
}

/** The routes of all links whose ends are placed, strongest last, so that they are drawn on top. */
export function routes(
  links: readonly Link[],
  strongest: number,
  places: ReadonlyMap<string, Point>,
  card: Size,
): Route[] {
  const drawn = links
    .filter((link) => places.has(link.source) && places.has(link.target))
    .sort((one, two) => Math.abs(one.share) - Math.abs(two.share));
  const width = new Map(
    drawn.map((link) => [link, thickness(strongest > 0 ? Math.abs(link.share) / strongest : 0)]),
  );
  const leaving = ports(drawn, "source", "target", places, width, card.height);
  const entering = ports(drawn, "target", "source", places, width, card.height);
  const curve = linkHorizontal<unknown, [number, number]>();
  return drawn.map((link) => {
    const from = places.get(link.source)!;
    const to = places.get(link.target)!;
    const path = curve({
      source: [round(from.x + card.width), round(from.y + leaving.get(link)!)],
      target: [round(to.x), round(to.y + entering.get(link)!)],
    })!;
    return { link, path, width: round(width.get(link)!) };
  });
}

/** Height of every link's port on the card at its `own` end. */
function ports(
  links: readonly Link[],
  own: "source" | "target",
  other: "source" | "target",
  places: ReadonlyMap<string, Point>,
  width: ReadonlyMap<Link, number>,
  height: number,
): Map<Link, number> {
  const ofCard = new Map<string, Link[]>();
  for (const link of links) ofCard.set(link[own], [...(ofCard.get(link[own]) ?? []), link]);
  const found = new Map<Link, number>();
  for (const group of ofCard.values()) {
    group.sort((one, two) => places.get(one[other])!.y - places.get(two[other])!.y);
    const total = group.reduce((sum, link) => sum + width.get(link)! + 1, -1);
    const squeeze = Math.min(1, (height - 2 * INSET) / total);
    let at = (height - total * squeeze) / 2;
    for (const link of group) {
      const own = width.get(link)! * squeeze;
      found.set(link, at + own / 2);
      at += own + squeeze;
    }
  }
  return found;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
