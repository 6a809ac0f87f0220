import assert from "node:assert/strict";
import { test } from "node:test";
import { placed } from "../src/placing.js";

const at = (x: number, y = 0) => ({ x, y, width: 10, height: 10 });

test("a name that would hit a mark or another name goes to the next place of its row", () => {
  const [first, second, third] = [at(0), at(20), at(40)];
  assert.deepEqual(placed([[first, second, third]], [at(5, 5)], 0, 100), [second, third]);
  assert.deepEqual(placed([[second], [at(25), third]], [], 0, 100), [second, third]);
});

test("names of one row keep apart, and within the drawing", () => {
  assert.deepEqual(placed([[at(0), at(20), at(40)]], [], 30, 100), [at(0), at(40)]);
  assert.deepEqual(placed([[at(95)]], [], 0, 100), []);
});

test("what touches does not hit", () => {
  assert.deepEqual(placed([[at(0)], [at(10)], [at(0, 10)]], [], 0, 100).length, 3);
});
