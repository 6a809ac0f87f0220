import assert from "node:assert/strict";
import { test } from "node:test";
import {
  crossing,
  emptyOutside,
  frameOf,
  leastWidth,
  lengthOf,
  ordered,
  place,
  slotsOf,
  type Pull,
} from "../src/layout.js";
import { circuitOf } from "../src/model.js";
import { routes } from "../src/routing.js";
import { graph, group, run, sampleRun, target } from "./fixtures.js";

const CARD = { width: 100, height: 50 };

test("sweeps undo a crossing that need not be", () => {
  const pulls: Pull[] = [
    ["a1", "b2", 1],
    ["a2", "b1", 1],
  ];
  const before = [
    ["a1", "a2"],
    ["b1", "b2"],
  ];
  assert.equal(crossing(before, pulls), 1);
  assert.equal(crossing(ordered(before, pulls), pulls), 0);
});

test("where not all crossings can go, the heavy ones do", () => {
  const pulls: Pull[] = [
    ["a1", "b1", 1],
    ["a1", "b2", 10],
    ["a2", "b1", 10],
    ["a2", "b2", 1],
  ];
  const order = ordered(
    [
      ["a1", "a2"],
      ["b1", "b2"],
    ],
    pulls,
  );
  assert.equal(crossing(order, pulls), 1);
});

test("groups keep their slot through a real run, and share none at any step", async () => {
  const model = await sampleRun();
  for (const { target: number } of model.targets) {
    const slots = slotsOf(model, number);
    const slotOf = new Map<string, number>();
    for (const snapshot of model.snapshots) {
      const circuit = circuitOf(snapshot, number)!;
      const at = slots.at(snapshot);
      assert.equal(at.size, circuit.nodes.length);
      const taken = circuit.nodes.map((node) => `${node.group.layer} ${at.get(node.key)}`);
      assert.equal(new Set(taken).size, taken.length);
      for (const { key, group: one } of circuit.nodes) {
        const slot = at.get(key)!;
        assert.ok(slot >= 0 && slot < slots.counts.get(one.layer)!);
        if (one.lineage === null) continue;
        assert.equal(slot, slotOf.get(key) ?? slot, `${key} moved`);
        slotOf.set(key, slot);
      }
    }
  }
});

test("lineages that never meet share a slot; one that comes back finds its own free", () => {
  const at = (step: number, ...lineages: number[]) =>
    graph(step, [
      target(
        lineages.map((lineage, number) => group("a", number, { lineage })),
        [],
      ),
    ]);
  const model = run(at(1, 1, 2), at(2, 2), at(3, 1, 2), at(4, 2, 3));
  const slots = slotsOf(model, 3);
  assert.equal(slots.counts.get("a"), 2);
  const [first, second, third, fourth] = model.snapshots.map((snapshot) => slots.at(snapshot));
  assert.equal(first!.get("L1"), third!.get("L1"));
  assert.equal(fourth!.get("L3"), first!.get("L1"));
  assert.notEqual(second!.get("L2"), first!.get("L1"));
});

test("groups without lineage take free slots, new ones only where there is none", () => {
  const model = run(
    graph(1, [target([group("a", 0, { lineage: 1 }), group("a", 1, { lineage: 2 })], [])]),
    graph(2, [target([group("a", 0, { lineage: 1 }), group("a", 1)], [])]),
    graph(3, [target([group("a", 0), group("a", 1), group("a", 2)], [])]),
  );
  const slots = slotsOf(model, 3);
  assert.equal(slots.counts.get("a"), 3);
  assert.equal(new Set(slots.at(model.snapshots[2]!).values()).size, 3);
});

test("slots that are mostly empty lie outside, the others keep their order", () => {
  const usage = new Map([
    ["a", 1],
    ["b", 9],
    ["c", 2],
    ["d", 5],
    ["e", 4],
  ]);
  assert.deepEqual(emptyOutside(["a", "b", "c", "d", "e"], usage), ["a", "b", "d", "c", "e"]);
  assert.deepEqual(emptyOutside([], usage), []);
});

test("columns are centred and cards in a column do not overlap", () => {
  const model = run(
    graph(1, [
      target(
        [group("fc", 0), ...[0, 1, 2].map((number) => group("a", number, { lineage: number }))],
        [],
      ),
    ]),
  );
  const slots = slotsOf(model, 3);
  const frame = frameOf(slots, CARD, { width: 1000, height: 500 });
  const [one, two] = [place(frame, 0, 0), place(frame, 0, 1)];
  assert.ok(two.y - one.y >= CARD.height);
  assert.equal(lengthOf(frame, 0), frame.height);
  assert.equal(place(frame, 2, 0).y + CARD.height / 2, frame.height / 2);
  assert.ok(place(frame, 2, 0).x + CARD.width <= frame.width + 1e-9);
});

test("a wide stage pulls columns apart, a narrow one no nearer than they may be", () => {
  const slots = slotsOf(run(graph(1, [target([group("fc", 0)], [])])), 3);
  const wide = frameOf(slots, CARD, { width: 4000, height: 100 });
  const narrow = frameOf(slots, CARD, { width: 100, height: 4000 });
  assert.ok(wide.width > narrow.width);
  assert.equal(narrow.width, leastWidth(slots, CARD));
});

test("a run without snapshots has no slots and no error", () => {
  const slots = slotsOf(run(), 3);
  assert.equal(frameOf(slots, CARD, { width: 0, height: 0 }).width, CARD.width);
});

test("links meet a card in the order of their other ends, the strongest is drawn last", () => {
  const link = (source: string, share: number) => ({
    source,
    target: "t",
    weight: share,
    share,
    stability: null,
  });
  const places = new Map([
    ["low", { x: 0, y: 200 }],
    ["high", { x: 0, y: 0 }],
    ["t", { x: 300, y: 100 }],
  ]);
  const found = routes([link("low", 0.9), link("high", -0.3), link("gone", 1)], 0.9, places, CARD);
  assert.deepEqual(
    found.map((route) => route.link.source),
    ["high", "low"],
  );
  const end = (at: number): number => Number(/,([\d.]+)$/.exec(found[at]!.path)![1]);
  assert.ok(end(0) < end(1));
  assert.ok(found[0]!.width < found[1]!.width);
  for (const at of [0, 1]) assert.ok(end(at) > 100 && end(at) < 100 + CARD.height);
});

test("many thick links still end on their card", () => {
  const names = Array.from({ length: 40 }, (_, at) => `s${at}`);
  const places = new Map(names.map((name, at) => [name, { x: 0, y: 60 * at }]));
  places.set("t", { x: 300, y: 1000 });
  const links = names.map((source) => ({
    source,
    target: "t",
    weight: 1,
    share: 1,
    stability: null,
  }));
  for (const { path } of routes(links, 1, places, CARD)) {
    const end = Number(/,([\d.]+)$/.exec(path)![1]);
    assert.ok(end >= 1000 && end <= 1000 + CARD.height);
  }
});
