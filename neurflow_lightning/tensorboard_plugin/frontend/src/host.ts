/**
 * The page around: TensorBoard's, or the reader's own window when the page was exported.
 *
 * TensorBoard shows the tab in an iframe of the same origin and tells it neither address nor theme,
 * so both are read from the parent. Where the parent is out of reach, the window itself serves.
 */
import { fromHash, toHash, type State } from "./state.js";

/** The tab's name, which begins TensorBoard's hash while the tab is shown. */
const TAB = "neurflow";

/** With what TensorBoard is asked for messages, and the one that it has loaded data anew. */
const [GREETING, RELOADED] = ["experimental.bootstrap", "experimental.DataReloaded"];

export interface Host {
  /** What the address says now. */
  link(): Partial<State>;
  /** Puts the state into the address, without a new entry in the history. */
  write(state: State): void;
  /** Calls back with what the address says when somebody else changes it. */
  onLink(listener: (change: Partial<State>) => void): void;
  /** Calls back with whether it is dark, now and whenever that changes. */
  onTheme(listener: (dark: boolean) => void): void;
  /** Calls back when the reader has TensorBoard reload. */
  onReload(listener: () => void): void;
}

export function hostOf(own: Window): Host {
  const page = outermost(own);
  const framed = page !== own;
  const shown = (): boolean => !framed || /^#?([^&=]*)/.exec(page.location.hash)?.[1] === TAB;
  return {
    link: () => (shown() ? fromHash(page.location.hash) : {}),
    write(state) {
      if (!shown()) return; // another tab's address
      const hash = toHash(state, page.location.hash);
      if (hash === (page.location.hash || "#")) return;
      try {
        page.history.replaceState(page.history.state, "", hash);
      } catch {
        // browsers bound how often an address may change; the next change writes it
      }
    },
    onLink(listener) {
      page.addEventListener("hashchange", () => {
        if (shown()) listener(fromHash(page.location.hash));
      });
    },
    onTheme(listener) {
      if (!framed) {
        const dark = own.matchMedia("(prefers-color-scheme: dark)");
        dark.addEventListener("change", () => listener(dark.matches));
        listener(dark.matches);
        return;
      }
      const { body } = page.document;
      const tell = (): void => listener(body.classList.contains("dark-mode"));
      new MutationObserver(tell).observe(body, { attributes: true, attributeFilter: ["class"] });
      tell();
    },
    onReload(listener) {
      if (!framed) return;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<string>) => {
        const { type, id, isReply } = JSON.parse(data) as Message;
        if (isReply) return;
        if (type === RELOADED) listener();
        port1.postMessage(JSON.stringify({ type, id, payload: null, error: null, isReply: true }));
      };
      page.postMessage(GREETING, own.location.origin, [port2]);
    },
  };
}

interface Message {
  readonly type: string;
  readonly id: number;
  readonly isReply: boolean;
}

function outermost(own: Window): Window {
  try {
    if (own.parent !== own && own.parent.document.body !== null) return own.parent;
  } catch {
    // a parent of another origin
  }
  return own;
}
