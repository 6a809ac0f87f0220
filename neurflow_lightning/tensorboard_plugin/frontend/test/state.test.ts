import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT, changed, fromHash, toHash, type State } from "../src/state.js";

const everything: State = {
  view: "compare",
  run: "lightning_logs/version_0 & more",
  target: 3,
  step: 110,
  otherRun: "b=ü%",
  otherStep: 80,
  compare: "difference",
  group: "L12",
  layer: "model.layer3",
  span: "around",
  image: 17,
  measure: "rank",
  scale: "time",
  threshold: 0.25,
  query: "stripes#1",
  live: true,
  playing: false,
};

test("a link brings back every part of the state", () => {
  assert.deepEqual({ ...DEFAULT, ...fromHash(toHash(everything, "")) }, everything);
});

test("the default needs no parameters", () => {
  assert.equal(toHash(DEFAULT, "#neurflow"), "#neurflow");
  assert.deepEqual(fromHash("#neurflow"), {});
});

test("TensorBoard's own parameters stay", () => {
  const hash = toHash({ ...DEFAULT, step: 5 }, "#neurflow&runFilter=a%2Fb&nf.step=3&nf.gone=1");
  assert.equal(hash, "#neurflow&runFilter=a%2Fb&nf.step=5");
});

test("nonsense in a link is left out", () => {
  const hash = "#nf.view=bogus&nf.step=-1&nf.threshold=7&nf.threshold=&nf.live=maybe&nf.query=%zz";
  assert.deepEqual(fromHash(hash), { query: "%zz" });
});

test("step 0 and target 0 have links", () => {
  const state = { ...DEFAULT, step: 0, target: 0 };
  assert.deepEqual(fromHash(toHash(state, "")), { step: 0, target: 0 });
});

test("a change that changes nothing gives the same object", () => {
  assert.equal(changed(DEFAULT, { step: null }), DEFAULT);
  assert.equal(changed(DEFAULT, { step: 4 }).step, 4);
});
