import assert from "node:assert/strict";
import { test } from "node:test";
import { captions, described, isUnpredictive, pairsOf } from "../src/attribution.js";
import type { Attribution } from "../src/types.js";
import { graph } from "./fixtures.js";

const poor: Attribution = { method: "norm-held", nodes: 4, correlation: 0.4213, margin: 0.02, predicts: false };
const good: Attribution = { method: "gradient", nodes: 1, correlation: 0.97, margin: 0.02, predicts: true };
const unmeasured: Attribution = { method: "ig", nodes: 16, correlation: null, margin: null, predicts: true };

test("pairs are told of the layers, shallow to deep", () => {
  const snapshot = graph(1, [], { attribution: { fc: good, b: poor, elsewhere: good } });
  assert.deepEqual(pairsOf(snapshot), [
    { lower: "a", upper: "b", attribution: poor },
    { lower: "b", upper: "fc", attribution: good },
  ]);
  assert.equal(isUnpredictive(snapshot, "b"), true);
  assert.equal(isUnpredictive(snapshot, "fc"), false);
});

test("records of the first versions have no pairs, and nothing is marked", () => {
  assert.deepEqual(pairsOf(graph(1, [])), []);
  assert.equal(isUnpredictive(graph(1, []), "b"), false);
});

test("captions grow shorter, and what does not predict is marked in each", () => {
  assert.deepEqual(captions(good), ["gradient 0.97", "0.97"]);
  assert.deepEqual(captions(unmeasured), ["ig"]);
  const marked = captions(poor);
  assert.equal(marked[0], "✗ does not predict knockouts (0.42)");
  assert.ok(marked.every((caption) => caption.startsWith("✗")));
  const lengths = marked.map((caption) => caption.length);
  assert.deepEqual(lengths, [...lengths].sort((one, two) => two - one));
});

test("a tooltip has the method, its nodes, correlation and margin", () => {
  const told = (attribution: Attribution) => described({ lower: "a", upper: "b", attribution });
  assert.equal(
    told(poor),
    "a → b: norm-held (4 nodes), correlation with knockouts 0.42, margin 0.02, ✗ does not predict knockouts",
  );
  assert.equal(told(unmeasured), "a → b: ig (16 nodes), correlation with knockouts –, margin –");
});
