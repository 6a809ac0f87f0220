import assert from "node:assert/strict";
import { test } from "node:test";
import {
  circuitOf,
  history,
  isAlarm,
  keyOf,
  nameOf,
  placesOf,
  snapshotAt,
  strongLinks,
  targetOf,
  titleOf,
  withSeries,
} from "../src/model.js";
import { DEFAULT } from "../src/state.js";
import { graph, group, run, series, target } from "./fixtures.js";

const steps = (model: { snapshots: readonly { step: number }[] }): number[] =>
  model.snapshots.map((snapshot) => snapshot.step);

test("a series goes on with the run, and a step that comes again replaces the old one", () => {
  const first = withSeries(null, series([graph(1, []), graph(5, [])]));
  const again = withSeries(first, series([graph(5, [], { epoch: 9 }), graph(7, [])]));
  assert.deepEqual(steps(again), [1, 5, 7]);
  assert.equal(again.snapshots[1]!.epoch, 9);
});

test("a restarted run forgets what it was", () => {
  const first = withSeries(null, series([graph(1, []), graph(5, [])]));
  assert.deepEqual(steps(withSeries(first, series([graph(2, [])], { restarted: true }))), [2]);
});

test("targets are those of all snapshots, by number", () => {
  const model = run(
    graph(1, [target([], [], { target: 8, name: "dog" })]),
    graph(2, [target([], [])]),
  );
  assert.deepEqual(model.targets, [
    { target: 3, name: "cat" },
    { target: 8, name: "dog" },
  ]);
  assert.equal(targetOf(model, DEFAULT), 3);
  assert.equal(targetOf(model, { ...DEFAULT, target: 8 }), 8);
  assert.equal(targetOf(model, { ...DEFAULT, target: 99 }), 3);
  assert.equal(targetOf(run(), DEFAULT), null);
});

test("the snapshot at a step is the last one not after it", () => {
  const model = run(graph(10, []), graph(20, []));
  assert.equal(snapshotAt(model, null)?.step, 20);
  assert.equal(snapshotAt(model, 19)?.step, 10);
  assert.equal(snapshotAt(model, 20)?.step, 20);
  assert.equal(snapshotAt(model, 3)?.step, 10);
  assert.equal(snapshotAt(run(), 3), null);
});

test("snapshots of one epoch share it out", () => {
  const model = run(...[0, 1, 1, 2].map((epoch, at) => graph(at, [], { epoch })));
  assert.deepEqual(placesOf(model, "epoch"), [0, 1, 1.5, 2]);
  assert.deepEqual(placesOf(model, "time"), [100, 101, 102, 103]);
  const without = run(graph(4, []), graph(9, [], { epoch: 1 }));
  assert.deepEqual(placesOf(without, "epoch"), [4, 9]);
});

test("groups are named by lineage where they have one, by label where they have one", () => {
  assert.equal(keyOf(group("a", 2, { lineage: 12 })), "L12");
  assert.equal(keyOf(group("a", 2)), "a/2");
  assert.equal(nameOf(group("a", 2, { lineage: 12 }), []), "group 12");
  assert.equal(nameOf(group("a", 2, { label: "stripes" }), []), "stripes");
  // its place in this step alone, without what all layers share
  assert.equal(nameOf(group("net.a", 2), ["net.a", "net.b"]), "a/2");
  assert.equal(nameOf(group("net.a", 2), []), "net.a/2");
});

const groups = [
  group("fc", 0, { importance: 1 }),
  group("b", 0, { lineage: 1, size: 2 }),
  group("b", 1, { lineage: 2 }),
  group("a", 0, { lineage: 3 }),
];
const model = run(
  graph(1, [
    target(groups, [
      [1, 0, 0.8, 0.9],
      [2, 0, -0.1, null],
      [3, 1, 1.0, null],
      [3, 2, 0, null],
    ]),
  ]),
  graph(2, [target(groups.slice(0, 2), [[1, 0, 0.5, null]])]),
);
const circuit = circuitOf(model.snapshots[0]!, 3)!;

test("a link's share is its weight for one member of the upper group", () => {
  assert.deepEqual(
    circuit.links.map((link) => [link.source, link.target, link.share]),
    [
      ["L1", "fc/0", 0.8],
      ["L2", "fc/0", -0.1],
      ["L3", "L1", 0.5],
      ["L3", "L2", 0],
    ],
  );
  assert.equal(circuit.strongest, 0.8);
});

test("the card of the last layer bears the target's name", () => {
  assert.deepEqual(
    circuit.nodes.map((node) => titleOf(circuit, node)),
    ["cat", "group 1", "group 2", "group 3"],
  );
});

test("links with ends that do not exist are left out", () => {
  const broken = run(graph(1, [target([group("fc", 0)], [[7, 0, 1, null]])]));
  assert.deepEqual(circuitOf(broken.snapshots[0]!, 3)!.links, []);
});

test("a threshold drops weak links, but never a group's only way up, and always those of weight 0", () => {
  const drawn = (threshold: number): string[] =>
    strongLinks(circuit, threshold).map((link) => `${link.source}>${link.target}`);
  assert.deepEqual(drawn(0), ["L1>fc/0", "L2>fc/0", "L3>L1"]);
  assert.deepEqual(drawn(1), ["L1>fc/0", "L2>fc/0", "L3>L1"]);
  const more = run(
    graph(1, [
      target(
        [...groups.slice(0, 3), group("b", 2)],
        [
          [1, 0, 0.8, null],
          [2, 0, 0.4, null],
        ],
      ),
    ]),
    graph(2, [
      target(
        [
          group("b", 0, { lineage: 1 }),
          group("b", 1, { lineage: 2 }),
          group("a", 0, { lineage: 3 }),
        ],
        [
          [2, 0, 0.9, null],
          [2, 1, 0.5, null],
        ],
      ),
    ]),
  );
  const both = circuitOf(more.snapshots[1]!, 3)!;
  assert.equal(strongLinks(both, 0.6).length, 2); // each the strongest into its group
});

test("a threshold is told of the links into the same group", () => {
  const three = run(
    graph(1, [
      target(
        [group("b", 0), group("b", 1), group("a", 0), group("a", 1)],
        [
          [2, 0, 0.9, null],
          [3, 0, 0.3, null],
          [2, 1, 0.1, null],
          [3, 1, 0.31, null],
        ],
      ),
    ]),
  );
  const drawn = strongLinks(circuitOf(three.snapshots[0]!, 3)!, 0.5);
  assert.deepEqual(
    drawn.map((link) => `${link.source}>${link.target}`),
    ["a/0>b/0", "a/1>b/1"],
  );
});

test("a group's history has a place for every snapshot", () => {
  assert.deepEqual(
    history(model, 3, "L3").map(({ node }) => node?.importance ?? null),
    [0.5, null],
  );
});

test("a circuit is made once, and absent targets have none", () => {
  assert.equal(circuitOf(model.snapshots[0]!, 3), circuit);
  assert.equal(circuitOf(model.snapshots[0]!, 4), null);
  assert.equal(circuitOf(model.snapshots[0]!, null), null);
});

test("an alarm is a circuit said to have changed", () => {
  const drift = (verdict: string) => ({ verdict, drifts: [], events: [], transfer: {} });
  const loud = run(
    graph(1, [target([], [], { drift: drift("drifting") })]),
    graph(2, [target([], [], { drift: drift("changed") })]),
  );
  assert.equal(isAlarm(loud.snapshots[0]!, 3), false);
  assert.equal(isAlarm(loud.snapshots[1]!, 3), true);
  assert.equal(isAlarm(loud.snapshots[1]!, null), true);
  assert.equal(isAlarm(loud.snapshots[1]!, 8), false);
});
