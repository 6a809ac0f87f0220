/** What a group lies on: its strongest path from the target down to the shallowest layer. */
import type { Link } from "./model.js";

export interface Path {
  readonly keys: ReadonlySet<string>;
  readonly links: ReadonlySet<Link>;
}

/**
 * The strongest path through `key`: upwards to where nothing follows, downwards to where nothing
 * feeds. A path is as strong as the product of its links' |share|. Links are taken as given; they
 * only ever lead from a layer to the next, so that no path comes back.
 */
export function pathThrough(links: readonly Link[], key: string): Path {
  const up = best(links, key, "source", "target");
  const down = best(links, key, "target", "source");
  const all = new Set([...up, ...down]);
  return {
    keys: new Set([key, ...[...all].flatMap((link) => [link.source, link.target])]),
    links: all,
  };
}

/** The links of the strongest path from `key` on, following each link from its end `from`. */
function best(
  links: readonly Link[],
  key: string,
  from: "source" | "target",
  to: "source" | "target",
): Link[] {
  const leaving = new Map<string, Link[]>();
  for (const link of links) {
    if (link.share !== 0) leaving.set(link[from], [...(leaving.get(link[from]) ?? []), link]);
  }
  const memo = new Map<string, { strength: number; links: Link[] }>();
  const explore = (at: string): { strength: number; links: Link[] } => {
    const known = memo.get(at);
    if (known !== undefined) return known;
    let found = { strength: 1, links: [] as Link[] };
    let least = -1;
    for (const link of leaving.get(at) ?? []) {
      const rest = explore(link[to]);
      const strength = Math.abs(link.share) * rest.strength;
      if (strength > least) {
        least = strength;
        found = { strength, links: [link, ...rest.links] };
      }
    }
    memo.set(at, found);
    return found;
  };
  return explore(key).links;
}
