/** The page's entry: TensorBoard calls `render`, an exported page runs it by itself. */
import { start, type Views } from "./app.js";
import { hostOf } from "./host.js";
import { embeddedSource, tensorBoardSource, type Embedded } from "./source.js";
import theme from "./theme.css";
import page from "./page.css";
import { circuitView } from "./views/circuit.js";
import { compareView } from "./views/compare.js";
import { debugView } from "./views/debug.js";
import { driftView } from "./views/drift.js";
import { lineageView } from "./views/lineage.js";
import { VIEW_STYLES } from "./views/styles.js";

const VIEWS = {
  circuit: circuitView,
  lineage: lineageView,
  drift: driftView,
  compare: compareView,
  debug: debugView,
} satisfies Views;
const STYLES = [theme, page, ...VIEW_STYLES];

export function render(): void {
  const style = document.createElement("style");
  style.textContent = STYLES.join("\n");
  document.head.append(style);
  document.documentElement.lang ||= "en";
  const embedded = document.getElementById("neurflow-data");
  if (embedded === null) {
    start(document.body, tensorBoardSource(), hostOf(window), {}, VIEWS);
    return;
  }
  const data = JSON.parse(embedded.textContent ?? "") as Embedded;
  const app = document.body.appendChild(document.createElement("div"));
  start(app, embeddedSource(data), hostOf(window), data.state ?? {}, VIEWS);
}

if (document.getElementById("neurflow-data") !== null) render();
