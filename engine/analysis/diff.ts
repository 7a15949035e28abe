import type { GraphDocument } from '../graph/document';
import type { Cost } from '../ir/cost';
import { type Shape, sameShape } from '../ir/shape';
import { type Analysis, analyse } from './analyse';
import type { Instance } from './elaborate';
import { matchUnits, type Pairs } from './match';
import { canonical, type Unit, unitsOf } from './units';

export type DiffState = 'added' | 'removed' | 'changed' | 'unchanged';
interface Change<T> {
  readonly from: T;
  readonly to: T;
}
/** A parameter that only one of both has is undefined in the other. */
export interface ParamChange extends Change<unknown> {
  readonly name: string;
}
/** What feeds a port: a path in each document, null where no wire leads to it. */
export interface SourceChange extends Change<string | null> {
  readonly port: string;
}

/** A node of one document, or the same node of both. */
export interface NodeDiff {
  /** Of this node among all of both documents. */
  readonly key: string;
  readonly state: DiffState;
  readonly before: Unit | undefined;
  readonly after: Unit | undefined;
  readonly params: readonly ParamChange[];
  readonly shape: Change<Shape | null> | undefined;
  readonly sources: readonly SourceChange[];
  /** Whether the block that it is a use of has another inside, with the same parameters. */
  readonly inside: boolean;
  /** Whether it changed only because of nodes before it: its own parameters and wires are the same. */
  readonly follows: boolean;
}
export interface WireDiff {
  readonly state: Exclude<DiffState, 'changed'>;
  /** Keys of nodes. */
  readonly from: string;
  readonly to: string;
  readonly port: string;
}
export interface GraphDiff {
  /** In execution order; a removed node stands behind those that stood before it. */
  readonly nodes: readonly NodeDiff[];
  readonly wires: readonly WireDiff[];
  readonly total: Change<Cost>;
  /** Whether no node and no wire was added, removed or changed. Places, names and training do not count. */
  readonly equal: boolean;
}

/**
 * What makes `b` another net than `a`. Nodes of both are matched by name and type, then by their neighbours and the
 * order of execution (match.ts), so that new names are no change.
 *
 * @param flat compares layers with composites opened, in place of the graph's own nodes
 */
export function diff(
  a: GraphDocument,
  b: GraphDocument,
  { flat = false, analysisOf = analyse }: { flat?: boolean; analysisOf?(doc: GraphDocument): Analysis } = {},
): GraphDiff {
  const [was, is] = [analysisOf(a), analysisOf(b)];
  const [before, after] = [unitsOf(a, was, flat), unitsOf(b, is, flat)];
  const pairs = matchUnits(before, after);
  const blocks = canonical(a.blocks) !== canonical(b.blocks);
  const nodes = merged(before, after, pairs).map(([x, y]) => nodeDiff(x, y, pairs, blocks));
  const wires = wireDiffs(nodes);
  const equal = nodes.every((n) => n.state === 'unchanged') && wires.every((w) => w.state === 'unchanged');
  return { nodes, wires, total: { from: was.total, to: is.total }, equal };
}

type Both = readonly [before: Unit | undefined, after: Unit | undefined];

function merged(before: readonly Unit[], after: readonly Unit[], pairs: Pairs): readonly Both[] {
  const back = new Map([...pairs].map(([x, y]) => [y, x]));
  const known = new Map(before.map((u) => [u.path, u]));
  const place = new Map(before.map((u, i) => [u.path, i]));
  const result: Both[] = [];
  let next = 0;
  const removedUpTo = (end: number): void => {
    for (; next < end; next++) if (!pairs.has(before[next]!.path)) result.push([before[next], undefined]);
  };
  for (const unit of after) {
    const old = back.get(unit.path);
    if (old !== undefined) removedUpTo(place.get(old)!);
    result.push([old === undefined ? undefined : known.get(old), unit]);
  }
  removedUpTo(before.length);
  return result;
}

function nodeDiff(
  before: Unit | undefined,
  after: Unit | undefined,
  pairs: Pairs,
  blocks: boolean,
): NodeDiff {
  const key = `${before?.path ?? ''}|${after?.path ?? ''}`;
  const none = { params: [], shape: undefined, sources: [], inside: false, follows: false };
  if (!before || !after) return { key, state: after ? 'added' : 'removed', before, after, ...none };
  const params = changesOf(before.params, after.params);
  const sources = sourceChanges(before, after, pairs);
  const shape = shapeChange(before, after);
  const inside = blocks && params.length === 0 && insideOf(before.instance) !== insideOf(after.instance);
  const own = params.length > 0 || sources.length > 0 || inside;
  const follows = !own && (shape !== undefined || !sameCost(before.instance.cost, after.instance.cost));
  const state = own || follows ? 'changed' : 'unchanged';
  return { key, state, before, after, params, shape, sources, inside, follows };
}

function changesOf(from: Unit['params'], to: Unit['params']): readonly ParamChange[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names
    .filter((name) => canonical(from[name]) !== canonical(to[name]))
    .map((name) => ({ name, from: from[name], to: to[name] }));
}

function sourceChanges(before: Unit, after: Unit, pairs: Pairs): readonly SourceChange[] {
  const ports = [...new Set([...before.sources.keys(), ...after.sources.keys()])].sort();
  return ports.flatMap((port) => {
    const [from, to] = [before.sources.get(port) ?? null, after.sources.get(port) ?? null];
    const same = from === null || to === null ? from === to : pairs.get(from) === to;
    return same ? [] : [{ port, from, to }];
  });
}

function shapeChange({ instance: a }: Unit, { instance: b }: Unit): Change<Shape | null> | undefined {
  const [from, to] = [a.output?.shape ?? null, b.output?.shape ?? null];
  const same = from && to ? sameShape(from, to) : from === to;
  return same ? undefined : { from, to };
}

const insideOf = ({ children, wires, result }: Instance): string =>
  canonical([children.map((c) => [c.type, c.params ?? null, insideOf(c)]), wires, result ?? null]);

const sameCost = (a: Cost, b: Cost): boolean => canonical(a) === canonical(b);

/** Each wire once: of both documents, where its ends are the same nodes and its port is. */
function wireDiffs(nodes: readonly NodeDiff[]): readonly WireDiff[] {
  const olds = keysBy(nodes, (n) => n.before);
  const news = keysBy(nodes, (n) => n.after);
  return nodes.flatMap(({ key, before, after }) => {
    const ports = [...new Set([...(before?.sources.keys() ?? []), ...(after?.sources.keys() ?? [])])];
    return ports.flatMap((port): WireDiff[] => {
      const was = olds.get(before?.sources.get(port) ?? '');
      const is = news.get(after?.sources.get(port) ?? '');
      const wire = (from: string | undefined, state: WireDiff['state']): WireDiff[] =>
        from === undefined ? [] : [{ state, from, to: key, port }];
      return was === is ? wire(is, 'unchanged') : [...wire(was, 'removed'), ...wire(is, 'added')];
    });
  });
}

const keysBy = (
  nodes: readonly NodeDiff[],
  side: (n: NodeDiff) => Unit | undefined,
): ReadonlyMap<string, string> =>
  new Map(nodes.flatMap((n) => (side(n) ? [[side(n)!.path, n.key] as const] : [])));

const costAt = (unit: Unit | undefined): Cost | null => unit?.instance.cost ?? null;

/** The comparison as plain data: what `convloom diff --json` prints. The form is stable. */
export function diffReport(result: GraphDiff) {
  const pathOf = new Map(result.nodes.map((n) => [n.key, (n.after ?? n.before)!.path]));
  return {
    equal: result.equal,
    total: result.total,
    nodes: result.nodes.map((n) => ({
      state: n.state,
      type: (n.after ?? n.before)!.instance.type,
      before: n.before?.path ?? null,
      after: n.after?.path ?? null,
      params: n.params.map(({ name, from, to }) => ({ name, from: from ?? null, to: to ?? null })),
      output: n.shape ?? null,
      sources: n.sources,
      inside: n.inside,
      follows: n.follows,
      cost: { from: costAt(n.before), to: costAt(n.after) },
    })),
    wires: result.wires
      .filter((w) => w.state !== 'unchanged')
      .map((w) => ({ ...w, from: pathOf.get(w.from)!, to: pathOf.get(w.to)! })),
  };
}
