/**
 * What the page shows, as one frozen value, and its deep link.
 *
 * In a link every part of the state that differs from the default is a parameter `nf.NAME`, so that
 * TensorBoard's own parameters in the same hash stay as they are.
 */

export type ViewName = "circuit" | "lineage" | "drift" | "compare" | "debug";
export type Scale = "step" | "epoch" | "time";
export type Span = "run" | "around";
export type CompareMode = "sides" | "difference";

export interface State {
  readonly view: ViewName;
  readonly run: string;
  readonly target: number | null;
  /** Null: the latest. */
  readonly step: number | null;
  readonly otherRun: string | null;
  readonly otherStep: number | null;
  readonly compare: CompareMode;
  /** The group selected: "L12", its lineage id, or "layer/number". */
  readonly group: string | null;
  /** The layer whose lineage is shown while no group is selected; null: the deepest. */
  readonly layer: string | null;
  /** What the lineage shows of a run that is too long for the page: all of it, thinned, or a part. */
  readonly span: Span;
  /** The mistaken image that is debugged; null: the worst. */
  readonly image: number | null;
  /** The measure of drift shown. */
  readonly measure: string;
  readonly scale: Scale;
  /** Edges weaker than this share of the strongest into the same group are hidden; in [0, 1]. */
  readonly threshold: number;
  readonly query: string;
  readonly live: boolean;
  readonly playing: boolean;
}

export type Dispatch = (change: Partial<State>) => void;

export const VIEWS: readonly ViewName[] = ["circuit", "lineage", "drift", "compare", "debug"];
export const SCALES: readonly Scale[] = ["step", "epoch", "time"];

export const DEFAULT: State = Object.freeze({
  view: "circuit",
  run: "",
  target: null,
  step: null,
  otherRun: null,
  otherStep: null,
  compare: "sides",
  group: null,
  layer: null,
  span: "run",
  image: null,
  measure: "edge_drift",
  scale: "step",
  threshold: 0.1,
  query: "",
  live: false,
  playing: false,
} satisfies State);

const PREFIX = "nf.";

type Reader<T> = (text: string) => T | undefined;

const asText: Reader<string> = (text) => text;
const asFlag: Reader<boolean> = (text) => (text === "1" ? true : text === "0" ? false : undefined);
const asWhole: Reader<number> = (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);
const oneOf =
  <T extends string>(...names: readonly T[]): Reader<T> =>
  (text) =>
    names.find((name) => name === text);
const asShare: Reader<number> = (text) => {
  const value = Number(text);
  return text !== "" && value >= 0 && value <= 1 ? value : undefined;
};

/** How each part is read from a link; `playing` is a moment's and has no link. */
const READERS: { readonly [Key in keyof Omit<State, "playing">]: Reader<NonNullable<State[Key]>> } =
  {
    view: oneOf(...VIEWS),
    run: asText,
    target: asWhole,
    step: asWhole,
    otherRun: asText,
    otherStep: asWhole,
    compare: oneOf<CompareMode>("sides", "difference"),
    group: asText,
    layer: asText,
    span: oneOf<Span>("run", "around"),
    image: asWhole,
    measure: asText,
    scale: oneOf(...SCALES),
    threshold: asShare,
    query: asText,
    live: asFlag,
  };

const KEYS = Object.keys(READERS) as (keyof typeof READERS)[];

/** The state with a change; the same object where nothing changes. */
export function changed(state: State, change: Partial<State>): State {
  const keys = Object.keys(change) as (keyof State)[];
  return keys.every((key) => Object.is(state[key], change[key]))
    ? state
    : Object.freeze({ ...state, ...change });
}

/** The parts of a state that a hash sets; parts that are missing or wrong are left out. */
export function fromHash(hash: string): Partial<State> {
  const found: Record<string, unknown> = {};
  for (const [name, text] of pairs(hash)) {
    const key = KEYS.find((known) => PREFIX + known === name);
    const value = key === undefined ? undefined : READERS[key](text);
    if (key !== undefined && value !== undefined) found[key] = value;
  }
  return found as Partial<State>;
}

/** `hash` with its `nf.` parameters made those of `state`; what others put there stays first. */
export function toHash(state: State, hash: string): string {
  const body = hash.replace(/^#/, "");
  const others = body.split("&").filter((part) => part !== "" && !part.startsWith(PREFIX));
  const own = KEYS.filter((key) => state[key] !== null && state[key] !== DEFAULT[key]).map(
    (key) => `${PREFIX}${key}=${encodeURIComponent(written(state[key]))}`,
  );
  return `#${[...others, ...own].join("&")}`;
}

function written(value: State[keyof State]): string {
  return typeof value === "boolean" ? (value ? "1" : "0") : String(value);
}

function pairs(hash: string): [string, string][] {
  return hash
    .replace(/^#/, "")
    .split("&")
    .map((part): [string, string] => {
      const cut = part.indexOf("=");
      return cut < 0 ? [part, ""] : [part.slice(0, cut), decoded(part.slice(cut + 1))];
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray percent sign in a link typed by hand
  }
}
