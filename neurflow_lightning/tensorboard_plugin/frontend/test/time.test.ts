import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, playing, spread, stepBy } from "../src/controls/time.js";
import type { Context } from "../src/model.js";
import { DEFAULT, type State } from "../src/state.js";
import { graph, run } from "./fixtures.js";

const model = run(graph(10, []), graph(20, []), graph(50, []));
const context = (at: number, state: Partial<State> = {}): Context => ({
  run: model,
  other: model,
  state: { ...DEFAULT, ...state },
  snapshot: model.snapshots[at]!,
});

test("snapshots lie on the track by their scale, one alone in the middle", () => {
  assert.deepEqual(spread([10, 20, 50], 420), [10, 110, 410]);
  assert.deepEqual(spread([7], 420), [210]);
  assert.deepEqual(spread([7, 7], 420), [210, 210]);
  assert.deepEqual(spread([], 420), []);
});

test("a click takes the nearest snapshot", () => {
  assert.equal(nearest([10, 110, 410], 59), 0);
  assert.equal(nearest([10, 110, 410], 61), 1);
  assert.equal(nearest([10, 110, 410], 9999), 2);
});

test("steps go by snapshots and end at the ends", () => {
  assert.equal(stepBy(model, model.snapshots[1]!, 1), 50);
  assert.equal(stepBy(model, model.snapshots[1]!, -1), 10);
  assert.equal(stepBy(model, model.snapshots[2]!, 1), null);
});

test("play goes on from here, from the end it begins anew, and it is no longer live", () => {
  assert.deepEqual(playing(context(1)), { playing: true, live: false, step: 20 });
  assert.deepEqual(playing(context(2, { live: true })), { playing: true, live: false, step: 10 });
  assert.deepEqual(playing(context(1, { playing: true })), { playing: false });
});
