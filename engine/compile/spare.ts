import { isOp, type Value } from '../ir/ir';
import type { Output, Pointer, TfGraph } from '../tensorflow/graph';
import type { Pass } from './pass';

/**
 * Lets the backward pass read each concatenation from a second one, made when it comes to it: between the passes only
 * the parts are kept, which in a DenseNet all concatenations of a block share. A copy, and the same numbers.
 *
 * @param backward operations of the backward pass, in the order in which they were added
 * @see Pleiss et al. 2017, Memory-Efficient Implementation of DenseNets. arXiv:1707.06990
 */
export function spareConcats({ graph, made }: Pass, backward: readonly Pointer[]): void {
  const joins = [...made].flatMap(([value, joined]) => (isOp(value, 'concat') ? [{ value, joined }] : []));
  if (joins.length === 0 || !graph.canRedirect) return;
  const order = graph.orderOf(backward);
  for (const { value, joined } of joins) {
    const readers = graph.readers(joined, order).filter((r) => !asksForShape(graph, r));
    const slope = readers.length > 0 ? slopeInto(graph, readers[0]!, order) : undefined;
    if (!slope) continue;
    const parts = partsOf(value, value.attrs.axis).map((v) => made.get(v)!);
    const axis = graph.int(value.attrs.axis + 1);
    // what comes down to the first reader waits for none of the others, so that nothing waits for itself; its own
    // operation, were it waited for, would no longer be fused with its neighbours
    const begun = graph.operation('Identity', 'spared/begun', [slope]);
    const again = graph.operation('ConcatV2', 'spared/concat', [parts, axis], {}, [begun]);
    graph.redirect(joined.oper, again.pointer, graph.setOf(readers));
  }
}

/** A concatenation of concatenations is one of all their parts. */
const partsOf = (value: Value<'concat'>, axis: number): readonly Value[] =>
  value.inputs.flatMap((v) => (isOp(v, 'concat') && v.attrs.axis === axis ? partsOf(v, axis) : [v]));

const asksForShape = (graph: TfGraph, operation: Pointer): boolean =>
  graph.c.operationType(operation).startsWith('Shape');

/** What of the backward pass itself an operation of it reads. */
const slopeInto = (graph: TfGraph, reader: Pointer, order: ReadonlyMap<bigint, number>): Output | undefined =>
  graph.inputsOf(reader).find((i) => order.has(graph.c.address(i.oper)) && !asksForShape(graph, i.oper));
