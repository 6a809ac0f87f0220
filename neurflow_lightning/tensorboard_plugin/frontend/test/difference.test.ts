import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changeOf,
  differenceOf,
  layoutDifference,
  likeness,
  matchGroups,
  strongEdges,
  tally,
  type Member,
  type Side,
  type SideEdge,
  type SideGroup,
} from "../src/difference.js";

const LAYERS = ["low", "high", "head"];

function group(layer: string, number: number, lineage: number | null, importance: number, neurons: readonly number[] = []): SideGroup {
  return { layer, number, lineage, importance, stable: true, members: neurons.map((neuron): Member => [neuron, 0, 1]) };
}

type Drawn = readonly [source: number, target: number, weight: number, stable?: boolean];

const side = (groups: readonly SideGroup[], edges: readonly Drawn[] = []): Side => ({
  groups,
  edges: edges.map(([source, target, weight, stable = true]): SideEdge => [source, target, weight, stable]),
});

test("likeness is the Jaccard index, of shares where a neuron is in several groups", () => {
  const whole = (...neurons: number[]): Member[] => neurons.map((neuron) => [neuron, 0, 1]);
  assert.equal(likeness(whole(1, 2, 3), whole(2, 3, 4)), 0.5);
  assert.equal(likeness([[1, 0, 0.25]], [[1, 3, 1]]), 0.25);
  assert.equal(likeness([[1, 0, 0.5], [1, 1, 0.5]], whole(1)), 1);
  assert.equal(likeness([], []), 0);
});

test("within a run groups are matched by lineage, however their members changed", () => {
  const before = [group("low", 0, 5, 1, [1, 2]), group("low", 1, 6, 1, [3, 4])];
  const after = [group("low", 0, 6, 1, [1, 2]), group("low", 1, 5, 1, [3, 4])];
  assert.deepEqual([...matchGroups(before, after, "head", true)], [[0, 1], [1, 0]]);
});

test("different ids are different groups, but an unstable group is known by its members", () => {
  const before = [group("low", 0, 5, 1, [1, 2]), group("low", 1, null, 1, [3, 4])];
  const after = [group("low", 0, 7, 1, [1, 2]), group("low", 1, 8, 1, [3, 4, 5])];
  assert.deepEqual([...matchGroups(before, after, "head", true)], [[1, 1]]);
});

test("between runs ids say nothing: members do, from a likeness of .3 on, the most alike first", () => {
  const before = [group("low", 0, 5, 1, [1, 2, 3]), group("low", 1, 6, 1, [1, 2, 4]), group("low", 2, 7, 1, [9, 10, 11, 12])];
  const after = [group("low", 0, 5, 1, [1, 2, 4]), group("high", 0, 6, 1, [1, 2, 3]), group("low", 1, 7, 1, [12, 13])];
  assert.deepEqual([...matchGroups(before, after, "head", false)], [[1, 0]]);
});

test("all groups of the target's layer are one", () => {
  const before = side(
    [group("high", 0, 1, 1, [1]), group("head", 0, null, 0.6, [0]), group("head", 1, null, 0.4, [0])],
    [[0, 1, 0.5], [0, 2, 0.25]],
  );
  const after = side([group("head", 0, null, 1, [0]), group("high", 0, 1, 1, [1])], [[1, 0, 0.75]]);
  for (const [one, other] of [[before, after], [after, before]] as const) {
    const { nodes, edges } = differenceOf(LAYERS, one, other, true);
    assert.equal(nodes.filter(({ layer }) => layer === "head").length, 1);
    assert.deepEqual(edges.map(({ weight, change }) => [...weight, change]), [[0.75, 0.75, "same"]]);
  }
});

test("a change is told by sizes, and a sign that changed as such", () => {
  assert.equal(changeOf(-0.2, -0.4), "stronger");
  assert.equal(changeOf(0.4, 0.2), "weaker");
  assert.equal(changeOf(0.4, -0.4), "turned");
  assert.equal(changeOf(1, 1.1), "same");
  assert.equal(changeOf(1, 1.12), "stronger");
  assert.equal(changeOf(0, 0), "same");
});

test("groups and edges are gained, lost, strengthened, weakened or turned", () => {
  const before = side(
    [group("low", 0, 1, 0.6), group("low", 1, 2, 0.4), group("high", 0, 3, 1), group("head", 0, null, 1)],
    [[0, 2, 0.5], [1, 2, -0.2], [2, 3, 0.9]],
  );
  const after = side(
    [group("head", 0, null, 1), group("high", 0, 4, 0.5), group("high", 1, 3, 0.5), group("low", 0, 1, 0.9)],
    [[3, 2, -0.6], [3, 1, 0.3], [2, 0, 0.5], [1, 0, 0.4]],
  );
  const { nodes, edges } = differenceOf(LAYERS, before, after, true);
  const told = nodes.map(({ layer, before: was, after: is, change }) => [layer, was, is, change]);
  assert.deepEqual(told, [
    ["low", 0, 3, "stronger"],
    ["low", 1, null, "lost"],
    ["high", 2, 2, "weaker"],
    ["head", 3, 0, "same"],
    ["high", null, 1, "gained"],
  ]);
  assert.deepEqual(
    edges.map(({ source, target, weight, change }) => [source, target, ...weight, change]),
    [
      [0, 2, 0.5, -0.6, "turned"],
      [1, 2, -0.2, 0, "lost"],
      [2, 3, 0.9, 0.5, "weaker"],
      [0, 4, 0, 0.3, "gained"],
      [4, 3, 0, 0.4, "gained"],
    ],
  );
  assert.deepEqual(tally(edges), { gained: 2, lost: 1, stronger: 0, weaker: 1, turned: 1, same: 0, unstable: 0 });
  assert.equal(strongEdges(edges, 0.5).length, 2);
  assert.equal(strongEdges(edges, 0).length, 5);
  assert.deepEqual(strongEdges([], 1), []);
});

test("what is unstable is neither gained nor lost, nor is an edge from or to it", () => {
  const shaky = (one: SideGroup): SideGroup => ({ ...one, lineage: null, stable: false });
  const before = side(
    [group("low", 0, 1, 0.5), shaky(group("low", 1, 2, 0.3)), shaky(group("low", 2, 3, 0.2, [9])), shaky(group("head", 0, null, 1))],
    [[0, 3, 0.5, false], [1, 3, 0.2], [2, 3, 0.3]],
  );
  const after = side(
    [group("low", 0, 1, 0.5), group("low", 1, 4, 0.5, [9]), group("head", 0, null, 1)],
    [[0, 2, 0.1], [1, 2, 0.9]],
  );
  const { nodes, edges } = differenceOf(LAYERS, before, after, true);
  assert.deepEqual(nodes.map(({ change }) => change), ["same", "unstable", "unstable", "same"]);
  assert.deepEqual(edges.map(({ change }) => change), ["unstable", "unstable", "unstable"]);
  assert.equal(tally([...nodes, ...edges]).unstable, 5);
});

test("a circuit does not differ from itself", () => {
  const one = side([group("low", 0, 1, 1, [1]), group("head", 0, null, 1, [0])], [[0, 1, 0.3]]);
  const { nodes, edges } = differenceOf(LAYERS, one, one, true);
  assert.deepEqual(new Set([...nodes, ...edges].map(({ change }) => change)), new Set(["same"]));
});

test("networks without a common neuron have lost and gained all but their decision", () => {
  const one = side([group("low", 0, 1, 1, [1, 2]), group("head", 0, null, 1, [0])], [[0, 1, 0.3]]);
  const other = side([group("low", 0, 1, 1, [7, 8]), group("head", 0, null, 1, [0])], [[0, 1, 0.3]]);
  const { nodes, edges } = differenceOf(LAYERS, one, other, false);
  assert.deepEqual(nodes.map(({ change }) => change), ["lost", "same", "gained"]);
  assert.deepEqual(edges.map(({ change }) => change), ["lost", "gained"]);
});

test("every node has a place of its own in its layer's column, and edges do not cross needlessly", () => {
  const before = side([group("low", 0, 1, 1), group("low", 1, 2, 1), group("high", 0, 3, 1), group("high", 1, 4, 1)], [[0, 3, 1], [1, 2, 1]]);
  const difference = differenceOf(LAYERS, before, before, true);
  const places = layoutDifference(difference);
  assert.deepEqual(places.map(({ column }) => column), [0, 0, 1, 1]);
  assert.deepEqual(places.map(({ of }) => of), [2, 2, 2, 2]);
  assert.equal(new Set(places.map(({ column, row }) => `${column} ${row}`)).size, 4);
  assert.equal(places[0]!.row, places[3]!.row);
  assert.equal(places[1]!.row, places[2]!.row);
});
