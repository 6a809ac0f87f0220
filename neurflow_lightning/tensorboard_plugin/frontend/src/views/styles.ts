/** The styles of the lineage, drift, compare and debug views. */
import compare from "./compare.css";
import debug from "./debug.css";
import drift from "./drift.css";
import lineage from "./lineage.css";
import shared from "./shared.css";

export const VIEW_STYLES: readonly string[] = [shared, lineage, drift, compare, debug];
