/** Names beside things in a crowded drawing: where they hit nothing, or not at all. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const hits = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/**
 * Of every row of candidates, from left to right, those that hit neither `taken` nor one chosen
 * before, nor lie nearer than `apart` to the last one of their own row, nor reach beyond `right`.
 */
export function placed<T extends Box>(
  rows: readonly (readonly T[])[],
  taken: readonly Box[],
  apart: number,
  right: number,
): T[] {
  const chosen: T[] = [];
  for (const row of rows) {
    let last = -Infinity;
    for (const one of row) {
      if (one.x - last < apart || one.x + one.width > right) continue;
      if (taken.some((other) => hits(one, other)) || chosen.some((other) => hits(one, other))) continue;
      chosen.push(one);
      last = one.x;
    }
  }
  return chosen;
}
