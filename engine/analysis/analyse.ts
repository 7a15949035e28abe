import type { GraphDocument } from '../graph/document';
import { addCost, type Cost, NO_COST } from '../ir/cost';
import { type Shape, size } from '../ir/shape';
import { atOnce, type Pieces } from '../pieces';
import { reaching } from './checks';
import { type Elaboration, elaborating, type Instance } from './elaborate';
import { fieldsOf } from './fields';
import { hintsOf } from './hints/hints';
import { type Memory, trainingMemory } from './memory';
import type { Problem } from './problem';
import { fieldSize, type ReceptiveField } from './receptive-field';
import { residencyOf } from './residency';

export interface NodeAnalysis {
  readonly instance: Instance;
  readonly output: Shape | undefined;
  readonly cost: Cost;
  /** Share of the whole net's MACs, 0 to 1. */
  readonly share: number;
  readonly field: ReceptiveField | undefined;
}

/** All that the window and the terminal say of a net, by path; composites and what is inside them both have a row. */
export interface Analysis {
  readonly elaboration: Elaboration;
  readonly nodes: ReadonlyMap<string, NodeAnalysis>;
  /** Sums over the nodes that reach the output; over all nodes while there is no output. */
  readonly total: Cost;
  readonly memory: Memory;
  readonly field: ReceptiveField | undefined;
  readonly problems: readonly Problem[];
}

type Graph = Pick<GraphDocument, 'nodes' | 'edges' | 'training'> & Partial<Pick<GraphDocument, 'blocks'>>;

/** Shapes, cost, receptive fields and problems of `doc`, at the batch of its training section. */
export const analyse = (doc: Graph): Analysis => atOnce(analysing(doc));

/** The same in pieces. */
export function* analysing(doc: Graph): Pieces<Analysis> {
  const elaboration = yield* elaborating(doc);
  yield;
  const all = [...elaboration.nodes.values()];
  const ends = all.filter((n) => n.def?.role === 'auxiliary' || n === elaboration.output);
  const used = elaboration.output && reaching(ends, Object.values(elaboration.edges));
  const total = all.reduce((sum, n) => (!used || used.has(n.path) ? addCost(sum, n.cost) : sum), NO_COST);
  yield;
  const fields = fieldsOf(elaboration);
  yield;
  const nodes = new Map<string, NodeAnalysis>();
  const visit = (instance: Instance): void => {
    const { path, output, cost } = instance;
    const share = total.macs > 0 ? cost.macs / total.macs : 0;
    nodes.set(path, { instance, output: output?.shape, cost, share, field: fields.get(path) });
    instance.children.forEach(visit);
  };
  all.forEach(visit);
  elaboration.bypassed.forEach(visit);
  yield;
  return {
    elaboration,
    nodes,
    total,
    memory: trainingMemory(elaboration, total, doc.training.batch, doc.training),
    field: elaboration.output && fields.get(elaboration.output.path),
    problems: elaboration.problems,
  };
}

/**
 * The analysis as plain data: what `convloom analyze --json` prints. The form is stable.
 *
 * @param flat layers in execution order with composites opened, in place of the graph's own nodes
 */
export function report(doc: GraphDocument, analysis: Analysis, flat = false) {
  const { elaboration, total, memory, problems } = analysis;
  const rows = flat ? elaboration.flat : [...elaboration.nodes.values()];
  return {
    name: doc.name,
    input: elaboration.input?.output?.shape ?? null,
    output: elaboration.output?.output?.shape ?? null,
    params: total.params,
    macs: total.macs,
    memory,
    inference: residencyOf(elaboration).inference * FLOAT,
    nodes: rows.map((n) => row(n, analysis)),
    problems: problems.map(plain),
    hints: hintsOf(doc, analysis).map(plain),
  };
}

const FLOAT = 4;

const plain = ({ severity, code, what, why, remedy, place }: Problem) => ({
  ...{ code, what, why, remedy, place, severity },
});

/**
 * Multiply-accumulates for each byte that a forward pass of one picture moves: weights, what comes in, what is made.
 *
 * @see Williams, Waterman, Patterson. Roofline: An Insightful Visual Performance Model. 2009
 */
export function intensity({ inputs, cost }: Instance): number {
  const given = inputs.reduce((n, v) => n + (v ? size(v.shape) : 0), 0);
  const moved = given + cost.activations + cost.params.trainable + cost.params.nonTrainable;
  return moved > 0 ? cost.macs / (moved * FLOAT) : 0;
}

function row(n: Instance, analysis: Analysis) {
  const { output, cost, field } = analysis.nodes.get(n.path)!;
  return {
    id: n.path.split('/').at(-1)!,
    path: n.path,
    type: n.type,
    output: output ?? null,
    params: cost.params,
    macs: cost.macs,
    activations: cost.activations,
    neurons: output ? size(output) : null,
    intensity: Number(intensity(n).toPrecision(4)),
    receptiveField: field ? { size: fieldSize(field), stride: field.step, offset: field.low } : null,
  };
}
