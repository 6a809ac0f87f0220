import assert from "node:assert/strict";
import { test } from "node:test";
import { beginning, counted, ending, fixed, percent, plain, shortened, signed, signedPercent } from "../src/formats.js";

test("shares are percentages as fine as they are large", () => {
  assert.deepEqual([0.314, 0.0042, 0.0001, 0, 1, -0.25].map(percent), [
    "31 %",
    "0.4 %",
    "<0.1 %",
    "0 %",
    "100 %",
    "−25 %",
  ]);
  assert.equal(percent(null), "–");
});

test("numbers have signs, or not", () => {
  assert.deepEqual([0.314, -0.02, 0, -0.0004].map(signed), ["+0.31", "−0.02", "+0.00", "−4e-4"]);
  assert.deepEqual([0.29, -0.08, 0, 0.0001].map(signedPercent), ["+29 %", "−8 %", "0 %", "<0.1 %"]);
  assert.deepEqual([2.6667, 12, null].map(plain), ["2.67", "12", "–"]);
  assert.deepEqual([counted(1, "group"), counted(0, "group")], ["1 group", "0 groups"]);
});

test("two decimals stay two", () => {
  assert.deepEqual([0.7, -0.104, 1, null].map(fixed), ["0.70", "−0.10", "1.00", "–"]);
});

test("names are cut at the end that tells least", () => {
  assert.equal(ending("model.layer3", 7), "…layer3");
  assert.equal(beginning("stripes and dots", 9), "stripes…");
  assert.equal(beginning("eye", 9), "eye");
});

test("layers lose the beginning that all share, never their whole name", () => {
  assert.deepEqual([...shortened(["net.b.1", "net.b.2", "net.fc"]).values()], ["b.1", "b.2", "fc"]);
  assert.deepEqual([...shortened(["net.fc"]).values()], ["fc"]);
  assert.deepEqual([...shortened(["a", "a.b"]).values()], ["a", "a.b"]);
  assert.deepEqual([...shortened([]).values()], []);
});
