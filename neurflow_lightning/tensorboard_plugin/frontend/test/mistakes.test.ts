import assert from "node:assert/strict";
import { test } from "node:test";
import { className, kindsOf, mistakeOf, readingOf, remedyOf, scoresThen, sidesOf } from "../src/mistakes.js";
import type { Snapshot } from "../src/model.js";
import type { Firing, Mistake, Mistakes } from "../src/types.js";
import { graph, group, run, target } from "./fixtures.js";

const cat = target(
  [
    group("fc", 0),
    group("b", 0, { lineage: 7, importance: 0.6 }),
    group("a", 0, { lineage: 9, importance: 0.4 }),
    group("a", 1, { importance: 0.2 }),
  ],
  [
    [1, 0, 0.5, null],
    [2, 1, 0.3, null],
  ],
);
const dog = target([group("fc", 0), group("b", 0, { lineage: 8 })], [[1, 0, 0.5, null]], { target: 5, name: "dog" });

function firing(layer: string, number: number, score: number, effect: Firing["effect"] = null): Firing {
  return { layer, number, importance: 0.5, score, crops: [[0, score]], effect };
}

const mistake: Mistake = {
  image: 17,
  true: 5,
  predicted: 3,
  sure: 0.9,
  right: 0.05,
  margin: 2,
  picture: null,
  past: [],
  circuits: [
    {
      target: 3,
      path: [
        ["b", 0, 0.5],
        ["a", 0, 0.3],
      ],
      groups: [firing("b", 0, 1.2, [-1, 3]), firing("a", 0, 0.9, [-3, 5]), firing("a", 1, 0.8, [-2.5, 5])],
    },
    { target: 5, path: [], groups: [firing("b", 0, 0.2)] },
  ],
};

const record = (more: Partial<Mistakes> = {}): Mistakes => ({
  schema: 1,
  step: 10,
  images: 20,
  wrong: 1,
  threshold: 0.8,
  input: null,
  crops: [],
  names: { 3: "cat", 5: "dog" },
  mistakes: [mistake],
  ...more,
});

const snapshotOf = (...targets: (typeof cat)[]): Snapshot => run(graph(10, targets)).snapshots[0]!;

test("an image that is not told of gives way to the worst", () => {
  const other = { ...mistake, image: 4 };
  const two = record({ mistakes: [mistake, other] });
  assert.equal(mistakeOf(two, 4), other);
  assert.equal(mistakeOf(two, 99), mistake);
  assert.equal(mistakeOf(two, null), mistake);
  assert.equal(mistakeOf(record({ mistakes: [] }), null), null);
});

test("a class without a name has its number", () => {
  assert.deepEqual([className(record(), 3), className(record(), 8)], ["cat", "class 8"]);
});

test("groups stand beside those of the snapshot; one at the threshold has not fired", () => {
  const [predicted, right] = sidesOf(record(), mistake, snapshotOf(cat, dog));
  assert.deepEqual(predicted.groups.map(({ node, fired }) => [node.key, fired]), [["L7", true], ["L9", true], ["a/1", false]]);
  assert.deepEqual(predicted.path.map(({ node, share }) => [node.key, share]), [["L7", 0.5], ["L9", 0.3]]);
  assert.deepEqual(right.groups.map(({ node, fired }) => [node.key, fired]), [["L8", false]]);
  assert.equal(right.name, "dog");
});

test("a class without a circuit has no groups", () => {
  const [, right] = sidesOf(record(), mistake, snapshotOf(cat));
  assert.equal(right.circuit, null);
  assert.deepEqual(right.groups, []);
});

test("deciding are groups without which the answer is right, the strongest first", () => {
  const remedy = remedyOf(mistake, sidesOf(record(), mistake, snapshotOf(cat, dog)));
  assert.deepEqual(remedy.deciding.map(({ node }) => node.key), ["L9", "a/1"]);
  assert.equal(remedy.strongest?.node.key, "L9");
  assert.deepEqual(remedy.missing.map(({ node }) => node.key), ["L8"]);
});

test("of a class without a circuit nothing was masked: groups of the true one may decide", () => {
  const own = { target: 5, path: [], groups: [firing("b", 0, 1.2, [-3, 5])] };
  const remedy = remedyOf(mistake, sidesOf(record(), { ...mistake, circuits: [own] }, snapshotOf(dog)));
  assert.deepEqual([remedy.masked.name, remedy.deciding.map(({ node }) => node.key)], ["dog", ["L8"]]);
});

test("groups may turn the answer into a third class", () => {
  const groups = [firing("b", 0, 1.2, [0.5, 6]), firing("a", 0, 0.9, [-0.2, 3])];
  const other = { ...mistake, circuits: [{ target: 3, path: [], groups }] };
  const remedy = remedyOf(other, sidesOf(record(), other, snapshotOf(cat, dog)));
  assert.deepEqual(remedy.deciding, []);
  assert.deepEqual(remedy.turning.map(({ node }) => node.key), ["L7"]);
});

test("what was not masked, or spoke against the class, decided nothing", () => {
  const groups = [firing("b", 0, 1.2, [0.5, 5]), firing("a", 0, 0.9)];
  const other = { ...mistake, circuits: [{ target: 3, path: [], groups }] };
  const remedy = remedyOf(other, sidesOf(record(), other, snapshotOf(cat, dog)));
  assert.deepEqual([remedy.deciding, remedy.strongest, remedy.missing], [[], null, []]);
});

test("earlier scores are of groups with a lineage, of the same image", () => {
  const snapshot = snapshotOf(cat, dog);
  assert.deepEqual([...scoresThen(record(), snapshot, 17, 3)], [["L7", 1.2], ["L9", 0.9]]);
  assert.equal(scoresThen(record(), snapshot, 18, 3).size, 0);
  assert.equal(scoresThen(record(), snapshot, 17, 6).size, 0);
});

test("whether a group fired is the record's to say, where it says so", () => {
  const told = { ...firing("b", 0, 0.8), fired: true };
  const silent = { ...firing("a", 0, 0.9), fired: false };
  const other = { ...mistake, circuits: [{ target: 3, path: [], groups: [told, silent, firing("a", 1, 0.9)] }] };
  const [predicted] = sidesOf(record(), other, snapshotOf(cat, dog));
  assert.deepEqual(predicted.groups.map(({ fired }) => fired), [true, false, true]);
});

test("mistakes are of kinds, each where its worst stands, and none is lost", () => {
  const classes: [number, number][] = [[5, 3], [3, 5], [5, 3], [6, 3], [5, 3]];
  const mistakes = classes.map(([is, taken], image) => ({ ...mistake, image, true: is, predicted: taken }));
  const kinds = kindsOf(record({ mistakes }));
  assert.deepEqual(
    kinds.map((kind) => [kind.true, kind.predicted, kind.mistakes.map(({ image }) => image)]),
    [[5, 3, [0, 2, 4]], [3, 5, [1]], [6, 3, [3]]],
  );
  assert.deepEqual(kindsOf(record({ mistakes: [] })), []);
});

test("an image is read by what fired of the predicted class", () => {
  const reading = readingOf(sidesOf(record(), mistake, snapshotOf(cat, dog)))!;
  assert.equal(reading.side.name, "cat");
  assert.deepEqual(reading.groups.map(({ node }) => node.key), ["L7", "L9"]);
  assert.deepEqual(reading.others.map(({ node }) => node.key), ["a/1"]);
});

test("without a circuit of it by all groups of the true class, without either by none", () => {
  const reading = readingOf(sidesOf(record(), mistake, snapshotOf(dog)))!;
  assert.deepEqual([reading.side.name, reading.groups.map(({ node }) => node.key), reading.others], ["dog", ["L8"], []]);
  assert.equal(readingOf(sidesOf(record(), mistake, snapshotOf())), null);
});

test("where nothing fired an image is read by all groups that did not", () => {
  const silent = { ...mistake, circuits: [{ target: 3, path: [], groups: [firing("b", 0, 0.1)] }] };
  const reading = readingOf(sidesOf(record(), silent, snapshotOf(cat, dog)))!;
  assert.deepEqual(reading.groups.map(({ node, fired }) => [node.key, fired]), [["L7", false]]);
});
