/** Small parts that the lineage, drift and compare views share. */

import { el } from "../dom.js";

type Attributes = Readonly<Record<string, string | number | null>>;

const tidy = (value: number) => Math.round(value * 100) / 100;

/** Sets attributes of an element that is there already; those that are null go. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, typeof value === "number" ? String(tidy(value)) : value);
  }
}

/**
 * Makes the children of `parent` those of `items`, keeping the element of each key, so that focus
 * stays where it is.
 */
export function keyed<T, E extends Element>(
  parent: Element,
  items: readonly T[],
  key: (item: T) => string,
  make: (item: T) => E,
  fill: (element: E, item: T) => void,
): void {
  const known = new Map([...parent.children].map((child) => [child.getAttribute("data-key"), child]));
  items.forEach((item, place) => {
    const name = key(item);
    const element = (known.get(name) as E | undefined) ?? make(item);
    known.delete(name);
    element.setAttribute("data-key", name);
    fill(element, item);
    const there = parent.children[place] ?? null;
    if (there !== element) parent.insertBefore(element, there);
  });
  for (const gone of known.values()) gone.remove();
}

/** Calls `draw` with the room inside an element now and whenever it changes, if there is any. */
export function onRoom(element: HTMLElement, draw: (width: number, height: number) => void): void {
  let last = "";
  new ResizeObserver(() => {
    const style = getComputedStyle(element);
    const inside = (all: number, one: string, other: string) =>
      Math.floor(all - parseFloat(one) - parseFloat(other));
    const width = inside(element.clientWidth, style.paddingLeft, style.paddingRight);
    const height = inside(element.clientHeight, style.paddingTop, style.paddingBottom);
    const room = `${width} ${height}`;
    if (width <= 0 || room === last) return;
    last = room;
    draw(width, height);
  }).observe(element);
}

// --- keyboard -------------------------------------------------------------------------------

type Walk = (items: readonly Element[], from: Element, key: string) => Element | undefined;

/** Arrow keys go through a list in the order of the document. */
export const alongList: Walk = (items, from, key) => {
  const place = items.indexOf(from);
  if (key === "ArrowDown" || key === "ArrowRight") return items[place + 1];
  if (key === "ArrowUp" || key === "ArrowLeft") return items[place - 1];
  return undefined;
};

/** Arrow keys go to the nearest in their direction, as they lie on the screen. */
export const acrossPlane: Walk = (items, from, key) => {
  const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!direction) return undefined;
  const centre = (element: Element) => {
    const box = element.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2] as const;
  };
  const [x, y] = centre(from);
  const [dx, dy] = direction as [number, number];
  let [best, least]: [Element | undefined, number] = [undefined, Infinity];
  for (const item of items) {
    const [there, below] = centre(item);
    const ahead = (there - x) * dx + (below - y) * dy;
    const aside = Math.abs((there - x) * dy) + Math.abs((below - y) * dx);
    const distance = ahead + 4 * aside;
    // A step up or down may shift sideways; one to the side stays in its row.
    if (ahead <= 0.5 || (dx !== 0 && aside > ahead + 24) || distance >= least) continue;
    [best, least] = [item, distance];
  }
  return best;
};

/**
 * Makes the elements of `selector` inside `container` buttons of one tab stop, between which arrow
 * keys, Home and End go.
 *
 * @returns what to call when they were drawn anew: one of them, the current one if there is one,
 *   becomes the tab stop.
 */
export function buttons(
  container: Element,
  selector: string,
  walk: Walk,
  press: (item: Element) => void,
): () => void {
  const all = () => [...container.querySelectorAll(selector)];
  const stop = (item: Element | undefined) => {
    for (const one of all()) one.setAttribute("tabindex", one === item ? "0" : "-1");
  };
  const itemOf = (event: Event) => (event.target as Element).closest(selector);
  container.setAttribute("tabindex", "-1"); // Chromium lets Tab stop at a `g` that listens to focus
  container.addEventListener("click", (event) => {
    const item = itemOf(event);
    if (item) press(item);
  });
  container.addEventListener("focusin", (event) => {
    const item = itemOf(event);
    if (item) stop(item);
  });
  container.addEventListener("keydown", (event) => {
    const [item, { key }] = [itemOf(event), event as KeyboardEvent];
    if (!item) return;
    const items = all();
    const ends: Record<string, Element | undefined> = { Home: items[0], End: items[items.length - 1] };
    const next = ends[key] ?? walk(items, item, key);
    if (key === "Enter" || key === " ") press(item);
    else if (next) (next as HTMLElement).focus();
    else if (!key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return () => {
    const items = all();
    const current = (one: Element) =>
      one === document.activeElement ||
      one.getAttribute("aria-pressed") === "true" ||
      one.hasAttribute("aria-current");
    stop(items.find((one) => one === document.activeElement) ?? items.find(current) ?? items[0]);
  };
}

/** What a `select` offers: a value and what people read. */
export type Choice = readonly [value: string, text: string];

/** Offers `choices` in a `select`, of which `value` is taken. */
export function offer(select: HTMLSelectElement, choices: readonly Choice[], value: string): void {
  const now = JSON.stringify(choices);
  if (select.dataset["choices"] !== now) {
    select.dataset["choices"] = now;
    select.replaceChildren(...choices.map(([one, text]) => el("option", { value: one }, text)));
  }
  select.value = value;
}

/** A `select` with its name before it. */
export function labelledSelect(name: string): [HTMLLabelElement, HTMLSelectElement] {
  const select = el("select", { class: "select", "aria-label": name });
  return [el("label", { class: "labelled" }, el("span", {}, name), select), select];
}
