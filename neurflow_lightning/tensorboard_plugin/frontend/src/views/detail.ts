/**
 * The panel at the right: one neuron group in full, or what is known of the whole circuit.
 *
 * What the series left out (members, neurons) is asked for once the snapshot has been looked at for
 * a moment; until then the rest is shown.
 */
import { described, isUnpredictive, pairsOf } from "../attribution.js";
import { ICONS, el, icon, svg } from "../dom.js";
import { counted, fixed, percent, plain, shareOfInput, shortened, signed, signedPercent } from "../formats.js";
import {
  isStable,
  circuitOf,
  history,
  idOf,
  keyOf,
  nameOf,
  targetOf,
  titleOf,
  type Circuit,
  type Context,
  type Link,
  type Node,
  type View,
} from "../model.js";
import { snapshotName, spanName } from "../naming.js";
import { imageCut, patchCut, picture } from "../pictures.js";
import type { Source } from "../source.js";
import type { Dispatch, State } from "../state.js";
import type { Graph, LineageEvent, Neuron, Target } from "../types.js";

const REST = 120; // milliseconds on a snapshot before its details are asked for

export function detailPanel(dispatch: Dispatch, source: Source): View {
  const element = el("aside", { class: "detail", "aria-label": "Details" });
  let shown: Context | null = null;
  let whole: { readonly run: string; readonly graph: Graph } | null = null;
  let picked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let top = 0; // asking the element would make the browser lay the page out
  element.addEventListener("scroll", () => (top = element.scrollTop), { passive: true });

  function update(context: Context): void {
    if (shown?.state.group !== context.state.group) picked = 0;
    shown = context;
    clearTimeout(timer);
    const { snapshot, run, state } = context;
    element.classList.toggle("open", state.group !== null);
    if (isHidden(state)) return;
    if (snapshot !== null && detailOf(context) === null) {
      timer = setTimeout(() => {
        source.detail(run.name, snapshot.step).then(
          (graph) => {
            whole = { run: run.name, graph };
            if (shown?.snapshot === snapshot) draw();
          },
          (error: unknown) => {
            if (shown?.snapshot === snapshot)
              note(String(error instanceof Error ? error.message : error));
          },
        );
      }, REST);
    }
    draw();
  }

  function detailOf({ run, snapshot }: Context): Graph | null {
    return whole !== null && whole.run === run.name && whole.graph.step === snapshot?.step
      ? whole.graph
      : null;
  }

  function note(text: string): void {
    element.append(el("p", { class: "muted", role: "status" }, text));
  }

  function draw(): void {
    if (shown === null) return;
    const { snapshot, state, run } = shown;
    const circuit = snapshot && circuitOf(snapshot, targetOf(run, state));
    const node = state.group === null ? null : (circuit?.byKey.get(state.group) ?? null);
    const within = element.contains(document.activeElement);
    const focus = within ? (document.activeElement as HTMLElement).dataset["focus"] : undefined;
    if (circuit === null) element.replaceChildren();
    else if (state.group === null) element.replaceChildren(...overview(circuit));
    else if (node === null) element.replaceChildren(...absent(circuit, shown, state.group));
    else element.replaceChildren(...group(circuit, node, shown));
    if (top > 0) element.scrollTop = top;
    if (focus !== undefined) {
      element.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
    }
  }

  function header(title: string, about: readonly (string | null)[], closes: boolean): HTMLElement {
    const close = el(
      "button",
      {
        type: "button",
        class: "button icon bare",
        "aria-label": "Close details",
        "data-focus": "close",
      },
      icon(ICONS.close),
    );
    close.addEventListener("click", () => dispatch({ group: null }));
    return el(
      "header",
      {},
      el(
        "div",
        {},
        el("h2", {}, title),
        el("p", { class: "muted" }, about.filter(Boolean).join(" · ")),
      ),
      closes ? close : null,
    );
  }

  // --- one group -------------------------------------------------------------------------

  function group(circuit: Circuit, node: Node, context: Context): HTMLElement[] {
    const record = detailOf(context)?.targets.find((one) => one.target === circuit.target.target);
    const full = record?.groups.find((one) => keyOf(one) === node.key) ?? node.group;
    const { stability } = node.group;
    return [
      header(
        titleOf(circuit, node),
        [idOf(node.group), node.group.lineage === null ? null : `lineage ${node.group.lineage}`],
        true,
      ),
      el(
        "div",
        { class: "facts" },
        fact("importance", percent(node.group.importance)),
        fact("members", String(node.size)),
        ...(stability === null
          ? []
          : [fact(!isStable(stability) ? "stable (too little)" : "stable", percent(stability))]),
      ),
      ...gallery(full.patches, context),
      section("History", through(context, circuit, node.key)),
      ...linked("Fed by", circuit, node, "target", "source"),
      ...linked("Feeds", circuit, node, "source", "target"),
      section("Neurons", members(full.members, node, record)),
    ];
  }

  function absent(circuit: Circuit, context: Context, key: string): HTMLElement[] {
    const known = history(context.run, circuit.target.target, key).filter(
      (one) => one.node !== null,
    );
    const latest = known[known.length - 1]?.node;
    const graphs = known.map(({ snapshot }) => snapshot.graph);
    return [
      header(latest ? nameOf(latest.group, context.run.layers) : key, [latest?.group.layer ?? null], true),
      el(
        "p",
        { class: "muted" },
        graphs.length === 0
          ? "No snapshot of this target holds this group."
          : `Not in the circuit at ${snapshotName(circuit.snapshot.graph)}. It is there in ${counted(graphs.length, "snapshot")}, ${spanName(graphs[0]!, graphs[graphs.length - 1]!)}.`,
      ),
      ...(graphs.length === 0 ? [] : [section("History", through(context, circuit, key))]),
    ];
  }

  /** The patch picked on its whole image, and the others to pick from. */
  function gallery(rows: readonly number[], context: Context): HTMLElement[] {
    const { run, snapshot } = context;
    if (snapshot === null) return [];
    const graph = detailOf(context) ?? snapshot.graph;
    const cuts = rows.flatMap((row) => {
      const cut = patchCut(source, run.name, graph, row);
      return cut === null ? [] : [{ row, cut }];
    });
    if (cuts.length === 0) return [];
    const chosen = cuts[Math.min(picked, cuts.length - 1)]!;
    const strip = el("div", { class: "strip", role: "group", "aria-label": "Patches, best first" });
    cuts.forEach(({ row, cut }, at) => {
      const label = imageLabel(graph, row);
      const button = el(
        "button",
        {
          type: "button",
          "aria-pressed": String(row === chosen.row),
          "aria-label": `Patch ${at + 1} of ${cuts.length}${label === null ? "" : `, from an image of ${label}`}`,
          "data-focus": `patch ${at}`,
        },
        picture(cut),
      );
      button.addEventListener("click", () => {
        picked = at;
        draw();
      });
      strip.append(button);
    });
    return [el("figure", { class: "gallery" }, onItsImage(chosen.row, graph, run.name), strip)];
  }

  function onItsImage(row: number, graph: Graph, run: string): HTMLElement {
    const [, , , width, height, image, top, left, boxHeight, boxWidth] = graph.patches[row]!;
    const cut = imageCut(source, run, graph, image);
    const label = imageLabel(graph, row);
    const caption = el(
      "figcaption",
      { class: "muted" },
      `image ${image}${label === null ? "" : `, labelled “${label}”`}`,
    );
    if (cut === null || graph.input === null) {
      const alone = picture(patchCut(source, run, graph, row)!);
      alone.setAttribute("style", `aspect-ratio: ${width} / ${height}`);
      return el("div", { class: "source" }, alone, caption);
    }
    const [inputHeight, inputWidth] = graph.input;
    const frame = svg("svg", {
      class: "whole",
      viewBox: `0 0 ${inputWidth} ${inputHeight}`,
      role: "img",
      "aria-label": `Patch on image ${image}${label === null ? "" : ` of ${label}`}`,
    });
    const inner = picture(cut);
    inner.setAttribute("width", String(inputWidth));
    inner.setAttribute("height", String(inputHeight));
    const box = { x: left, y: top, width: boxWidth, height: boxHeight };
    frame.append(
      inner,
      svg("path", {
        class: "veil",
        "fill-rule": "evenodd",
        d: `M0 0H${inputWidth}V${inputHeight}H0ZM${left} ${top}h${boxWidth}v${boxHeight}h${-boxWidth}Z`,
      }),
      svg("rect", { class: "box", ...box }),
    );
    return el("div", { class: "source" }, frame, caption);
  }

  /** Groups at the other ends of its links, strongest first. */
  function linked(
    title: string,
    circuit: Circuit,
    node: Node,
    own: "source" | "target",
    other: "source" | "target",
  ): HTMLElement[] {
    const links = circuit.links
      .filter((link) => link[own] === node.key && link.share !== 0)
      .sort((one, two) => Math.abs(two.share) - Math.abs(one.share));
    if (links.length === 0) return [];
    const strongest = Math.abs(links[0]!.share);
    const upper = circuit.byKey.get(links[0]!.target)!.group.layer;
    const { graph } = circuit.snapshot;
    const short = shortened(graph.layers).get(upper)!;
    const notes = isUnpredictive(graph, upper) ? [unpredictiveNote([short])] : [];
    const rows = links.map((link) =>
      linkRow(link, circuit.byKey.get(link[other])!, circuit, strongest),
    );
    const list = el("ul", { class: "links" }, ...rows.slice(0, 6));
    if (rows.length <= 6) return [section(title, ...notes, list)];
    const rest = el(
      "details",
      { class: "more" },
      el("summary", {}, `${rows.length - 6} more`),
      el("ul", { class: "links" }, ...rows.slice(6)),
    );
    return [section(title, ...notes, list, rest)];
  }

  function linkRow(link: Link, end: Node, circuit: Circuit, strongest: number): HTMLElement {
    const sign = link.share < 0 ? "-" : "+";
    const reach = (49 * Math.abs(link.share)) / strongest;
    const bar = svg(
      "svg",
      {
        class: "diverging",
        viewBox: "0 0 100 6",
        preserveAspectRatio: "none",
        "aria-hidden": "true",
      },
      svg("path", { class: "zero", d: "M50 0V6" }),
      svg("rect", {
        "data-sign": sign,
        x: sign === "-" ? 50 - reach : 50,
        y: 0.5,
        width: reach,
        height: 5,
      }),
    );
    const name = titleOf(circuit, end);
    const button = el(
      "button",
      { type: "button", class: "link", "data-focus": `group ${end.key}` },
      name,
    );
    button.addEventListener("click", () => dispatch({ group: end.key }));
    return el(
      "li",
      {},
      button,
      bar,
      el("span", { class: "number", title: shareOfInput }, signedPercent(link.share)),
      link.stability === null
        ? null
        : el(
            "span",
            { class: "number muted", title: "share of resamples in which the sign is the same" },
            percent(link.stability),
          ),
    );
  }

  function members(
    all: readonly (readonly [number, number, number])[] | undefined,
    node: Node,
    record: Target | undefined,
  ): HTMLElement {
    if (all === undefined || record === undefined) {
      return el("p", { class: "muted" }, `${counted(node.size, "member")} …`);
    }
    const known = new Map(
      (record.neurons ?? [])
        .filter((neuron) => neuron.layer === node.group.layer)
        .map((neuron) => [neuron.index, neuron]),
    );
    const body = el("tbody");
    for (const [index, meaning, share] of all) {
      const neuron = known.get(index);
      body.append(
        el(
          "tr",
          {},
          el("th", { scope: "row", class: "number" }, String(index)),
          el(
            "td",
            {},
            neuron === undefined || neuron.meanings < 2
              ? "only"
              : `${meaning + 1} of ${neuron.meanings}`,
          ),
          el("td", { class: "number" }, percent(share)),
          el("td", { class: "number" }, percent(neuron?.importance)),
          el("td", { class: "number" }, percent(neuron?.gap)),
          el("td", { class: "number" }, percent(neuron?.stability)),
        ),
      );
      if (neuron !== undefined && neuron.inputs.length > 0) body.append(inputsRow(neuron));
    }
    const columns: [string, string][] = [
      ["neuron", "its index in the layer"],
      ["meaning", "which of its semantic groups"],
      ["share", "share of the neuron's patches that have this meaning"],
      ["imp.", "importance: path weight to the target"],
      ["gap", "completeness gap: error of the attribution's integral"],
      ["stab.", "share of resamples in which it is core"],
    ];
    const heads = columns.map(([name, title]) => el("th", { scope: "col", title }, name));
    return el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Member neurons" },
      el("table", { class: "members" }, el("thead", {}, el("tr", {}, ...heads)), body),
    );
  }

  function inputsRow(neuron: Neuron): HTMLElement {
    const parts = neuron.inputs.flatMap(([index, weight]) => [
      el(
        "span",
        { class: "input", "data-sign": weight < 0 ? "-" : "+" },
        `${index} `,
        el("b", {}, signed(weight)),
      ),
      " ",
    ]);
    return el(
      "tr",
      { class: "inputs" },
      el("td", { colspan: 6 }, el("span", { class: "muted" }, "from "), ...parts),
    );
  }

  // --- the whole circuit -----------------------------------------------------------------

  function overview(circuit: Circuit): HTMLElement[] {
    const { target, snapshot } = circuit;
    const { graph } = snapshot;
    const heads = ["layer", "neurons", "groups", "meanings", "gap"].map((name) =>
      el("th", { scope: "col" }, name),
    );
    const short = shortened(graph.layers);
    const rows = [...graph.layers].reverse().flatMap((layer) => {
      const found = target.statistics[layer];
      if (found === undefined) return [];
      const values = [
        plain(found.core_neurons),
        plain(found.neuron_groups),
        plain(found.semantic_groups),
        percent(found.completeness_gap),
      ];
      return [
        el(
          "tr",
          {},
          el(
            "th",
            { scope: "row", class: "layer", title: layer },
            el("span", {}, short.get(layer)!),
          ),
          ...values.map((value) => el("td", { class: "number" }, value)),
        ),
      ];
    });
    const left = Object.values(target.left_out).reduce((sum, count) => sum + count, 0);
    const followed = target.groups
      .filter((group) => group.layer === graph.layers[0])
      .reduce((sum, group) => sum + (group.importance ?? 0), 0);
    return [
      header(
        target.name,
        [`class ${target.target}`, graph.weights === "averaged" ? "averaged weights" : null],
        false,
      ),
      ...verdict(target, graph),
      section(
        "Layers, deep to shallow",
        el(
          "div",
          { class: "scroll" },
          el(
            "table",
            { class: "members" },
            el("thead", {}, el("tr", {}, ...heads)),
            el("tbody", {}, ...rows),
          ),
        ),
        ...(left > 0
          ? [
              el(
                "p",
                { class: "muted" },
                `${counted(left, "core neuron")} left out: the circuit follows ` +
                  `${percent(followed)} of the path weight.`,
              ),
            ]
          : []),
      ),
      ...attributions(graph),
      ...happened(circuit),
      section("Made with", configuration(graph)),
      el(
        "p",
        { class: "muted hint" },
        "Choose a group for its patches, neurons and links. Hover to see what it lies on.",
      ),
    ];
  }

  function attributions(graph: Graph): HTMLElement[] {
    const pairs = pairsOf(graph).reverse();
    if (pairs.length === 0) return [];
    const columns: [string, string][] = [
      ["into", "the upper layer of the pair"],
      ["method", "attribution method"],
      ["corr.", "correlation of the attributions with the effects of real knockouts"],
      ["margin", "by how much the best method compared may have been better"],
    ];
    const heads = columns.map(([name, title]) =>
      el("th", { scope: "col", title, class: name === "method" && "method" }, name),
    );
    const short = shortened(graph.layers);
    const rows = pairs.map((pair) => {
      const { upper, attribution } = pair;
      const { correlation, margin, predicts } = attribution;
      return el(
        "tr",
        { class: !predicts && "unpredictive", title: described(pair) },
        el("th", { scope: "row", class: "layer" }, el("span", {}, short.get(upper)!)),
        el("td", { class: "method" }, attribution.method),
        el("td", { class: "number correlation" }, `${predicts ? "" : "✗ "}${fixed(correlation)}`),
        el("td", { class: "number" }, fixed(margin)),
      );
    });
    const unpredictive = pairs.filter(({ attribution }) => !attribution.predicts);
    return [
      section(
        "Attribution, deep to shallow",
        el(
          "div",
          { class: "scroll" },
          el(
            "table",
            { class: "members attribution" },
            el("thead", {}, el("tr", {}, ...heads)),
            el("tbody", {}, ...rows),
          ),
        ),
        ...(unpredictive.length === 0
          ? []
          : [unpredictiveNote(unpredictive.map(({ upper }) => short.get(upper)!))]),
      ),
    ];
  }

  function verdict(target: Target, graph: Graph): HTMLElement[] {
    if (target.drift === null) return [];
    const word = target.drift.verdict;
    const before = shown?.run.snapshots.find((one) => one.step === graph.since)?.graph;
    const since = graph.since === null ? "" : ` since ${snapshotName(before ?? { step: graph.since })}`;
    const button = el(
      "button",
      { type: "button", class: "link", "data-focus": "drift" },
      "Show drift",
    );
    button.addEventListener("click", () => dispatch({ view: "drift" }));
    return [
      el(
        "p",
        { class: "verdict" },
        el("span", { class: word === "changed" ? "chip alarm" : "chip" }, word),
        el("span", { class: "muted" }, `${since.trim()} `),
        button,
      ),
    ];
  }

  function happened(circuit: Circuit): HTMLElement[] {
    const events = circuit.target.drift?.events ?? [];
    const told = new Map<string, LineageEvent[]>();
    for (const event of events) {
      if (event.event === "survive") continue;
      const kind = `${event.layer} ${event.event}`;
      told.set(kind, [...(told.get(kind) ?? []), event]);
    }
    if (told.size === 0) return [];
    const items = [...told.values()].map((alike) => el("li", {}, ...sentence(alike, circuit)));
    return [section("What happened at this step", el("ul", { class: "events" }, ...items))];
  }

  /** Events of one kind in one layer. */
  function sentence(alike: readonly LineageEvent[], circuit: Circuit): (HTMLElement | string)[] {
    const ids = [...new Set(alike.flatMap((event) => event.lineage))];
    const names = ids.flatMap((id, at): (HTMLElement | string)[] => {
      const key = `L${id}`;
      const node = circuit.byKey.get(key);
      const after = at < ids.length - 1 ? "," : "";
      if (node === undefined) return [`${id}${after} `];
      const name = node.group.label ?? String(id);
      const button = el(
        "button",
        {
          type: "button",
          class: "link",
          "data-focus": `event ${key}`,
          "aria-label": nameOf(node.group, circuit.snapshot.graph.layers),
        },
        name,
      );
      button.addEventListener("click", () => dispatch({ group: key }));
      return [el("span", { class: "whole-word" }, button, after), " "];
    });
    const { event, layer } = alike[0]!;
    return [
      el("span", { class: "chip" }, event),
      el(
        "span",
        { class: "muted", title: layer },
        ` ${shortened(circuit.snapshot.graph.layers).get(layer) ?? layer}: `,
      ),
      ids.length === 1 ? "group " : "groups ",
      ...names,
    ];
  }

  // --- history ---------------------------------------------------------------------------

  function through(context: Context, circuit: Circuit, key: string): HTMLElement {
    const { run } = context;
    const points = history(run, circuit.target.target, key);
    const events = run.snapshots.flatMap(({ graph }) =>
      (graph.targets.find((one) => one.target === circuit.target.target)?.drift?.events ?? [])
        .filter(
          (event) => event.event !== "survive" && event.lineage.some((id) => `L${id}` === key),
        )
        .map((event) => ({ graph, event })),
    );
    const items = events.slice(-6).map(({ graph, event }) => {
      const { step } = graph;
      const button = el(
        "button",
        { type: "button", class: "link number", "data-focus": `step ${step}` },
        snapshotName(graph),
      );
      button.addEventListener("click", () => dispatch({ step }));
      return el("li", {}, button, " ", el("span", { class: "muted" }, past(event, key)));
    });
    return el(
      "div",
      {},
      sparkline(
        points.map(({ node }) => node?.importance ?? null),
        run.snapshots.indexOf(circuit.snapshot),
        new Set(events.map(({ graph }) => run.snapshots.findIndex((one) => one.graph === graph))),
      ),
      items.length === 0 ? null : el("ul", { class: "events" }, ...items),
    );
  }

  return { element, update };
}

/** Where the page has no room for the panel; only the circuit shows it without a group. */
const isHidden = ({ view, group }: State) => view === "debug" || (view !== "circuit" && group === null);

// --- pieces --------------------------------------------------------------------------------

/** Importance over the snapshots; gaps where the group is absent. */
export function sparkline(
  values: readonly (number | null)[],
  now: number,
  marks: ReadonlySet<number>,
): SVGSVGElement {
  const [width, height, inset] = [300, 46, 5];
  const most = Math.max(...values.map((value) => value ?? 0), 1e-9);
  const x = (at: number): number =>
    values.length < 2 ? width / 2 : inset + ((width - 2 * inset) * at) / (values.length - 1);
  const y = (value: number): number => height - inset - ((height - 2 * inset) * value) / most;
  const line = values
    .map((value, at) => {
      if (value === null) return "";
      const begins = at === 0 || values[at - 1] === null;
      return `${begins ? "M" : "L"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
  const value = values[now] ?? null;
  return svg(
    "svg",
    {
      class: "sparkline",
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": `Importance through the run, at most ${percent(most)}`,
    },
    svg("path", { class: "base", d: `M${inset} ${height - inset}H${width - inset}` }),
    svg("path", { class: "now", d: `M${x(now)} 0V${height}` }),
    svg("path", { class: "line", d: line || "M0 0" }),
    ...values.flatMap((one, at) =>
      one !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null
        ? [svg("circle", { class: "alone", cx: x(at), cy: y(one), r: 2 })]
        : [],
    ),
    ...[...marks].map((at) =>
      svg("circle", { class: "mark", cx: x(at), cy: height - inset, r: 2.5 }),
    ),
    value === null ? null : svg("circle", { class: "dot", cx: x(now), cy: y(value), r: 4 }),
  );
}

/** What became of the group, said of it. */
function past(event: LineageEvent, key: string): string {
  const others = event.lineage.map((id) => `L${id}`).filter((other) => other !== key);
  const along =
    others.length === 0
      ? ""
      : ` with ${others.map((other) => `group ${other.slice(1)}`).join(", ")}`;
  const said: Readonly<Record<string, string>> = {
    emerge: "appears",
    disappear: "disappears",
    split: `comes of a split${along}`,
    merge: "is merged of several",
  };
  return said[event.event] ?? event.event;
}

function imageLabel(graph: Graph, row: number): string | null {
  const image = graph.patches[row]?.[5];
  const label = image === undefined ? null : (graph.images[image]?.[5] ?? null);
  return label === null ? null : String(label);
}

function configuration(graph: Graph): HTMLElement {
  const methods = [...new Set(Object.values(graph.methods))].join(", ");
  const facts: [string, string][] = [
    ...Object.entries(graph.config).map(([name, value]): [string, string] => [name, String(value)]),
    ...(methods === "" ? [] : [["segments", methods] as [string, string]]),
    ["probe images", graph.fingerprint.slice(0, 12)],
  ];
  return el(
    "dl",
    { class: "pairs" },
    ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", { class: "mono" }, value)]),
  );
}

function unpredictiveNote(layers: readonly string[]): HTMLElement {
  const text = `✗ Attributions into ${layers.join(", ")} do not predict knockouts.`;
  return el("p", { class: "unpredictive-note" }, text);
}

function fact(name: string, value: string): HTMLElement {
  return el("div", {}, el("b", { class: "number" }, value), el("span", {}, name));
}

function section(title: string, ...children: HTMLElement[]): HTMLElement {
  return el("section", {}, el("h3", {}, title), ...children);
}
