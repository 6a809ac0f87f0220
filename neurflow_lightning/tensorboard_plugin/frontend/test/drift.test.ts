import assert from "node:assert/strict";
import { test } from "node:test";
import {
  driftLines,
  duration,
  figure,
  isSignificant,
  MEASURES,
  positions,
  unbroken,
  type DriftMoment,
  type DriftRow,
} from "../src/driftlines.js";
import sample from "./sample.json";

const row = (layer: string, below: string | null, value: number | null, quantile: number | null, adjusted: number | null, measure = "edge_drift"): DriftRow =>
  [measure, layer, below, value, quantile, adjusted, adjusted];

const moment = (step: number, verdict: string | null, drifts: readonly DriftRow[] = [], epoch: number | null = step): DriftMoment => ({
  step,
  epoch,
  wall_time: 1000 + 60 * step,
  since: step === 0 ? null : step - 1,
  drift: verdict === null ? null : { verdict, drifts },
});

const LAYERS = ["low", "mid", "head"];

test("lines are of one measure, a place each, shallow to deep", () => {
  const drifts = [row("head", "mid", 0.3, 0.2, 0.01), row("mid", "low", 0.1, 0.2, 0.5), row("mid", null, 0.9, null, null, "core_turnover")];
  const lines = driftLines([moment(0, null), moment(1, "changed", drifts)], "edge_drift", LAYERS);
  assert.deepEqual(lines.map(({ layer, below }) => [below, layer]), [["low", "mid"], ["mid", "head"]]);
  assert.deepEqual(lines[1]!.points.map(({ place, value }) => [place, value]), [[1, 0.3]]);
  assert.deepEqual(driftLines([moment(0, null)], "edge_drift", LAYERS), []);
});

test("a value is significant when it is unlikely and above what noise makes", () => {
  assert.equal(isSignificant(row("mid", null, 0.3, 0.2, 0.01)), true);
  assert.equal(isSignificant(row("mid", null, 0.3, 0.2, 0.05)), false);
  assert.equal(isSignificant(row("mid", null, 0.2, 0.2, 0.01)), false);
  assert.equal(isSignificant(row("mid", null, 0.3, null, null)), false);
  assert.equal(isSignificant(row("mid", null, null, 0.2, 0.01)), false);
});

test("an alarm needs the verdict as well: what does not last is none", () => {
  const alarms = ["stable", "unjudged", "drifting", "re-described", "changed"].map((verdict) => {
    const lines = driftLines([moment(0, verdict, [row("mid", "low", 0.3, 0.2, 0.01)])], "edge_drift", LAYERS);
    return lines[0]!.points[0]!.alarm;
  });
  assert.deepEqual(alarms, [false, false, false, true, true]);
});

test("a line is broken where a moment has no value", () => {
  const values = [0.1, 0.2, null, 0.3];
  const moments = values.map((value, step) => moment(step, "stable", [row("mid", "low", value, step === 1 ? null : 0.2, 0.5)]));
  const { points } = driftLines(moments, "edge_drift", LAYERS)[0]!;
  assert.deepEqual(unbroken(points).map((piece) => piece.map(({ place }) => place)), [[0, 1], [3]]);
  const judged = unbroken(points, (point) => point.nullQuantile !== null);
  assert.deepEqual(judged.map((piece) => piece.map(({ place }) => place)), [[0], [3]]);
});

test("moments lie by step, by time since the first, or by epoch", () => {
  const moments = [moment(0, null, [], 0), moment(5, null, [], 0), moment(7, null, [], 1)];
  assert.deepEqual(positions(moments, "step"), { unit: "step", values: [0, 5, 7] });
  assert.deepEqual(positions(moments, "time"), { unit: "time", values: [0, 300, 420] });
  assert.deepEqual(positions(moments, "epoch"), { unit: "epoch", values: [0, 0.5, 1] });
});

test("steps stand in where a moment has no epoch, and say so", () => {
  const moments = [moment(0, null, [], 0), moment(5, null, [], null)];
  assert.deepEqual(positions(moments, "epoch"), { unit: "step", values: [0, 5] });
  assert.deepEqual(positions([], "time"), { unit: "time", values: [] });
});

test("numbers and durations are written for people", () => {
  assert.deepEqual([0, 0.12345, 1, -0.5, 0.0000123, null].map(figure), ["0", "0.123", "1", "−0.5", "1.2e−5", "none"]);
  assert.deepEqual([0, 4.25, 90, 150, 3000, 9000].map(duration), ["0 s", "4.3 s", "90 s", "2.5 min", "50 min", "2.5 h"]);
});

test("a real run has edge drift at every pair of layers from its second snapshot on", () => {
  const { graphs, wall_times } = Object.values(sample.runs)[0]!;
  const moments = graphs.map((graph, place) => ({
    step: graph.step,
    epoch: graph.epoch,
    wall_time: wall_times[place]!,
    since: graph.since,
    drift: graph.targets[0]!.drift as unknown as DriftMoment["drift"],
  }));
  const lines = driftLines(moments, MEASURES[0][0], graphs[0]!.layers);
  assert.equal(lines.length, graphs[0]!.layers.length - 1);
  for (const { points } of lines) assert.equal(points.length, graphs.length - 1);
  assert.ok(lines.some(({ points }) => points.some(({ alarm }) => alarm)));
});
