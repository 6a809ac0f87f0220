import assert from "node:assert/strict";
import { test } from "node:test";
import type { Link } from "../src/model.js";
import { pathThrough } from "../src/paths.js";

const link = (source: string, target: string, share: number): Link => ({
  source,
  target,
  weight: share,
  share,
  stability: null,
});
const LINKS = [
  link("b1", "t", 0.9),
  link("b2", "t", -0.5),
  link("a1", "b1", 0.1),
  link("a2", "b1", -0.6),
  link("a1", "b2", 0.8),
  link("i1", "a2", 0.2),
  link("i2", "a2", 0.3),
  link("i1", "a1", 1.0),
];
const keys = (key: string): string[] => [...pathThrough(LINKS, key).keys].sort();

test("the path goes up to the target and down to the input, by the product of shares", () => {
  // b1 down: a2, then i2 gives .6 · .3 = .18; a1, then i1 gives .1 · 1
  assert.deepEqual(keys("b1"), ["a2", "b1", "i2", "t"]);
  // a1 up: b2 and t give .8 · .5 = .4; b1 and t .1 · .9
  assert.deepEqual(keys("a1"), ["a1", "b2", "i1", "t"]);
});

test("signs do not weaken a path, and from the target it only goes down", () => {
  assert.deepEqual(keys("t"), ["a1", "b2", "i1", "t"]);
  assert.equal(pathThrough(LINKS, "t").links.size, 3);
});

test("a group without links is its own path", () => {
  assert.deepEqual(keys("nobody"), ["nobody"]);
  assert.deepEqual([...pathThrough([link("x", "y", 0)], "x").keys], ["x"]);
});
