import assert from "node:assert/strict";
import { test } from "node:test";
import { found } from "../src/searching.js";
import { graph, group, target } from "./fixtures.js";

const whole = graph(1, [
  target(
    [
      group("layer1", 0, {
        lineage: 7,
        members: [
          [7, 0, 1],
          [12, 1, 0.5],
        ],
      }),
      group("layer2", 0, { lineage: 8, label: "<b>Stripes</b> 12", members: [[7, 0, 1]] }),
      group("layer2", 1, { members: [[3, 0, 1]] }),
    ],
    [],
  ),
]);
const keys = (query: string): string[] | null => {
  const hits = found(whole, 3, query);
  return hits === null ? null : [...hits];
};

test("an empty query asks nothing", () => {
  assert.equal(keys("  "), null);
});

test("a number asks for a neuron, in any layer or in one", () => {
  assert.deepEqual(keys("7"), ["L7", "L8"]);
  assert.deepEqual(keys("layer2:7"), ["L8"]);
  assert.deepEqual(keys("2:7"), ["L8"]); // a unique ending of a layer's name is enough
  assert.deepEqual(keys("99"), []);
});

test("a label is found by any part, also by its digits; a group's number only in words", () => {
  assert.deepEqual(keys("stripes"), ["L8"]);
  assert.deepEqual(keys("12"), ["L7", "L8"]);
  assert.deepEqual(keys("group 7"), ["L7"]);
});

test("what the command line calls a group finds it, in full or its end", () => {
  assert.deepEqual(keys("layer2/1"), ["layer2/1"]);
  assert.deepEqual(keys("Layer1/0"), ["L7"]);
  assert.deepEqual(keys("r1/0"), ["L7"]);
  assert.deepEqual(keys("layer2"), []);
});

test("light graphs and unknown targets answer by label alone", () => {
  const light = graph(1, [target([group("a", 0, { label: "eye" })], [])]);
  assert.deepEqual([...found(light, 3, "7")!], []);
  assert.deepEqual([...found(light, 3, "EYE")!], ["a/0"]);
  assert.deepEqual([...found(light, 4, "eye")!], []);
});
