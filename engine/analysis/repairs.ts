import type { Fault, Repair } from '../errors';
import { type Inserted, insertNode } from '../graph/commands/insert';
import { setParam } from '../graph/commands/nodes';
import type { GraphDocument } from '../graph/document';
import type { Cost } from '../ir/cost';
import { type Shape, sameShape } from '../ir/shape';
import { findKind } from '../nodes/catalogue';
import { type Analysis, analyse } from './analyse';
import type { Instance } from './elaborate';
import { portIndex } from './wiring';

/** A repair with its price. */
export interface PricedRepair extends Repair {
  /** Parameters that the net gets by it, trainable ones; those of the mended node count too. */
  readonly added: number;
  /** Multiply-accumulates of the same nodes, for one picture. */
  readonly macs: number;
  /** What the mended node then gives. */
  readonly shape: Shape;
}

const MOST = 5;

/**
 * What can stand on a wire so that the node at its end takes what comes in. Every repair was tried on a copy of the
 * document: the fault is gone after it. The cheapest in parameters comes first.
 *
 * @param fault a problem of the graph, by the place of its node or edge
 * @example 28×28×16 and 14×14×32 at an Add: zero-pad shortcut +0, projection 1×1 with stride 2 +544
 */
export function shapeRepairs(
  doc: GraphDocument,
  analysis: Analysis,
  fault: Pick<Fault, 'place'>,
): readonly PricedRepair[] {
  const target = fault.place.node ?? (fault.place.edge && doc.edges[fault.place.edge]?.to.node);
  const at = target === undefined ? undefined : analysis.elaboration.nodes.get(target);
  if (!at || at.output) return [];
  const wires = wiresInto(at, analysis);
  if (wires.length === 0 || wires.some((w) => !w.shape)) return [];
  const shapes = wires.map((w) => w.shape!);
  const inserted = wires.flatMap(({ edge }, i) =>
    candidates(shapes[i]!, shapes, at).map((c) => insertion(edge, c)),
  );
  const tuned = wires.flatMap(({ e }, i) => tunings(analysis, e.from.node, shapes[i]!, shapes));
  return [...inserted, ...tuned]
    .map((r) => r && attempt(doc, analysis, at.path, r))
    .filter((r) => r !== undefined)
    .sort((a, b) => a.problems - b.problems || a.repair.added - b.repair.added)
    .map((r) => r.repair)
    .slice(0, MOST);
}

function wiresInto(node: Instance, { elaboration }: Analysis) {
  const inputs = node.def?.inputs ?? [];
  return Object.entries(elaboration.edges)
    .filter(([, e]) => e.to.node === node.path)
    .map(([edge, e]) => ({ edge, e, shape: elaboration.nodes.get(e.from.node)?.output?.shape }))
    .sort((a, b) => (portIndex(inputs, a.e.to.port) ?? 0) - (portIndex(inputs, b.e.to.port) ?? 0));
}

interface Candidate extends Inserted {
  readonly label: string;
  readonly more?: readonly Inserted[];
}

/** Nodes that turn `shape` into one of the others, or into the vector that `at` takes. */
function candidates(shape: Shape, all: readonly Shape[], at: Instance): readonly Candidate[] {
  const others = all.filter((s, i) => !sameShape(s, shape) && all.findIndex((t) => sameShape(s, t)) === i);
  const found = others.flatMap((goal) => (shape.length === 3 ? mapTo(shape, goal) : vectorTo(goal)));
  // a vector could be spread over the other maps, which nobody means who joins two maps
  const alone = all.every((s) => s === shape || s.length === 1);
  return [...found, ...(alone ? toVector(shape) : []), ...toClasses(shape, at)];
}

function mapTo([h, w, channels]: Shape, [height, width, filters]: Shape): readonly Candidate[] {
  if (filters === undefined) return [];
  const stride = Math.ceil(h! / height!);
  if (Math.ceil(h! / stride) !== height || Math.ceil(w! / stride) !== width) return [];
  const strided = stride > 1 ? `, stride ${stride}` : '';
  const project = {
    label: `Projection 1×1${strided}`,
    type: 'conv2d',
    params: { filters, kernel: 1, stride },
  };
  const shortcut = { mode: 'shortcut', filters, stride };
  const pool = {
    label: `Max pool ${stride}×${stride}`,
    type: 'max-pool',
    params: { kernel: stride, stride, padding: 'same' },
  };
  return [
    project,
    ...(filters >= channels!
      ? [{ label: `Zero-pad shortcut${strided}`, type: 'zero-pad', params: shortcut }]
      : []),
    ...(stride > 1 ? [pool] : []),
  ];
}

const vectorTo = (goal: Shape): readonly Candidate[] =>
  goal.length === 1
    ? [{ label: `Dense of ${goal[0]} units`, type: 'dense', params: { units: goal[0] } }]
    : [];

const toVector = (shape: Shape): readonly Candidate[] =>
  shape.length === 3
    ? [
        { label: 'Global average pool', type: 'global-avg-pool' },
        { label: 'Flatten', type: 'flatten' },
      ]
    : [];

/** At the output: a score for each class. */
function toClasses(shape: Shape, at: Instance): readonly Candidate[] {
  const units = at.params?.['classes'];
  if (at.def?.role !== 'output' || typeof units !== 'number') return [];
  const scores = { type: 'dense', params: { units } };
  const label = `Dense of ${units} units`;
  return shape.length === 1
    ? [{ label, ...scores }]
    : [
        { label: `Global average pool, ${label}`, type: 'global-avg-pool', more: [scores] },
        { label: `Flatten, ${label}`, type: 'flatten', more: [scores] },
      ];
}

interface Trial extends Repair {
  readonly next: (doc: GraphDocument) => GraphDocument;
}

/** The candidate as a command, or undefined for a kind that is not here. */
function insertion(edge: string, { label, more = [], ...first }: Candidate): Trial | undefined {
  const known = [first, ...more].map((n) => ({ ...n, v: findKind(n.type)?.version }));
  if (known.some((n) => n.v === undefined)) return undefined;
  const [one, ...rest] = known as (Inserted & { v: number })[];
  const args = { edge, ...one!, ...(rest.length > 0 && { more: rest }) };
  return { label, command: insertNode.id, args, next: (doc) => insertNode.run(doc, args) };
}

/** Other parameters of the node that a map comes from: padding that keeps the sides, or a stride that makes them fit. */
function tunings(
  { elaboration }: Analysis,
  source: string,
  shape: Shape,
  all: readonly Shape[],
): readonly Trial[] {
  const node = elaboration.nodes.get(source);
  const { padding, stride } = node?.params ?? {};
  const goal = all.find((s) => s.length === 3 && !sameShape(s.slice(0, 2), shape.slice(0, 2)));
  if (!node || !goal || shape.length !== 3) return [];
  const trial = (label: string, param: string, value: unknown): Trial => {
    const args = { id: source, param, value };
    return { label, command: setParam.id, args, next: (doc) => setParam.run(doc, args) };
  };
  const title = node.title;
  const trials: Trial[] = [];
  if (padding !== undefined && padding !== 'same')
    trials.push(trial(`Padding 'same' in ${title}`, 'padding', 'same'));
  if (typeof stride === 'number') {
    const wanted = Math.round((stride * shape[0]!) / goal[0]!);
    if (wanted >= 1 && wanted !== stride)
      trials.push(trial(`Stride ${wanted} in ${title}`, 'stride', wanted));
  }
  return trials;
}

/** The repair with its price, or undefined when the node still refuses what comes in. */
function attempt(doc: GraphDocument, before: Analysis, target: string, { next: run, ...repair }: Trial) {
  const next = run(doc);
  const after = analyse(next);
  const shape = after.elaboration.nodes.get(target)?.output?.shape;
  if (!shape) return undefined;
  const changed = Object.keys(next.nodes).filter((id) => id === target || next.nodes[id] !== doc.nodes[id]);
  const sum = (of: Analysis, what: (c: Cost) => number) =>
    changed.reduce((n, id) => n + (of.nodes.get(id) ? what(of.nodes.get(id)!.cost) : 0), 0);
  const params = (c: Cost) => c.params.trainable;
  const macs = (c: Cost) => c.macs;
  const price = {
    added: sum(after, params) - sum(before, params),
    macs: sum(after, macs) - sum(before, macs),
  };
  const errors = after.problems.filter((p) => p.severity === 'error');
  return { problems: errors.length, repair: { ...repair, ...price, shape } };
}
