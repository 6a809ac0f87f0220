/** Where the data comes from: TensorBoard's routes, or the page itself. */
import type { Graph, Mistakes, MistakesAnswer, Series } from "./types.js";
import type { State } from "./state.js";

export interface Source {
  /** Names of the runs that have snapshots. */
  runs(): Promise<string[]>;
  /** Light graphs of the snapshots after `since`, by step; all of them for null. */
  series(run: string, since: Since | null): Promise<Series>;
  /** The whole graph of one snapshot. */
  detail(run: string, step: number): Promise<Graph>;
  /** Address of one sheet of the atlas. */
  sheet(run: string, step: number, sheet: number): string;
  /** The mistakes of one snapshot. */
  mistakes(run: string, step: number): Promise<MistakesAnswer>;
  /** Address of one sheet of their images. */
  mistakenImage(run: string, step: number, sheet: number): string;
  /** Whether a run can still grow. */
  readonly canGrow: boolean;
}

/** The last snapshot known; its time tells whether the run has written that step anew. */
export interface Since {
  readonly step: number;
  readonly wallTime: number;
}

/** Data inside an exported page: the element `#neurflow-data`. */
export interface Embedded {
  readonly runs: Readonly<
    Record<
      string,
      {
        readonly graphs: readonly Graph[];
        readonly wall_times: readonly number[];
        readonly sheets: readonly (readonly string[])[];
        /** By step. */
        readonly mistakes?: Readonly<
          Record<string, { readonly record: Mistakes; readonly sheets: readonly string[] }>
        >;
      }
    >
  >;
  readonly state?: Partial<State>;
}

type Fetch = (address: string) => Promise<Response>;

/** Reads the routes of `tensorboard_plugin/plugin.py`, relative to the page's base. */
export function tensorBoardSource(fetcher: Fetch = (address) => fetch(address)): Source {
  const whole = new Map<string, Promise<Graph>>();
  const address = (route: string, query: Record<string, string | number>): string =>
    `${route}?${Object.entries(query)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join("&")}`;
  return {
    canGrow: true,
    async runs() {
      const answer = await ask<{ runs: { name: string }[] }>(fetcher, "runs");
      return answer.runs.map((run) => run.name);
    },
    series: (run, since) =>
      ask(
        fetcher,
        address("series", {
          run,
          ...(since === null ? {} : { since_step: since.step, since_time: since.wallTime }),
        }),
      ),
    detail(run, step) {
      const place = address("detail", { run, step });
      const known = whole.get(place);
      if (known !== undefined) return known;
      const answer = ask<Graph>(fetcher, place);
      whole.set(place, answer);
      answer.catch(() => whole.delete(place)); // so that the next call asks again
      return answer;
    },
    sheet: (run, step, sheet) => address("sheet", { run, step, sheet }),
    mistakes: (run, step) => ask(fetcher, address("mistakes", { run, step })),
    mistakenImage: (run, step, sheet) => address("mistaken_image", { run, step, sheet }),
  };
}

async function ask<T>(fetcher: Fetch, address: string): Promise<T> {
  const response = await fetcher(address);
  if (response.ok) return (await response.json()) as T;
  throw new Error(await complaint(response, address));
}

async function complaint(response: Response, address: string): Promise<string> {
  try {
    const { error } = (await response.json()) as { error?: unknown };
    if (typeof error === "string") return error;
  } catch {
    // no JSON: an answer that is not ours, such as a proxy's
  }
  return `${address}: TensorBoard answered ${response.status} ${response.statusText}.`;
}

/** Reads what an exported page holds. */
export function embeddedSource(data: Embedded): Source {
  const run = (name: string) => {
    const found = data.runs[name];
    if (found === undefined) throw new Error(`This page holds no run named ${name}.`);
    return found;
  };
  const position = (name: string, step: number): number => {
    const found = run(name).graphs.findIndex((graph) => graph.step === step);
    if (found < 0) throw new Error(`Run ${name} has no snapshot of step ${step} in this page.`);
    return found;
  };
  return {
    canGrow: false,
    runs: async () => Object.keys(data.runs),
    async series(name, since) {
      const { graphs, wall_times } = run(name);
      const snapshots = graphs
        .map((graph, at) => ({ ...graph, wall_time: wall_times[at] ?? 0 }))
        .filter((graph) => since === null || graph.step > since.step);
      const layers = graphs[graphs.length - 1]?.layers ?? [];
      return { run: name, layers, snapshots, problems: [], restarted: false };
    },
    detail: async (name, step) => run(name).graphs[position(name, step)]!,
    sheet: (name, step, sheet) => run(name).sheets[position(name, step)]?.[sheet] ?? "",
    async mistakes(name, step) {
      const { mistakes = {} } = run(name);
      const steps = Object.keys(mistakes).map(Number);
      return { steps, record: mistakes[step]?.record ?? null, problem: null };
    },
    mistakenImage: (name, step, sheet) => run(name).mistakes?.[step]?.sheets[sheet] ?? "",
  };
}
