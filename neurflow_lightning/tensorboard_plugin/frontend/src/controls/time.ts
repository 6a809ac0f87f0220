/**
 * The time bar: which snapshot is shown.
 *
 * A range input over the snapshots is what keyboards and screen readers use; what is seen is a track
 * on which the snapshots lie by step, epoch or wall time, with those marked at which a circuit
 * changed.
 */
import { ICONS, el, icon, svg } from "../dom.js";
import { moment } from "../formats.js";
import {
  isAlarm,
  placesOf,
  targetOf,
  type Context,
  type RunModel,
  type Snapshot,
} from "../model.js";
import { snapshotName, snapshotTitle } from "../naming.js";
import { SCALES, type Dispatch, type Scale } from "../state.js";

const SCALE_NAMES: Readonly<Record<Scale, string>> = { step: "Step", epoch: "Epoch", time: "Time" };
const INSET = 10;

export interface TimeBar {
  readonly element: HTMLElement;
  update(context: Context, canGrow: boolean): void;
}

export function timeBar(dispatch: Dispatch): TimeBar {
  const input = el("input", {
    type: "range",
    min: 0,
    step: 1,
    class: "visually-hidden",
    "aria-label": "Snapshot",
  });
  const track = svg("svg", { class: "track", "aria-hidden": "true" });
  const slider = el("div", { class: "slider" }, track, input);
  const play = el("button", { type: "button", class: "button icon play" });
  const label = el("p", { class: "moment number" });
  const spoken = el("p", { class: "visually-hidden", "aria-live": "polite" });
  const scales = segments("Time scale", SCALES, SCALE_NAMES, (scale) => dispatch({ scale }));
  const live = el(
    "button",
    { type: "button", class: "button live", "aria-pressed": "false" },
    el("i", {}),
    "Live",
  );
  const element = el(
    "footer",
    { class: "time", "aria-label": "Time" },
    play,
    slider,
    label,
    scales.element,
    live,
    spoken,
  );
  let shown: Context | null = null;
  let room = 0; // the slider's width
  let announcing: ReturnType<typeof setTimeout> | undefined;

  play.addEventListener("click", () => shown && dispatch(playing(shown)));
  live.addEventListener("click", () => {
    if (shown !== null)
      dispatch(shown.state.live ? { live: false } : { live: true, step: null, playing: false });
  });
  input.addEventListener("input", () => show(Number(input.value)));
  track.addEventListener("pointerdown", (event) => {
    track.setPointerCapture(event.pointerId);
    input.focus({ preventScroll: true });
    drag(event);
  });
  track.addEventListener("pointermove", (event) => {
    if (track.hasPointerCapture(event.pointerId)) drag(event);
  });
  new ResizeObserver(() => {
    room = slider.clientWidth;
    if (shown !== null) draw(shown);
  }).observe(slider);

  function show(at: number): void {
    const snapshot = shown?.run.snapshots[at];
    if (snapshot !== undefined) dispatch({ step: snapshot.step, playing: false });
  }

  function drag(event: PointerEvent): void {
    if (shown === null) return;
    const x = event.clientX - track.getBoundingClientRect().left;
    show(nearest(positions(shown), x));
  }

  function positions({ run, state }: Context): number[] {
    return spread(placesOf(run, state.scale), room);
  }

  function draw(context: Context): void {
    const { run, state, snapshot } = context;
    const xs = positions(context);
    const now = snapshot === null ? -1 : run.snapshots.indexOf(snapshot);
    const [width, middle] = [room, 16];
    const target = targetOf(run, state);
    const others = run.snapshots.findIndex((one) => one.step === state.otherStep);
    track.setAttribute("viewBox", `0 0 ${Math.max(1, width)} 32`);
    track.replaceChildren(
      svg("path", { class: "rail", d: `M${INSET} ${middle}H${Math.max(INSET, width - INSET)}` }),
      ...(now < 0 ? [] : [svg("path", { class: "past", d: `M${INSET} ${middle}H${xs[now]}` })]),
      svg("path", { class: "ticks", d: xs.map((x) => `M${x} ${middle - 4}v8`).join("") }),
      ...run.snapshots.flatMap((one, at) =>
        isAlarm(one, target)
          ? [
              svg(
                "path",
                { class: "alarm", d: `M${xs[at]} ${middle - 7}l4 -7h-8z` },
                svg("title", {}, `${snapshotName(one.graph)}: the circuit changed`),
              ),
            ]
          : [],
      ),
      ...(others < 0 || state.view !== "compare"
        ? []
        : [svg("circle", { class: "other", cx: xs[others]!, cy: middle, r: 6 })]),
      ...(now < 0 ? [] : [svg("circle", { class: "thumb", cx: xs[now]!, cy: middle, r: 8 })]),
    );
  }

  function update(context: Context, canGrow: boolean): void {
    const { run, state, snapshot } = context;
    shown = context;
    const now = snapshot === null ? 0 : run.snapshots.indexOf(snapshot);
    input.max = String(Math.max(0, run.snapshots.length - 1));
    input.value = String(now);
    input.disabled = run.snapshots.length === 0;
    const text = snapshot === null ? "no snapshot" : told(snapshot);
    input.setAttribute("aria-valuetext", text);
    label.replaceChildren(...(snapshot === null ? [text] : parts(snapshot, run)));
    clearTimeout(announcing);
    announcing = setTimeout(() => {
      if (spoken.textContent !== text) spoken.textContent = text;
    }, 400);
    play.replaceChildren(icon(state.playing ? ICONS.pause : ICONS.play));
    play.setAttribute("aria-label", state.playing ? "Pause" : "Play");
    play.disabled = run.snapshots.length < 2;
    live.hidden = !canGrow;
    live.setAttribute("aria-pressed", String(state.live));
    scales.show(state.scale);
    draw(context);
  }

  return { element, update };
}

/** The change that the play button makes: from the end it begins anew. */
export function playing({ run, state, snapshot }: Context): Partial<Context["state"]> {
  if (state.playing) return { playing: false };
  const last = run.snapshots[run.snapshots.length - 1];
  const first = run.snapshots[0];
  const atEnd = snapshot === last && first !== undefined;
  return { playing: true, live: false, step: atEnd ? first.step : (snapshot?.step ?? null) };
}

/** The step to go to from the snapshot shown; null where there is none. */
export function stepBy(run: RunModel, snapshot: Snapshot | null, by: number): number | null {
  const at = snapshot === null ? -1 : run.snapshots.indexOf(snapshot);
  return run.snapshots[at + by]?.step ?? null;
}

/** Places spread over a width, in pixels; in the middle where all are one. */
export function spread(places: readonly number[], width: number): number[] {
  const least = Math.min(...places);
  const span = Math.max(...places) - least;
  const room = Math.max(0, width - 2 * INSET);
  return places.map((place) => INSET + (span > 0 ? (room * (place - least)) / span : room / 2));
}

/** Which of the positions lies nearest. */
export function nearest(positions: readonly number[], x: number): number {
  let best = 0;
  positions.forEach((position, at) => {
    if (Math.abs(position - x) < Math.abs(positions[best]! - x)) best = at;
  });
  return best;
}

function told(snapshot: Snapshot): string {
  const epoch = snapshot.epoch === null ? "" : `, epoch ${snapshot.epoch}`;
  return snapshot.graph.name ?? `${snapshotName(snapshot.graph)}${epoch}`;
}

function parts(snapshot: Snapshot, run: RunModel): (string | HTMLElement)[] {
  const at = run.snapshots.indexOf(snapshot);
  const rest = [
    snapshot.epoch === null ? null : `epoch ${snapshot.epoch}`,
    snapshot.wallTime > 0 ? moment(snapshot.wallTime) : null,
    `${at + 1}/${run.snapshots.length}`,
  ].filter((part) => part !== null);
  const name = snapshotTitle(snapshot.graph);
  return [el("b", { title: name }, name), el("span", { class: "muted" }, rest.join(" · "))];
}

/** Radio buttons as segments. */
export function segments<T extends string>(
  name: string,
  values: readonly T[],
  names: Readonly<Record<T, string>>,
  choose: (value: T) => void,
): { readonly element: HTMLElement; show(value: T): void } {
  const buttons = values.map((value) => {
    const button = el(
      "button",
      { type: "button", role: "radio", "data-value": value },
      names[value],
    );
    button.addEventListener("click", () => choose(value));
    return button;
  });
  const element = el(
    "div",
    { class: "segments", role: "radiogroup", "aria-label": name },
    ...buttons,
  );
  element.addEventListener("keydown", (event) => roam(event, buttons));
  return {
    element,
    show(value) {
      for (const button of buttons) {
        const own = button.dataset["value"] === value;
        button.setAttribute("aria-checked", String(own));
        button.tabIndex = own ? 0 : -1;
      }
    },
  };
}

/** Arrow keys in a row of tabs or radio buttons: the neighbour is focused and chosen. */
export function roam(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (by === undefined || at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  const next = buttons[(at + by + buttons.length) % buttons.length]!;
  next.focus();
  next.click();
}
