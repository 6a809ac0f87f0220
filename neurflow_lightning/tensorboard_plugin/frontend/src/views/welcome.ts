/** What is shown where there is nothing to show: why, and what to do. */
import { el } from "../dom.js";

export interface Welcome {
  readonly element: HTMLElement;
  loading(): void;
  /** No run holds snapshots. */
  nothing(growing: boolean): void;
  /** This run holds none. */
  noSnapshots(run: string): void;
  failed(message: string, again: () => void): void;
}

const EXAMPLE = `from neurflow_lightning import NeurFlowCallback

neurflow = NeurFlowCallback(targets=["cat", "dog"], every_n_epochs=1)
trainer = Trainer(callbacks=[neurflow])`;

export function welcome(): Welcome {
  const element = el("section", { class: "view welcome", "aria-live": "polite", hidden: true });
  const say = (...children: HTMLElement[]): void => {
    element.replaceChildren(el("div", {}, ...children));
  };
  const waiting = (): HTMLElement =>
    el("p", { class: "muted waiting" }, el("i", {}), "This page looks again every few seconds.");
  return {
    element,
    loading: () => say(el("p", { class: "muted waiting" }, el("i", {}), "Loading circuits …")),
    nothing: (growing) =>
      say(
        el("h2", {}, "No circuits yet"),
        el(
          "p",
          {},
          "Add the callback to your training. Each snapshot it takes appears here, while the training runs.",
        ),
        el("pre", { class: "mono" }, EXAMPLE),
        el(
          "p",
          {},
          "The run needs a TensorBoard logger, and TensorBoard its log folder: ",
          el("code", { class: "mono" }, "tensorboard --logdir lightning_logs"),
        ),
        ...(growing ? [waiting()] : []),
      ),
    noSnapshots: (run) =>
      say(
        el("h2", {}, "No snapshot yet"),
        el(
          "p",
          {},
          `The run ${run} has begun and holds no circuit so far. The first comes with the first validation that the callback’s schedule allows.`,
        ),
        waiting(),
      ),
    failed(message, again) {
      const button = el("button", { type: "button", class: "button" }, "Try again");
      button.addEventListener("click", again);
      say(el("h2", {}, "The circuits could not be loaded"), el("p", {}, message), button);
    },
  };
}
