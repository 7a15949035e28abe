import type { Fault, Repair } from '../errors';
import { type Inserted, insertNode } from '../graph/commands/insert';
import type { GraphDocument } from '../graph/document';
import { type Shape, sameShape } from '../ir/shape';
import { findKind } from '../nodes/catalogue';
import { type Analysis, analyse } from './analyse';
import type { Instance } from './elaborate';
import { portIndex } from './wiring';

/** A repair with its price. */
export interface PricedRepair extends Repair {
  /** Parameters that the net gets by it, trainable ones; those of the mended node count too. */
  readonly added: number;
}

const MOST = 4;

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
  const wires = wiresInto(at, doc, analysis);
  if (wires.length === 0 || wires.some((w) => !w.shape)) return [];
  const shapes = wires.map((w) => w.shape!);
  return wires
    .flatMap(({ edge }, i) => candidates(shapes[i]!, shapes, at).map((c) => attempt(doc, at.path, edge, c)))
    .filter((r) => r !== undefined)
    .sort((a, b) => a.problems - b.problems || a.repair.added - b.repair.added)
    .map((r) => r.repair)
    .slice(0, MOST);
}

function wiresInto(node: Instance, doc: GraphDocument, { elaboration }: Analysis) {
  const inputs = node.def?.inputs ?? [];
  return Object.entries(doc.edges)
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

/** The repair with its price, or undefined when the node still refuses what comes in. */
function attempt(
  doc: GraphDocument,
  target: string,
  edge: string,
  { label, more = [], ...first }: Candidate,
) {
  const known = [first, ...more].map((n) => ({ ...n, v: findKind(n.type)?.version }));
  if (known.some((n) => n.v === undefined)) return undefined;
  const [one, ...rest] = known as (Inserted & { v: number })[];
  const args = { edge, ...one!, ...(rest.length > 0 && { more: rest }) };
  const next = insertNode.run(doc, args);
  const after = analyse(next);
  if (!after.elaboration.nodes.get(target)?.output) return undefined;
  const fresh = [target, ...Object.keys(next.nodes).filter((id) => !Object.hasOwn(doc.nodes, id))];
  const added = fresh.reduce((n, id) => n + (after.nodes.get(id)?.cost.params.trainable ?? 0), 0);
  const errors = after.problems.filter((p) => p.severity === 'error');
  return { problems: errors.length, repair: { label, command: insertNode.id, args, added } };
}
