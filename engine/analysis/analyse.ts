import type { GraphDocument } from '../graph/document';
import { upstream } from '../graph/order';
import { addCost, type Cost, costOf, NO_COST } from '../ir/cost';
import type { Value } from '../ir/ir';
import type { Shape } from '../ir/shape';
import { type Elaboration, elaborate, type Instance } from './elaborate';
import { type Memory, trainingMemory } from './memory';
import type { Problem } from './problem';
import { fieldSize, type ReceptiveField, receptiveFields } from './receptive-field';

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

/** Shapes, cost, receptive fields and problems of `doc`, at the batch of its training section. */
export function analyse(doc: Pick<GraphDocument, 'nodes' | 'edges' | 'training'>): Analysis {
  const elaboration = elaborate(doc);
  const used = elaboration.output && upstream(elaboration.output.path, Object.values(doc.edges));
  const counted = [...elaboration.nodes.values()].filter((n) => !used || used.has(n.path));
  const costs = new Map<string, Cost>();
  const total = counted.map((n) => nodeCost(n, costs)).reduce(addCost, NO_COST);
  for (const n of elaboration.nodes.values()) nodeCost(n, costs);

  const fields = receptiveFields(elaboration.flat.flatMap((n) => n.own));
  const nodes = new Map<string, NodeAnalysis>();
  const visit = (instance: Instance): void => {
    const cost = costs.get(instance.path) ?? NO_COST;
    const share = total.macs > 0 ? cost.macs / total.macs : 0;
    nodes.set(instance.path, {
      instance,
      output: instance.output?.shape,
      cost,
      share,
      field: fieldOf(instance.output, fields),
    });
    instance.children.forEach(visit);
  };
  for (const n of elaboration.nodes.values()) visit(n);
  return {
    elaboration,
    nodes,
    total,
    memory: trainingMemory(total, doc.training.batch, doc.training.optimizer),
    field: fieldOf(elaboration.output?.output, fields),
    problems: elaboration.problems,
  };
}

const fieldOf = (v: Value | undefined, fields: ReadonlyMap<Value, ReceptiveField>) => v && fields.get(v);

/** Fills `into` for the node and its inside. */
function nodeCost(n: Instance, into: Map<string, Cost>): Cost {
  const known = into.get(n.path);
  if (known) return known;
  const cost =
    n.children.length > 0 ? n.children.map((c) => nodeCost(c, into)).reduce(addCost, NO_COST) : costOf(n.own);
  into.set(n.path, cost);
  return cost;
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
    nodes: rows.map((n) => row(n, analysis)),
    problems: problems.map(({ severity, code, what, why, remedy, place }) => ({
      code,
      what,
      why,
      remedy,
      place,
      severity,
    })),
  };
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
    receptiveField: field ? { size: fieldSize(field), stride: field.step } : null,
  };
}
