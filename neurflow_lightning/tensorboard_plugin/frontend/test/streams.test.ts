import assert from "node:assert/strict";
import { test } from "node:test";
import { circuitOf, withSeries } from "../src/model.js";
import {
  around,
  layoutStreams,
  passagesThrough,
  ribbonPath,
  streamColours,
  streamOrder,
  streamsOf,
  thin,
  type Moment,
} from "../src/streams.js";
import type { Graph } from "../src/types.js";
import sample from "./sample.json";

type GroupRow = readonly [number: number, lineage: number | null, importance?: number];

function moment(step: number, groups: readonly GroupRow[], events: Moment["events"] = []): Moment {
  return {
    step,
    since: step === 0 ? null : step - 1,
    groups: groups.map(([number, lineage, importance = 1]) => ({ number, lineage, importance })),
    events,
  };
}

const event = (
  name: string,
  before: readonly number[],
  after: readonly number[],
  lineage: readonly number[],
) => ({ event: name, before, after, lineage });

/** 7 splits into 7 and 9; 8 goes; 9 merges into 7; 8 comes back. */
const HISTORY: readonly Moment[] = [
  moment(0, [[0, 7, 3], [1, 8, 1]]),
  moment(1, [[0, 9, 1], [1, 7, 2], [2, 8, 1]], [event("split", [0], [0, 1], [9, 7])]),
  moment(2, [[0, 7, 2], [1, 9, 1]], [event("disappear", [2], [], [8])]),
  moment(3, [[0, 7, 3], [1, 8, 1], [2, null, 0.5]], [
    event("merge", [0, 1], [0], [7]),
    event("emerge", [], [1], [8]),
  ]),
];
const ALL = [0, 1, 2, 3];

test("a short run is shown whole", () => {
  assert.deepEqual(thin(4, 10), ALL);
  assert.deepEqual(thin(0, 10), []);
  assert.deepEqual(thin(1, 1), [0]);
});

test("of a long run the ends, what must stay, and of every stretch the weightiest are shown", () => {
  const weight = (place: number) => (place % 10 === 7 ? 5 : 0);
  const shown = thin(300, 32, [123], weight);
  assert.equal(shown.length, 32);
  assert.deepEqual(shown, [...shown].sort((a, b) => a - b));
  for (const place of [0, 123, 299]) assert.ok(shown.includes(place), String(place));
  const rest = shown.filter((place) => ![0, 123, 299].includes(place));
  assert.ok(rest.every((place) => place % 10 === 7), rest.join());
});

test("what must stay is shown even beyond the budget", () => {
  assert.deepEqual(thin(9, 2, [3, 5, 99, -1]), [0, 3, 5, 8]);
});

test("a window lies about its centre and inside the run", () => {
  assert.deepEqual(around(10, 3, 5), [4, 5, 6]);
  assert.deepEqual(around(10, 3, 0), [0, 1, 2]);
  assert.deepEqual(around(10, 3, 9), [7, 8, 9]);
  assert.deepEqual(around(2, 5, 1), [0, 1]);
});

test("groups go on by their ids, whatever their numbers, and by events", () => {
  const { passages } = streamsOf(HISTORY, ALL);
  assert.deepEqual(passages[0], [
    { source: 0, target: 0, become: "split" },
    { source: 0, target: 1, become: "same" },
    { source: 1, target: 2, become: "same" },
  ]);
  assert.deepEqual(passages[2], [
    { source: 0, target: 0, become: "same" },
    { source: 1, target: 0, become: "merge" },
  ]);
});

test("births, returns, deaths, splits and merges are marked where they are seen", () => {
  const { marks } = streamsOf(HISTORY, ALL);
  const said = marks.map(({ turn, column, number, lineage }) => [turn, column, number, lineage]);
  assert.deepEqual(said, [
    ["split", 0, 0, [9, 7]],
    ["death", 1, 2, [8]],
    ["merge", 3, 0, [7, 9]],
    ["return", 3, 1, [8]],
  ]);
  const born = streamsOf([moment(0, [[0, 1]]), moment(1, [[0, 1], [1, 2]])], [0, 1]);
  assert.deepEqual(born.marks, [{ turn: "birth", column: 1, number: 1, lineage: [2] }]);
});

test("a stream that is not seen for a while leaves a gap, and a silent end is no death", () => {
  const run = [moment(0, [[0, 4]]), moment(1, [[0, null]]), moment(2, [[0, 4]])];
  const { gaps, marks } = streamsOf(run, [0, 1, 2]);
  assert.deepEqual(gaps, [{ lineage: 4, from: 0, to: 2 }]);
  assert.deepEqual(marks.map(({ turn }) => turn), ["return"]);
});

test("a stream is followed through moments that are not shown", () => {
  assert.deepEqual(passagesThrough(HISTORY.slice(0, 3)), [
    { source: 0, target: 0, become: "same" },
    { source: 0, target: 1, become: "split" },
  ]);
  const { marks } = streamsOf(HISTORY, [0, 2]);
  assert.deepEqual(marks.map(({ turn, column }) => [turn, column]), [["split", 0], ["death", 0]]);
});

test("numbers of an event that starts from another moment join nothing", () => {
  const odd = { ...HISTORY[1]!, since: 77 };
  assert.deepEqual(
    passagesThrough([HISTORY[0]!, odd]).map(({ become }) => become),
    ["same", "same"],
  );
});

test("streams that split or merge lie next to each other", () => {
  const run = [
    moment(0, [[0, 1, 4], [1, 2, 3], [2, 3, 2]]),
    moment(1, [[0, 1, 4], [1, 2, 3], [2, 3, 1], [3, 4, 1]], [event("split", [2], [2, 3], [3, 4])]),
    moment(2, [[0, 1, 5], [1, 2, 3], [2, 4, 1]], [event("merge", [0, 2], [0], [1])]),
  ];
  const order = streamOrder(run);
  const place = (id: number) => order.indexOf(id);
  assert.deepEqual([...order].sort(), [1, 2, 3, 4]);
  assert.equal(Math.abs(place(3) - place(4)), 1);
  assert.equal(Math.abs(place(3) - place(1)), 1);
});

test("the order of a run's ids does not depend on which moments are shown", () => {
  assert.deepEqual(streamOrder(HISTORY), [7, 9, 8]);
  assert.deepEqual(streamOrder([]), []);
});

test("streams seen at once differ in colour, and keep theirs as the run grows", () => {
  const colours = streamColours(HISTORY, 3);
  assert.equal(new Set([7, 8, 9].map((id) => colours.get(id))).size, 3);
  for (let length = 1; length < HISTORY.length; length += 1) {
    for (const [id, colour] of streamColours(HISTORY.slice(0, length), 3)) {
      assert.equal(colours.get(id), colour);
    }
  }
  const crowded = streamColours([moment(0, [[0, 1], [1, 2], [2, 3]])], 2);
  assert.ok([...crowded.values()].every((colour) => colour === 0 || colour === 1));
});

const FRAME = { width: 300, height: 200, gap: 5, bar: 10 };

test("bars are as high as groups are important and fit into the frame", () => {
  const { bars, columns } = layoutStreams(streamsOf(HISTORY, ALL), [7, 9, 8], FRAME);
  assert.equal(columns[0], 0);
  assert.ok(Math.abs(columns[3]! - 290) < 1e-9);
  const unit = (bars[0]!.bottom - bars[0]!.top) / bars[0]!.group.importance;
  for (const bar of bars) {
    assert.ok(bar.top >= -1e-9 && bar.bottom <= 200 + 1e-9);
    assert.ok(Math.abs(bar.bottom - bar.top - unit * bar.group.importance) < 1e-9);
  }
});

test("bars of a column keep the order of the streams, unstable ones last, and do not touch", () => {
  const { bars } = layoutStreams(streamsOf(HISTORY, ALL), [7, 9, 8], FRAME);
  const last = bars.filter((bar) => bar.column === 3);
  assert.deepEqual(last.map((bar) => bar.group.lineage), [7, 8, null]);
  for (let at = 1; at < last.length; at += 1) {
    assert.ok(Math.abs(last[at]!.top - last[at - 1]!.bottom - FRAME.gap) < 1e-9);
  }
});

test("ribbons share out the bars they leave and enter", () => {
  const { ribbons } = layoutStreams(streamsOf(HISTORY, ALL), [7, 9, 8], FRAME);
  const leaving = ribbons.filter(({ source }) => source.column === 0 && source.group.lineage === 7);
  const [first, second] = [leaving[0]!, leaving[1]!];
  assert.deepEqual([first.target.group.lineage, second.target.group.lineage], [7, 9]);
  assert.equal(first.from[0], first.source.top);
  assert.equal(first.from[1], second.from[0]);
  assert.ok(Math.abs(second.from[1] - first.source.bottom) < 1e-9);
  assert.ok(Math.abs((first.from[1] - first.from[0]) / (second.from[1] - second.from[0]) - 2) < 1e-9);
  assert.deepEqual(first.to, [first.target.top, first.target.bottom]);
});

test("a path starts at the right of the one bar and ends at the left of the other", () => {
  const { ribbons } = layoutStreams(streamsOf(HISTORY, ALL), [7, 9, 8], { ...FRAME, width: 310 });
  assert.match(ribbonPath(ribbons[0]!, 10), /^M10,[\d.]+C55,[\d.]+ 55,[\d.]+ 100,[\d.]+V[\d.]+C55,/);
});

test("one column, no importance and no group at all are drawn without a division by zero", () => {
  const layouts = [
    layoutStreams(streamsOf([moment(0, [[0, 1]])], [0]), [1], FRAME),
    layoutStreams(streamsOf([moment(0, [[0, 1, 0]]), moment(1, [[0, 1, 0]])], [0, 1]), [1], FRAME),
    layoutStreams(streamsOf([moment(0, [])], [0]), [], FRAME),
    layoutStreams(streamsOf([], []), [], FRAME),
  ];
  for (const { bars, ribbons, columns } of layouts) {
    const numbers = [
      ...columns,
      ...bars.flatMap((bar) => [bar.x, bar.top, bar.bottom]),
      ...ribbons.flatMap((ribbon) => [...ribbon.from, ...ribbon.to]),
    ];
    assert.ok(numbers.every(Number.isFinite), numbers.join());
  }
});

test("in a real run every id goes on from each step to the next that has it", () => {
  const run = Object.values(sample.runs)[0]!;
  const graphs = run.graphs as unknown as Graph[];
  const model = withSeries(null, { run: "r", layers: [], snapshots: graphs, problems: [], restarted: false });
  const moments = model.snapshots.map((snapshot): Moment => {
    const { target } = circuitOf(snapshot, 3)!;
    return {
      step: snapshot.step,
      since: snapshot.graph.since,
      groups: target.groups
        .filter(({ layer }) => layer === "network.block1")
        .map(({ number, lineage, importance }) => ({ number, lineage, importance: importance ?? 0 })),
      events: (target.drift?.events ?? []).filter(({ layer }) => layer === "network.block1"),
    };
  });
  const places = moments.map((_, place) => place);
  const { passages, marks } = streamsOf(moments, places);
  passages.forEach((found, place) => {
    const [before, after] = [moments[place]!.groups, moments[place + 1]!.groups];
    const stay = before.filter((group) => after.some((other) => other.lineage === group.lineage));
    assert.equal(found.filter(({ become }) => become === "same").length, stay.length);
  });
  const turns = new Set(marks.map(({ turn }) => turn));
  assert.deepEqual([...turns].sort(), ["birth", "death", "merge", "return"]);
});
