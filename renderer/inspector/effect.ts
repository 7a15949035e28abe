import { checkFit, type DataShape } from '../../engine/analysis/fit';
import type { Problem } from '../../engine/analysis/problem';
import type { GraphDocument } from '../../engine/graph/document';
import { addCost, type Cost, NO_COST } from '../../engine/ir/cost';
import { type Shape, sameShape } from '../../engine/ir/shape';
import { analysisOf } from '../app/store';

/** A figure before and after a change. */
export interface Figure {
  readonly before: number;
  readonly after: number;
}
/** What a change would do, to the nodes that it is made at and to the whole net. */
export interface Effect {
  /** Of the first node whose output changes; undefined where it cannot be worked out. */
  readonly output: { readonly before: Shape | undefined; readonly after: Shape | undefined } | undefined;
  readonly here: { readonly params: Figure; readonly macs: Figure };
  readonly net: { readonly params: Figure; readonly macs: Figure; readonly memory: Figure };
  /** Whether the nodes still have an output after the change; what they cost is not known else. */
  readonly works: boolean;
  /** Faults that are there after the change and not before; and the other way round. */
  readonly faults: readonly Problem[];
  readonly mended: readonly Problem[];
}

/**
 * Compares two documents that differ by a change of parameters.
 *
 * @param paths of the nodes that are changed; none for a setting of the training
 * @param data  to which the net must fit
 */
export function effectOf(
  before: GraphDocument,
  after: GraphDocument,
  paths: readonly string[],
  data: DataShape | null = null,
): Effect {
  const [a, b] = [analysisOf(before), analysisOf(after)];
  const shapeAt = (analysis: typeof a, path: string) => analysis.nodes.get(path)?.output;
  const reshaped = paths.find((path) => !alike(shapeAt(a, path), shapeAt(b, path)));
  const [oldHere, newHere] = [sumAt(a, paths), sumAt(b, paths)];
  const [oldFaults, newFaults] = [faultsOf(before, data), faultsOf(after, data)];
  return {
    output:
      reshaped === undefined ? undefined : { before: shapeAt(a, reshaped), after: shapeAt(b, reshaped) },
    here: { params: figure(oldHere, newHere, all), macs: figure(oldHere, newHere, (c) => c.macs) },
    net: {
      params: figure(a.total, b.total, all),
      macs: figure(a.total, b.total, (c) => c.macs),
      memory: { before: a.memory.total, after: b.memory.total },
    },
    works: paths.every((path) => shapeAt(b, path) !== undefined),
    faults: without(newFaults, oldFaults),
    mended: without(oldFaults, newFaults),
  };
}

const all = ({ params }: Cost): number => params.trainable + params.nonTrainable;
const figure = (a: Cost, b: Cost, of: (c: Cost) => number): Figure => ({ before: of(a), after: of(b) });
const alike = (a: Shape | undefined, b: Shape | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && sameShape(a, b));

const sumAt = ({ nodes }: ReturnType<typeof analysisOf>, paths: readonly string[]): Cost =>
  paths.reduce((sum, path) => addCost(sum, nodes.get(path)?.cost ?? NO_COST), NO_COST);

function faultsOf(doc: GraphDocument, data: DataShape | null): readonly Problem[] {
  const { problems, elaboration } = analysisOf(doc);
  return data ? [...problems, ...checkFit(elaboration, data)] : problems;
}
/** Those of `list` whose like is not among `others`; the numbers in the words may differ. */
function without(list: readonly Problem[], others: readonly Problem[]): readonly Problem[] {
  const key = ({ code, place }: Problem) =>
    `${code} ${place.node} ${place.port} ${place.param} ${place.edge}`;
  const known = new Set(others.map(key));
  return list.filter((p) => !known.has(key(p)));
}

/** Whether anything that is told changes. */
export const isQuiet = ({ output, here, net, faults, mended }: Effect): boolean =>
  output === undefined &&
  faults.length + mended.length === 0 &&
  [here.params, here.macs, net.params, net.macs, net.memory].every((f) => f.before === f.after);
