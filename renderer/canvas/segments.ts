import { orderNodes } from '../../engine/graph/order';
import type { Link } from './layered';

/** A part of a net through whose ends only one wire leads. */
export interface Segment {
  readonly ids: readonly string[];
  /** The wire from the segment before. */
  readonly entry: Link | undefined;
}

/**
 * Parts of a net that can be laid out one by one: what no wire joins stands beside each other, and each such part is cut
 * wherever a single wire leads on. Cheap to lay out, and an edit changes one part only.
 */
export function segmentsOf(ids: readonly string[], links: readonly Link[]): readonly (readonly Segment[])[] {
  const wires = links.map(([a, b]) => ({ from: { node: a, port: '' }, to: { node: b, port: '' } }));
  const { sorted, stuck } = orderNodes(ids, wires);
  return componentsOf(ids, links).map((part) =>
    stuck.some((id) => part.has(id))
      ? [{ ids: ids.filter((id) => part.has(id)), entry: undefined }]
      : cut(
          sorted.filter((id) => part.has(id)),
          links,
        ),
  );
}

function componentsOf(ids: readonly string[], links: readonly Link[]): readonly ReadonlySet<string>[] {
  const beside = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const [a, b] of links) {
    beside.get(a)?.push(b);
    beside.get(b)?.push(a);
  }
  const seen = new Set<string>();
  const found: Set<string>[] = [];
  for (const id of ids) {
    if (seen.has(id)) continue;
    const part = new Set([id]);
    for (const member of part) for (const next of beside.get(member) ?? []) part.add(next);
    for (const member of part) seen.add(member);
    found.push(part);
  }
  return found;
}

function cut(sorted: readonly string[], links: readonly Link[]): readonly Segment[] {
  const at = new Map(sorted.map((id, i) => [id, i]));
  /** How many wires begin less how many end, by the place in the order after which they count. */
  const change = new Array<number>(sorted.length + 1).fill(0);
  const last = new Map<number, Link>();
  for (const [a, b] of links) {
    const [from, to] = [at.get(a), at.get(b)];
    if (from === undefined || to === undefined) continue;
    change[from]! += 1;
    change[to]! -= 1;
    last.set(to, [a, b]);
  }
  const found: Segment[] = [];
  let [start, crossing] = [0, 0];
  let entry: Link | undefined;
  sorted.forEach((_, i) => {
    crossing += change[i]!;
    if (crossing !== 1 || i === sorted.length - 1) return;
    // the one wire that crosses must lead into the very next node: else it passes by what has no wire into it
    const next = last.get(i + 1);
    if (!next || at.get(next[0])! > i) return;
    found.push({ ids: sorted.slice(start, i + 1), entry });
    [start, entry] = [i + 1, next];
  });
  found.push({ ids: sorted.slice(start), entry });
  return found;
}
