/** The lines of the drift view: one measure at each of its places, through the run. */

/** One measure at one place, as the record has it. */
export type DriftRow = readonly [
  measure: string,
  layer: string,
  below: string | null,
  value: number | null,
  nullQuantile: number | null,
  p: number | null,
  pAdjusted: number | null,
];

export interface DriftMoment {
  readonly step: number;
  /** What its file is called, where it has a name. */
  readonly name?: string | undefined;
  readonly epoch: number | null;
  readonly wall_time: number;
  readonly since: number | null;
  readonly drift: { readonly verdict: string; readonly drifts: readonly DriftRow[] } | null;
}

export interface DriftPoint {
  /** Place of the moment in the run. */
  readonly place: number;
  readonly value: number;
  readonly nullQuantile: number | null;
  readonly pAdjusted: number | null;
  /** Significant: unlikely, and above all that noise makes. */
  readonly significant: boolean;
  /** Significant, and the target's verdict says that the circuit changed or was described anew. */
  readonly alarm: boolean;
}

export interface DriftLine {
  readonly layer: string;
  readonly below: string | null;
  /** Only moments that have a value, ascending. */
  readonly points: readonly DriftPoint[];
}

export const MEASURES = [
  ["edge_drift", "Edge drift"],
  ["core_turnover", "Core turnover"],
  ["importance_turnover", "Importance turnover"],
  ["rank_turnover", "Rank turnover"],
  ["group_turnover", "Group turnover"],
  ["concept_drift", "Concept drift"],
  ["polysemanticity", "Polysemanticity"],
] as const;

const ALARMING = ["changed", "re-described"];
const LEVEL = 0.05;

/** Whether a measure is unlikely under its null and above the null's quantile. */
export function isSignificant(row: DriftRow): boolean {
  const [, , , value, quantile, , adjusted] = row;
  if (value === null || quantile === null || adjusted === null) return false;
  return adjusted < LEVEL && value > quantile;
}

/** The lines of a measure, shallow to deep; none of a place that never has a value. */
export function driftLines(
  moments: readonly DriftMoment[],
  measure: string,
  layers: readonly string[],
): DriftLine[] {
  const lines = new Map<string, { layer: string; below: string | null; points: DriftPoint[] }>();
  moments.forEach(({ drift }, place) => {
    for (const row of drift?.drifts ?? []) {
      const [name, layer, below, value, nullQuantile, , pAdjusted] = row;
      if (name !== measure || value === null) continue;
      const key = JSON.stringify([layer, below]);
      const line = lines.get(key) ?? { layer, below, points: [] };
      lines.set(key, line);
      const significant = isSignificant(row);
      const alarm = significant && ALARMING.includes(drift!.verdict);
      line.points.push({ place, value, nullQuantile, pAdjusted, significant, alarm });
    }
  });
  return [...lines.values()].sort((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer));
}

/** Runs of points whose moments follow each other: where a moment has no value, the line is broken. */
export function unbroken(
  points: readonly DriftPoint[],
  has: (point: DriftPoint) => boolean = () => true,
): DriftPoint[][] {
  const pieces: DriftPoint[][] = [];
  let last: DriftPoint | null = null;
  for (const point of points.filter(has)) {
    if (last && point.place === last.place + 1) pieces[pieces.length - 1]!.push(point);
    else pieces.push([point]);
    last = point;
  }
  return pieces;
}

export type Scale = "step" | "epoch" | "time";

/**
 * Where a run's moments lie on a scale: steps, epochs, or seconds since the first moment.
 *
 * Moments of one epoch share it out among them, in their order, so that none hides another. Where
 * some moment has no epoch, there is no such scale and steps stand in; `unit` says what was taken.
 */
export function positions(
  moments: readonly DriftMoment[],
  scale: Scale,
): { readonly unit: Scale; readonly values: readonly number[] } {
  const start = moments[0]?.wall_time ?? 0;
  if (scale === "time") {
    return { unit: "time", values: moments.map((moment) => moment.wall_time - start) };
  }
  if (scale === "epoch" && moments.every(({ epoch }) => epoch !== null)) {
    const values = moments.map((moment, place) => {
      const equal = (one: DriftMoment) => one.epoch === moment.epoch;
      const before = moments.slice(0, place).filter(equal).length;
      return moment.epoch! + before / moments.filter(equal).length;
    });
    return { unit: "epoch", values };
  }
  return { unit: "step", values: moments.map((moment) => moment.step) };
}

/** A value as people write it: three digits that count. */
export function figure(value: number | null): string {
  if (value === null) return "none";
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1).replace("-", "−");
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

/** Seconds as a short duration: 45 s, 12 min, 3.5 h. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  if (seconds < 7200) return `${Number((seconds / 60).toFixed(seconds < 600 ? 1 : 0))} min`;
  return `${Number((seconds / 3600).toFixed(1))} h`;
}
