import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOf } from "../src/host.js";
import { DEFAULT } from "../src/state.js";

function page(hash: string) {
  const listeners: (() => void)[] = [];
  const fake = {
    location: { hash },
    history: {
      state: { of: "TensorBoard" },
      replaceState(state: unknown, _: string, next: string) {
        assert.equal(state, this.state);
        fake.location.hash = next;
      },
    },
    document: { body: {} },
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
    tell: () => listeners.forEach((listener) => listener()),
  };
  return fake;
}

const framed = (parent: unknown): Window => ({ parent }) as unknown as Window;
const alone = (own: Record<string, unknown>): Window => {
  own["parent"] = own;
  return own as unknown as Window;
};

test("in TensorBoard the link is the parent's, and its own parameters stay", () => {
  const parent = page("#neurflow&darkMode=true&nf.step=5");
  const host = hostOf(framed(parent));
  assert.deepEqual(host.link(), { step: 5 });
  host.write({ ...DEFAULT, step: 9 });
  assert.equal(parent.location.hash, "#neurflow&darkMode=true&nf.step=9");
});

test("while another tab is shown, its address is neither read nor written", () => {
  const parent = page("#scalars&nf.step=5");
  const host = hostOf(framed(parent));
  assert.deepEqual(host.link(), {});
  host.write({ ...DEFAULT, step: 9 });
  assert.equal(parent.location.hash, "#scalars&nf.step=5");
});

test("a link that somebody else writes is told, of this tab only", () => {
  const parent = page("#neurflow");
  const told: unknown[] = [];
  hostOf(framed(parent)).onLink((link) => told.push(link));
  parent.location.hash = "#neurflow&nf.view=drift";
  parent.tell();
  parent.location.hash = "#scalars";
  parent.tell();
  assert.deepEqual(told, [{ view: "drift" }]);
});

test("an exported page has its own address; a parent of another origin does not matter", () => {
  const own = page("#nf.step=7");
  assert.deepEqual(hostOf(alone(own as unknown as Record<string, unknown>)).link(), { step: 7 });
  const stranger = {
    get document(): never {
      throw new DOMException("another origin");
    },
  };
  const inside = { ...page("#nf.step=8"), parent: stranger } as unknown as Window;
  assert.deepEqual(hostOf(inside).link(), { step: 8 });
});

test("an address that may not be written now is no error", () => {
  const parent = page("#neurflow");
  parent.history.replaceState = () => {
    throw new DOMException("too often");
  };
  hostOf(framed(parent)).write({ ...DEFAULT, step: 9 });
  assert.equal(parent.location.hash, "#neurflow");
});

test("TensorBoard's reload is told, and answered as TensorBoard wants it", async () => {
  const greetings: [string, string, MessagePort][] = [];
  const parent = {
    ...page("#neurflow"),
    postMessage: (greeting: string, origin: string, [port]: [MessagePort]) =>
      greetings.push([greeting, origin, port]),
  };
  let reloads = 0;
  const own = { parent, location: { origin: "http://127.0.0.1:6006" } };
  hostOf(own as unknown as Window).onReload(() => reloads++);
  const [greeting, origin, port] = greetings[0]!;
  assert.deepEqual([greeting, origin], ["experimental.bootstrap", "http://127.0.0.1:6006"]);
  const answers: unknown[] = [];
  const answered = new Promise<void>((done) => {
    port.onmessage = ({ data }: MessageEvent<string>) => {
      if (answers.push(JSON.parse(data)) === 2) done();
    };
  });
  const send = (type: string, id: number) =>
    port.postMessage(JSON.stringify({ type, id, payload: null, error: null, isReply: false }));
  send("experimental.RunsChanged", 6);
  send("experimental.DataReloaded", 7);
  await answered;
  port.close();
  assert.equal(reloads, 1);
  const reply = { type: "experimental.DataReloaded", id: 7, payload: null, error: null, isReply: true };
  assert.deepEqual(answers[1], reply);
});
