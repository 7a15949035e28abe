import type { EdgeRecord, GraphDocument } from '../graph/document';
import { OUTSIDE } from '../nodes/subgraph';
import type { Analysis } from './analyse';
import type { Instance } from './elaborate';

/** A node as two graphs are compared by: the graph's own, or a layer inside of its blocks. */
export interface Unit {
  readonly path: string;
  readonly instance: Instance;
  /** With defaults filled in; as they stand in the file where they are at fault. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Paths that feed it, by port. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * The nodes of a document in execution order.
 *
 * @param flat layers with composites opened, in place of the graph's own nodes
 */
export const unitsOf = (doc: GraphDocument, analysis: Analysis, flat: boolean): readonly Unit[] =>
  flat ? leafUnits(doc, analysis) : ownUnits(doc, analysis);

function ownUnits(doc: GraphDocument, { elaboration }: Analysis): readonly Unit[] {
  const sources = wiresInto(Object.values(elaboration.edges));
  return [...elaboration.nodes.values()].map((instance) => ({
    path: instance.path,
    instance,
    params: instance.params ?? doc.nodes[instance.path]!.params,
    sources: sources.get(instance.path) ?? new Map(),
  }));
}

function wiresInto(
  edges: readonly Pick<EdgeRecord, 'from' | 'to'>[],
): ReadonlyMap<string, Map<string, string>> {
  const into = new Map<string, Map<string, string>>();
  for (const { from, to } of edges) {
    if (!into.has(to.node)) into.set(to.node, new Map());
    into.get(to.node)!.set(to.port, from.node);
  }
  return into;
}

/** Wires are followed through the ports of composites to the layers that they join. */
function leafUnits(doc: GraphDocument, analysis: Analysis): readonly Unit[] {
  const found: Unit[] = [];
  const ends = new Map<string, string>();
  for (const own of ownUnits(doc, analysis)) {
    const sources = new Map([...own.sources].map(([port, from]) => [port, ends.get(from) ?? from]));
    ends.set(own.path, open({ ...own, sources }, found));
  }
  return found;
}

/** Adds the layers of `unit` to `found`. @returns the path of the one that gives its output */
function open(unit: Unit, found: Unit[]): string {
  const { instance, sources, path } = unit;
  if (instance.children.length === 0) {
    found.push(unit);
    return path;
  }
  const into = wiresInto(instance.wires);
  const ends = new Map<string, string>();
  for (const child of instance.children) {
    const name = child.path.slice(path.length + 1);
    const given = instance.wires.filter((w) => w.to.node === name && w.from.node === OUTSIDE);
    const outer = new Map(given.map((w) => [w.to.port, sources.get(w.from.port) ?? path]));
    const inner = [...(into.get(name) ?? [])].map(([port, from]) => [port, ends.get(from) ?? path] as const);
    const all = new Map([...inner, ...outer]);
    ends.set(
      name,
      open({ path: child.path, instance: child, params: child.params ?? {}, sources: all }, found),
    );
  }
  return ends.get(instance.result?.node ?? '') ?? path;
}

/** JSON with keys in the order of the alphabet, equal for equal values; without the places of nodes in a body. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([k, v]) => v !== undefined && !isPlace(k, v));
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${sorted.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}

const isPlace = (key: string, value: unknown): boolean => key === 'position' && typeof value === 'object';
