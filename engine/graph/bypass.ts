import type { EdgeRecord } from './document';

type Wires = Readonly<Record<string, EdgeRecord>>;
type Source = EdgeRecord['from'];

/** Names of a node's input ports in their order, where the kind is known. */
export type PortsOf = (node: string) => readonly string[] | undefined;

/** A graph's wires as they run past some of its nodes. */
export interface Past {
  readonly edges: Record<string, EdgeRecord>;
  /** What each of those nodes lets through: the source of its first wired input, itself not passed over. */
  readonly sources: ReadonlyMap<string, Source | undefined>;
}

/**
 * Leads wires past the nodes `skipped`: what feeds the first wired input of one feeds what it fed. Wires keep their
 * ids and order; those that then have no source, or come back to where they start, are left out.
 *
 * @example a → b → c past b: a → c
 */
export function wiresPast(edges: Wires, skipped: ReadonlySet<string>, portsOf: PortsOf): Past {
  const feeds = firstFeeds(edges, skipped, portsOf);
  const past: Record<string, EdgeRecord> = {};
  for (const [id, e] of Object.entries(edges)) {
    if (skipped.has(e.to.node)) continue;
    const from = behind(e.from, skipped, feeds);
    if (from === e.from) past[id] = e;
    else if (from && from.node !== e.to.node) past[id] = { from, to: e.to };
  }
  const sources = new Map([...skipped].map((id) => [id, behind({ node: id, port: 'out' }, skipped, feeds)]));
  return { edges: past, sources };
}

/** Follows `from` back to a node that is not skipped; undefined where a skipped one has no wire, or a circle of them. */
function behind(
  from: Source,
  skipped: ReadonlySet<string>,
  feeds: ReadonlyMap<string, Source>,
): Source | undefined {
  let at: Source | undefined = from;
  for (let steps = 0; at && skipped.has(at.node); steps++) {
    at = steps > skipped.size ? undefined : feeds.get(at.node);
  }
  return at;
}

function firstFeeds(
  edges: Wires,
  skipped: ReadonlySet<string>,
  portsOf: PortsOf,
): ReadonlyMap<string, Source> {
  const first = new Map<string, EdgeRecord>();
  for (const e of Object.values(edges)) {
    if (!skipped.has(e.to.node)) continue;
    const before = first.get(e.to.node);
    if (!before || portOrder(portsOf(e.to.node))(e.to.port, before.to.port) < 0) first.set(e.to.node, e);
  }
  return new Map([...first].map(([id, e]) => [id, e.from]));
}

/** Ports as the kind lists them; those that it does not list come last, x2 before x10. */
export function portOrder(listed: readonly string[] = []): (a: string, b: string) => number {
  const rank = (port: string) => {
    const at = listed.indexOf(port);
    return at < 0 ? listed.length : at;
  };
  return (a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true });
}
