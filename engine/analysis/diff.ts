import { type Cost, NO_COST } from '../ir/cost';
import { type Shape, sameShape } from '../ir/shape';
import { analyse } from './analyse';
import type { Instance } from './elaborate';
import { flowOf } from './flow';

/** `rewired`: the node is the same, but reads others. */
export type ChangeKind = 'added' | 'removed' | 'changed' | 'rewired' | 'same';

export interface ParamChange {
  readonly name: string;
  readonly from: unknown;
  readonly to: unknown;
}
/** One node of either net, or the same node of both. */
export interface NodeDiff {
  readonly kind: ChangeKind;
  readonly before: Instance | undefined;
  readonly after: Instance | undefined;
  /** Those that differ; `kind` and `name` stand first where they do. */
  readonly params: readonly ParamChange[];
  /** Output shapes, where they differ. */
  readonly shape: { readonly from: Shape | undefined; readonly to: Shape | undefined } | null;
  /** What the change costs: after less before. */
  readonly cost: CostDiff;
  /** Nodes that this one reads, in both nets. */
  readonly sources: { readonly before: readonly Instance[]; readonly after: readonly Instance[] };
}
export interface CostDiff {
  readonly params: number;
  readonly macs: number;
  readonly activations: number;
}
export interface GraphDiff {
  /** In execution order; what was removed stands where it stood. */
  readonly nodes: readonly NodeDiff[];
  readonly before: Cost;
  readonly after: Cost;
  readonly cost: CostDiff;
}

type Doc = Parameters<typeof analyse>[0];

/**
 * What makes `after` of `before`. Nodes are the same by id and kind; the others by what they are and the order in
 * which they are executed, so that a net that was built anew is compared too. Where they lie on the canvas is no change.
 *
 * @param flat compares layers, with blocks opened, in place of the graphs' own nodes
 */
export function diffGraphs(before: Doc, after: Doc, flat = false): GraphDiff {
  const [a, b] = [sideOf(before, flat), sideOf(after, flat)];
  const matches = match(a.nodes, b.nodes);
  const nodes = inOrder(a.nodes, b.nodes, matches).map(([x, y]) => compare(x, y, a, b, matches));
  return { nodes, before: a.total, after: b.total, cost: costDiff(a.total, b.total) };
}

interface Side {
  readonly nodes: readonly Instance[];
  readonly total: Cost;
  readonly raw: (n: Instance) => Readonly<Record<string, unknown>>;
  sources(n: Instance): readonly Instance[];
}

function sideOf(doc: Doc, flat: boolean): Side {
  const { elaboration, total } = analyse(doc);
  const raw = (n: Instance) => n.params ?? doc.nodes[n.path]?.params ?? {};
  if (flat) {
    const flow = flowOf(elaboration);
    return { nodes: elaboration.flat, total, raw, sources: (n) => flow.get(n) ?? [] };
  }
  const sources = (n: Instance) =>
    (elaboration.sources.get(n.path) ?? []).flatMap((id) => elaboration.nodes.get(id ?? '') ?? []);
  return { nodes: [...elaboration.nodes.values()], total, raw, sources };
}

type Matches = ReadonlyMap<Instance, Instance>;

/** Each node of `a` with its partner in `b`. */
function match(a: readonly Instance[], b: readonly Instance[]): Matches {
  const found = new Map<Instance, Instance>();
  const byPath = new Map(b.map((n) => [n.path, n]));
  for (const n of a) {
    const other = byPath.get(n.path);
    if (other?.type === n.type) found.set(n, other);
  }
  const signature = (n: Instance) => `${n.type} ${JSON.stringify(n.params)}`;
  for (const key of [signature, (n: Instance) => n.type]) {
    const taken = new Set(found.values());
    const [left, right] = [a.filter((n) => !found.has(n)), b.filter((n) => !taken.has(n))];
    for (const [x, y] of longestCommon(left, right, key)) found.set(x, y);
  }
  const taken = new Set(found.values());
  for (const n of a) {
    const other = found.has(n) ? undefined : byPath.get(n.path);
    if (other && !taken.has(other)) found.set(n, other);
  }
  return found;
}

/** Cells of the table of lengths; above it pairs are taken from the front. */
const MOST = 4_000_000;

/** A longest common subsequence of both by `key`. */
function longestCommon(
  a: readonly Instance[],
  b: readonly Instance[],
  key: (n: Instance) => string,
): readonly (readonly [Instance, Instance])[] {
  const [x, y] = [a.map(key), b.map(key)];
  if (a.length * b.length > MOST) return fromFront(a, b, x, y);
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] =
        x[i] === y[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
  const pairs: [Instance, Instance][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (x[i] === y[j]) pairs.push([a[i++]!, b[j++]!]);
    else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}

function fromFront(
  a: readonly Instance[],
  b: readonly Instance[],
  x: readonly string[],
  y: readonly string[],
) {
  const waiting = new Map<string, number[]>();
  y.forEach((key, j) => {
    waiting.set(key, [...(waiting.get(key) ?? []), j]);
  });
  return a.flatMap((n, i) => {
    const j = waiting.get(x[i]!)?.shift();
    return j === undefined ? [] : [[n, b[j]!] as const];
  });
}

type Pair = readonly [before: Instance | undefined, after: Instance | undefined];

/** Nodes of `b` in their order; those that only `a` has follow the one that they followed there. */
function inOrder(a: readonly Instance[], b: readonly Instance[], matches: Matches): readonly Pair[] {
  const partner = new Map([...matches].map(([x, y]) => [y, x]));
  const following = new Map<Instance | undefined, Instance[]>();
  let last: Instance | undefined;
  for (const n of a) {
    const other = matches.get(n);
    if (other) last = other;
    else following.set(last, [...(following.get(last) ?? []), n]);
  }
  const gone = (after: Instance | undefined): Pair[] =>
    (following.get(after) ?? []).map((n): Pair => [n, undefined]);
  return [...gone(undefined), ...b.flatMap((n): Pair[] => [[partner.get(n), n], ...gone(n)])];
}

function compare(
  x: Instance | undefined,
  y: Instance | undefined,
  a: Side,
  b: Side,
  matches: Matches,
): NodeDiff {
  const params = x && y ? paramChanges(x, y, a, b) : [];
  const sources = { before: x ? a.sources(x) : [], after: y ? b.sources(y) : [] };
  const kind = !x ? 'added' : !y ? 'removed' : params.length > 0 ? 'changed' : undefined;
  const [from, to] = [x?.output?.shape, y?.output?.shape];
  const same = from && to ? sameShape(from, to) : from === to;
  return {
    kind: kind ?? (reads(sources, matches) ? 'same' : 'rewired'),
    ...{ before: x, after: y, params, sources },
    shape: x && y && !same ? { from, to } : null,
    cost: costDiff(x?.cost ?? NO_COST, y?.cost ?? NO_COST),
  };
}

const reads = ({ before, after }: NodeDiff['sources'], matches: Matches): boolean =>
  before.length === after.length && before.every((s, i) => matches.get(s) === after[i]);

function paramChanges(x: Instance, y: Instance, a: Side, b: Side): readonly ParamChange[] {
  const found: ParamChange[] = [];
  if (x.type !== y.type) found.push({ name: 'kind', from: x.type, to: y.type });
  const [from, to] = [a.raw(x), b.raw(y)];
  if (x.type === y.type)
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)]))
      if (JSON.stringify(from[name]) !== JSON.stringify(to[name]))
        found.push({ name, from: from[name], to: to[name] });
  return found;
}

const costDiff = (a: Cost, b: Cost): CostDiff => ({
  params: b.params.trainable - a.params.trainable,
  macs: b.macs - a.macs,
  activations: b.activations - a.activations,
});

/** Whether the two nets compute the same. */
export const isSame = ({ nodes }: GraphDiff): boolean => nodes.every((n) => n.kind === 'same');
