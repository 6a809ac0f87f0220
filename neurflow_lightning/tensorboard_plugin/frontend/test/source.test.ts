import assert from "node:assert/strict";
import { test } from "node:test";
import { embeddedSource, tensorBoardSource } from "../src/source.js";
import type { Mistakes } from "../src/types.js";
import { graph, sample } from "./fixtures.js";

const answer = (body: unknown, status = 200): Response =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), { status });

function asking(respond: (address: string) => Response) {
  const asked: string[] = [];
  const source = tensorBoardSource((address) => {
    asked.push(address);
    return Promise.resolve(respond(address));
  });
  return { asked, source };
}

test("addresses are relative, and names from outside are encoded", async () => {
  const { asked, source } = asking(() => answer({ runs: [{ name: "a" }, { name: "b&c" }] }));
  assert.deepEqual(await source.runs(), ["a", "b&c"]);
  await source.series("b&c=ü", null);
  await source.series("a", { step: 0, wallTime: 1.5 });
  assert.equal(source.sheet("b&c", 5, 1), "sheet?run=b%26c&step=5&sheet=1");
  assert.deepEqual(asked, [
    "runs",
    "series?run=b%26c%3D%C3%BC",
    "series?run=a&since_step=0&since_time=1.5",
  ]);
});

test("a snapshot's detail is asked for once, after a failure again", async () => {
  let broken = true;
  const { asked, source } = asking(() =>
    broken ? answer({ error: "gone" }, 404) : answer(graph(5, [])),
  );
  await assert.rejects(source.detail("a", 5), /gone/);
  broken = false;
  assert.equal((await source.detail("a", 5)).step, 5);
  assert.equal((await source.detail("a", 5)).step, 5);
  assert.equal(asked.length, 2);
});

test("a complaint is told in its words; an answer that is not ours by its status", async () => {
  const { source } = asking((address) =>
    address === "runs" ? answer("<html>", 502) : answer({ error: "no run b: try a" }, 404),
  );
  await assert.rejects(source.runs(), /runs: TensorBoard answered 502/);
  await assert.rejects(source.series("b", null), /^Error: no run b: try a$/);
});

test("an exported page holds its runs, with wall times, details and sheets", async () => {
  const data = sample();
  const source = embeddedSource(data);
  const [name] = await source.runs();
  const all = await source.series(name!, null);
  assert.equal(all.snapshots.length, data.runs[name!]!.graphs.length);
  assert.equal(all.snapshots[1]!.wall_time, data.runs[name!]!.wall_times[1]);
  const [first, second] = all.snapshots;
  const later = await source.series(name!, { step: first!.step, wallTime: 0 });
  assert.equal(later.snapshots[0]!.step, second!.step);
  assert.equal((await source.detail(name!, second!.step)).step, second!.step);
  assert.match(source.sheet(name!, first!.step, 0), /^data:image\/jpeg;base64,/);
  assert.equal(source.canGrow, false);
});

test("what an exported page does not hold is said", async () => {
  const source = embeddedSource(sample());
  const [name] = await source.runs();
  await assert.rejects(source.series("other", null), /no run named other/);
  await assert.rejects(source.detail(name!, 3), /no snapshot of step 3/);
});

test("mistakes are asked for by step; an exported page holds them, or none", async () => {
  const told = { steps: [5], record: null, problem: null };
  const { asked, source } = asking(() => answer(told));
  assert.deepEqual(await source.mistakes("b&c", 5), told);
  assert.deepEqual(asked, ["mistakes?run=b%26c&step=5"]);
  assert.equal(source.mistakenImage("b&c", 5, 1), "mistaken_image?run=b%26c&step=5&sheet=1");
  const data = sample();
  const [name, run] = Object.entries(data.runs)[0]!;
  const record = { step: 44 } as unknown as Mistakes;
  const held = { ...run, mistakes: { 44: { record, sheets: ["data:image/jpeg;base64,AA"] } } };
  const page = embeddedSource({ runs: { [name]: held } });
  assert.deepEqual(await page.mistakes(name, 44), { steps: [44], record, problem: null });
  assert.deepEqual(await page.mistakes(name, 22), { steps: [44], record: null, problem: null });
  assert.equal(page.mistakenImage(name, 44, 0), "data:image/jpeg;base64,AA");
  assert.deepEqual(await embeddedSource(data).mistakes(name, 44), { steps: [], record: null, problem: null });
});
