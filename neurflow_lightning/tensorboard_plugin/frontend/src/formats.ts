/** Numbers as people read them. */

/** A share as a percentage: "31 %", "0.4 %"; "–" where it is not known. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return "–";
  const value = 100 * share;
  if (value === 0) return "0 %";
  const size = Math.abs(value);
  if (size < 0.05) return value < 0 ? ">−0.1 %" : "<0.1 %";
  return `${minus(value.toFixed(size < 1 ? 1 : 0))} %`;
}

/** A signed number: "+0.31", "−0.02". */
export function signed(value: number): string {
  const size = Math.abs(value);
  const text = size !== 0 && size < 0.005 ? size.toExponential(0) : size.toFixed(2);
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** A signed share as a percentage: "+29 %", "−8 %". */
export function signedPercent(share: number): string {
  const text = percent(share);
  return share >= 0.0005 ? `+${text}` : text;
}

/** What the percentage beside an edge is a share of. */
export const shareOfInput = "share of its input that the upper group gets through this edge";

/** At most two decimals: "1.4", "12"; "–" where it is not known. */
export function plain(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return minus(String(Math.round(value * 100) / 100));
}

/** Two decimals: "0.97", "−0.10"; "–" where it is not known. */
export function fixed(value: number | null): string {
  return value === null ? "–" : minus(value.toFixed(2));
}

/** "1 neuron", "3 neurons". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** Day and hour of a moment in seconds since 1970, in the reader's words. */
export function moment(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString(undefined, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** The end of a dotted name, as much as fits; the end tells layers apart. */
export function ending(name: string, most: number): string {
  return name.length <= most ? name : `…${name.slice(name.length - Math.max(1, most - 1))}`;
}

/**
 * Dotted names without the beginning that all of them share; a single name keeps its last part.
 *
 * Of "net.block1" and "net.head" remain "block1" and "head".
 */
export function shortened(names: readonly string[]): Map<string, string> {
  const parts = names.map((name) => name.split("."));
  const least = names.length === 0 ? 0 : Math.min(...parts.map((part) => part.length)) - 1;
  let shared = 0;
  while (shared < least && parts.every((part) => part[shared] === parts[0]![shared])) shared++;
  return new Map(names.map((name, at) => [name, parts[at]!.slice(shared).join(".")]));
}

/** The beginning of a text, as much as fits. */
export function beginning(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

function minus(text: string): string {
  return text.replace("-", "−");
}
