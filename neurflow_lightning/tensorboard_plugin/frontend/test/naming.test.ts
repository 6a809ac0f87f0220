import assert from "node:assert/strict";
import { test } from "node:test";
import { partName, snapshotName, snapshotTitle, spanName } from "../src/naming.js";
import type { Evidence, Group, Target } from "../src/types.js";

const group = (number: number, lineage: number | null, label: string | null = null): Group => ({
  layer: "low",
  number,
  lineage,
  importance: 1,
  stability: null,
  label,
  patches: [],
});

const target = (...groups: Group[]): Target => ({
  target: 0,
  name: "cat",
  statistics: {},
  left_out: {},
  groups,
  edges: [],
  drift: null,
});

const SIDES = [
  target(group(0, 12), group(1, 7), group(2, null)),
  target(group(0, 7), group(1, 15), group(2, 12, "wheels")),
] as const;

const part = (name: string, before: number | null, after: number | null, kind = "group"): Evidence => ({
  kind,
  layer: "low",
  name,
  before,
  after,
  share: 1,
  patches: [],
});

test("a group is called as on its card, whatever its number in a snapshot", () => {
  assert.equal(partName(part("low/1 ⇒ low/0", 0.1, 0.2), SIDES), "group 7 of low");
  assert.equal(partName(part("low/1", null, 0.2), SIDES), "group 15 of low");
  assert.equal(partName(part("low/1", 0.2, null), SIDES), "group 7 of low");
  assert.equal(partName(part("low/0 ⇒ low/2", 0.2, 0.1), SIDES), "group 12 of low ⇒ wheels of low");
  assert.equal(partName(part("low/2", 0.2, null), SIDES), "low/2");
});

test("edges between groups are told by their names, and those of neurons as they are", () => {
  assert.equal(partName(part("low/1 ⇒ low/0 → fc/0", null, 0.2, "edge"), SIDES), "group 7 of low → fc/0");
  assert.equal(partName(part("low:7 → fc:3", 0.1, 0.2, "edge"), SIDES), "low:7 → fc:3");
  assert.equal(partName(part("18", 0.1, 0.2, "image"), SIDES), "18");
});

test("a snapshot is called by its file where it has one", () => {
  assert.equal(snapshotName({ step: 3 }), "step 3");
  assert.equal(snapshotTitle({ step: 3 }), "Step 3");
  const [one, other] = [{ name: "baseline a.safetensors", step: 0 }, { name: "b.safetensors", step: 1 }];
  assert.equal(snapshotName(one), "baseline a.safetensors");
  assert.equal(snapshotTitle(one), "baseline a.safetensors");
  assert.equal(spanName({ step: 3 }, { step: 9 }), "steps 3 to 9");
  assert.equal(spanName(one, other), "baseline a.safetensors to b.safetensors");
});
