/**
 * The wire format, schema 1: what `render/record.py` writes and the routes hand out.
 *
 * Layers are named, never numbered, and listed shallow to deep. `null` stands for what was not
 * measured or is not finite.
 */

/** Core neurons, meanings a neuron, groups, completeness gap and seconds of one layer. */
export interface LayerStatistics {
  readonly core_neurons: number | null;
  readonly semantic_groups: number | null;
  readonly neuron_groups: number | null;
  readonly completeness_gap: number | null;
  readonly seconds: number | null;
}

/** How the neurons of a layer were attributed to the layer below. */
export interface Attribution {
  readonly method: string;
  /** Of the quadrature; 0 where the method has none. */
  readonly nodes: number;
  /** With the effects of real knockouts, in [-1, 1]. */
  readonly correlation: number | null;
  /** By how much the best method compared may have been better. */
  readonly margin: number | null;
  /** Whether the attributions predict knockouts; true where that was not measured. */
  readonly predicts: boolean;
}

/** Neuron, number of its meaning, and that meaning's share of the neuron's patches in [0, 1]. */
export type Member = readonly [neuron: number, meaning: number, share: number];

export interface Group {
  readonly layer: string;
  readonly number: number;
  /** The same over the whole run; null for unstable groups and in the last layer. */
  readonly lineage: number | null;
  /** Path weight to the target in [0, 1]. */
  readonly importance: number | null;
  /** In [0, 1]. */
  readonly stability: number | null;
  readonly label: string | null;
  /** Keys of `Graph.patches`, best first. */
  readonly patches: readonly number[];
  /** Whole graphs only. */
  readonly members?: readonly Member[];
  /** Light graphs only: how many members. */
  readonly size?: number;
}

/** Positions in the target's `groups`, summed weight into the upper group's members, stability. */
export type Edge = readonly [
  source: number,
  target: number,
  weight: number,
  stability: number | null,
];

export interface Neuron {
  readonly layer: string;
  readonly index: number;
  readonly importance: number | null;
  /** How many semantic groups it has. */
  readonly meanings: number;
  /** Completeness gap: error of its integral, relative; null for a method that has none. */
  readonly gap: number | null;
  readonly stability: number | null;
  /** Core neurons below and their summed weights, strongest first, at most 8. */
  readonly inputs: readonly (readonly [index: number, weight: number])[];
}

/** `below` is the lower layer of a pair for edge drift, else null. */
export type DriftValue = readonly [
  measure: string,
  layer: string,
  below: string | null,
  value: number | null,
  nullQuantile: number | null,
  p: number | null,
  pAdjusted: number | null,
];

export type EventName = "survive" | "split" | "merge" | "disappear" | "emerge";

export interface LineageEvent {
  readonly event: EventName;
  readonly layer: string;
  /** Numbers of groups in the snapshot before, and in this one. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Ids of the groups after; before, for those gone. */
  readonly lineage: readonly number[];
  readonly overlap: number | null;
}

export interface Evidence {
  readonly kind: string;
  readonly layer: string;
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Share of the change of its kind in its layer, in [0, 1]. */
  readonly share: number | null;
  readonly patches: readonly number[];
}

export interface Drift {
  readonly verdict: string;
  readonly drifts: readonly DriftValue[];
  readonly events: readonly LineageEvent[];
  /** Whole graphs only. */
  readonly evidence?: readonly Evidence[];
  readonly transfer: Readonly<Record<string, number | null>>;
}

export interface Target {
  readonly target: number;
  readonly name: string;
  readonly statistics: Readonly<Record<string, LayerStatistics>>;
  readonly left_out: Readonly<Record<string, number>>;
  readonly groups: readonly Group[];
  readonly edges: readonly Edge[];
  /** Whole graphs only. */
  readonly neurons?: readonly Neuron[];
  /** Null for the first snapshot of a run. */
  readonly drift: Drift | null;
}

/** Place in the atlas, then the source image and the patch's box on it, in its pixels. */
export type PatchPlace = readonly [
  sheet: number,
  x: number,
  y: number,
  width: number,
  height: number,
  image: number,
  top: number,
  left: number,
  boxHeight: number,
  boxWidth: number,
];

/** Place in the atlas and the image's label. */
export type ImagePlace = readonly [
  sheet: number,
  x: number,
  y: number,
  width: number,
  height: number,
  label: string | number | null,
];

/** One snapshot: whole from `detail`, without members, neurons and evidence from `series`. */
export interface Graph {
  readonly schema: number;
  readonly epoch: number | null;
  readonly step: number;
  /** Step of the snapshot that this one was compared with. */
  readonly since: number | null;
  /** What the snapshot's file is called; only in a page of single files. */
  readonly name?: string | undefined;
  /** Seconds since 1970; only in a series. */
  readonly wall_time?: number;
  readonly weights: string;
  readonly fingerprint: string;
  readonly layers: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly methods: Readonly<Record<string, string>>;
  /** By upper layer; records of the first versions have none. */
  readonly attribution?: Readonly<Record<string, Attribution>>;
  readonly matching: string | null;
  readonly targets: readonly Target[];
  readonly patches: Readonly<Record<string, PatchPlace>>;
  readonly images: Readonly<Record<string, ImagePlace>>;
  /** Height and width of an input; null for inputs that are no images. */
  readonly input: readonly [height: number, width: number] | null;
}

/** A record that could not be read. */
export interface Problem {
  readonly step: number | null;
  readonly message: string;
}

/** What the route `series` answers. */
export interface Series {
  readonly run: string;
  readonly layers: readonly string[];
  readonly snapshots: readonly Graph[];
  readonly problems: readonly Problem[];
  /** The run began anew: what was known of it is void, and `snapshots` is the whole of it. */
  readonly restarted: boolean;
}

// --- mistakes ----------------------------------------------------------------------------

/** A group of a circuit on one image. */
export interface Firing {
  readonly layer: string;
  readonly number: number;
  readonly importance: number | null;
  /** The largest over the crops; at 1 as active as is normal for the group. */
  readonly score: number;
  /** Whether it fired; records before it was told have the score alone. */
  readonly fired?: boolean;
  /** Those that fired it, highest score first; of one that did not fire, its best. */
  readonly crops: readonly (readonly [crop: number, score: number])[];
  /** Of masking it: change of the margin, and the class then given; null where not measured. */
  readonly effect: readonly [change: number | null, answer: number] | null;
}

export interface CircuitFiring {
  readonly target: number;
  /** From the target down, by the lower ends of its edges; share in [-1, 1]. */
  readonly path: readonly (readonly [layer: string, number: number, share: number | null])[];
  /** Below the target, most important first. */
  readonly groups: readonly Firing[];
}

/** What an image was taken for at an earlier snapshot; `shown`: among the worst mistakes then. */
export type Past = readonly [
  step: number,
  taken: number,
  sure: number | null,
  right: number | null,
  shown: number,
];

export interface Mistake {
  readonly image: number;
  readonly true: number;
  readonly predicted: number;
  /** Share of the predicted class in [0, 1], and of the true one. */
  readonly sure: number | null;
  readonly right: number | null;
  readonly margin: number | null;
  /** Null for what is no image. */
  readonly picture: readonly [sheet: number, x: number, y: number, width: number, height: number] | null;
  readonly past: readonly Past[];
  /** Of the predicted and of the true class, as far as the snapshot has them. */
  readonly circuits: readonly CircuitFiring[];
}

/** The mistakes of a snapshot, schema 1: what `render/mistakes.py` writes. */
export interface Mistakes {
  readonly schema: number;
  readonly step: number;
  /** How many images were looked at, and how many were got wrong. */
  readonly images: number;
  readonly wrong: number;
  /** A score over it fires. */
  readonly threshold: number;
  readonly input: readonly [height: number, width: number] | null;
  readonly crops: readonly (readonly [top: number, left: number, height: number, width: number])[];
  readonly names: Readonly<Record<string, string>>;
  /** The worst first. */
  readonly mistakes: readonly Mistake[];
}

/** What the route `mistakes` answers. */
export interface MistakesAnswer {
  /** Snapshots that have any told of. */
  readonly steps: readonly number[];
  readonly record: Mistakes | null;
  readonly problem: string | null;
}
