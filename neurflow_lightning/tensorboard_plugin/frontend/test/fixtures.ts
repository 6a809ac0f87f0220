/** Small runs made by hand, and the sample that the Python side made of a real training. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withSeries, type RunModel } from "../src/model.js";
import type { Embedded } from "../src/source.js";
import type { Edge, Graph, Group, Problem, Series, Target } from "../src/types.js";

export function group(layer: string, number: number, more: Partial<Group> = {}): Group {
  return {
    layer,
    number,
    lineage: null,
    importance: 0.5,
    stability: null,
    label: null,
    patches: [],
    size: 1,
    ...more,
  };
}

export function target(
  groups: readonly Group[],
  edges: readonly Edge[],
  more: Partial<Target> = {},
): Target {
  return {
    target: 3,
    name: "cat",
    statistics: {},
    left_out: {},
    groups,
    edges,
    drift: null,
    ...more,
  };
}

export function graph(step: number, targets: readonly Target[], more: Partial<Graph> = {}): Graph {
  return {
    schema: 1,
    epoch: null,
    step,
    since: null,
    wall_time: 100 + step,
    weights: "raw",
    fingerprint: "f",
    layers: ["a", "b", "fc"],
    config: {},
    methods: {},
    matching: null,
    targets,
    patches: {},
    images: {},
    input: [32, 32],
    ...more,
  };
}

export function series(snapshots: readonly Graph[], more: Partial<Series> = {}): Series {
  return {
    run: "r",
    layers: ["a", "b", "fc"],
    snapshots,
    problems: [] as Problem[],
    restarted: false,
    ...more,
  };
}

export function run(...snapshots: Graph[]): RunModel {
  return withSeries(null, series(snapshots));
}

/** Tests run in `.test-build`, from the folder of `package.json`. */
export function sample(): Embedded {
  return JSON.parse(readFileSync(join(process.cwd(), "test", "sample.json"), "utf8")) as Embedded;
}

export async function sampleRun(): Promise<RunModel> {
  const { embeddedSource } = await import("../src/source.js");
  const source = embeddedSource(sample());
  const [name] = await source.runs();
  return withSeries(null, await source.series(name!, null));
}
