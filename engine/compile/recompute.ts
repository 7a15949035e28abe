import type { Net } from '../analysis/net';
import { type Segment, segmentsOf } from '../analysis/segments';
import { UserError } from '../errors';
import { isOp, type Value } from '../ir/ir';
import type { Output, Pointer, TfGraph } from '../tensorflow/graph';
import { output } from '../tensorflow/graph';
import { emit } from './emit';
import type { Pass } from './pass';

/** A pass that notes which operations each value came to. */
export type Noted = Pass & { readonly added: Map<Value, readonly Pointer[]> };

/**
 * Gradients with the memory of few layers: of the forward pass only what lies between the segments of the net is kept.
 * The backward pass computes each segment once more when it comes to it, by the same operations on the same numbers,
 * so that the gradients are the same to the last bit.
 *
 * @param slopes of the loss with respect to the logits, auxiliary ones too
 * @param wanted weights whose gradients are asked for
 * @see Chen et al. 2016, Training Deep Nets with Sublinear Memory Cost. arXiv:1604.06174
 */
export function recomputedGradients(
  net: Net,
  pass: Noted,
  slopes: ReadonlyMap<Value, Output>,
  wanted: readonly Value[],
): readonly Output[] {
  const { graph } = pass;
  if (!graph.canRedirect) throw cannot();
  const segments = segmentsOf(net);
  const found = new Map<Value, Output[]>();
  const arriving = new Map(slopes);
  const backward: { segment: Segment; operations: readonly Pointer[]; slope: Output }[] = [];
  for (const segment of [...segments].reverse()) {
    const ends = segment.values.filter((v) => arriving.has(v));
    const readInside = new Set(segment.values.flatMap((v) => v.inputs));
    const weights = wanted.filter((w) => readInside.has(w));
    const first = segment.input === net.input;
    const xs = [...(first ? [] : [segment.input]), ...weights].map((v) => pass.made.get(v)!);
    const { made: gradients, added } = graph.watch(() =>
      graph.gradients(
        ends.map((v) => pass.made.get(v)!),
        ends.map((v) => arriving.get(v)!),
        xs,
      ),
    );
    backward.push({ segment, operations: added, slope: arriving.get(segment.output)! });
    const [slope, ...rest] = first ? [undefined, ...gradients] : gradients;
    if (slope) arriving.set(segment.input, slope);
    weights.forEach((w, i) => {
      found.set(w, [...(found.get(w) ?? []), rest[i]!]);
    });
  }
  graph.spareReluInputs(pass.relus);
  // what the last segment computed is still there when its backward pass begins
  for (const { segment, operations, slope } of backward.slice(1)) {
    redirect(pass, segment, again(pass, segment, slope), operations);
  }
  return wanted.map((w) => sum(graph, found.get(w)!));
}

const sum = (graph: TfGraph, of: readonly Output[]): Output =>
  of.length === 1 ? of[0]! : graph.add('AddN', 'recompute/gradient', [of]);

/** The operations of a segment a second time, not before `slope` is there. */
function again(pass: Noted, { input, values }: Segment, slope: Output): Noted['added'] {
  const { graph } = pass;
  const arrived = { pointer: slope.oper };
  const start = graph.operation('Identity', 'recompute/start', [pass.made.get(input)!], {}, [arrived]);
  const given = values.filter((v) => isOp(v, 'weight') || isOp(v, 'constant') || v === input);
  const made = new Map(given.map((v) => [v, pass.made.get(v)!]));
  made.set(input, output(start, 0));
  const second: Noted = { ...pass, made, updates: [], relus: [], added: new Map() };
  emit(second, values);
  return second.added;
}

/**
 * Lets the backward pass of a segment read what was computed again; what was computed first is then let go of. The end
 * of the segment stays, as the next one begins with it.
 */
function redirect(
  { graph, added, made }: Noted,
  { values, output: end }: Segment,
  second: Noted['added'],
  backward: readonly Pointer[],
): void {
  const readers = graph.setOf(backward);
  const kept = graph.setOf([made.get(end)!.oper]);
  for (const v of values) {
    const [from, to] = [added.get(v) ?? [], second.get(v) ?? []];
    if (to.length === 0) continue;
    if (from.length !== to.length) throw new Error(`${v.op} came to other operations the second time`);
    from.forEach((operation, i) => {
      if (!graph.has(kept, operation)) graph.redirect(operation, to[i]!, readers);
    });
  }
}

const cannot = () =>
  new UserError(
    'recompute/library',
    'This build of TensorFlow cannot compute layers a second time.',
    'It lacks the function (TF_UpdateEdge) by which the backward pass is given other values to read.',
    'Switch off "Recompute" in the training settings, and take a smaller batch where memory is short.',
  );
