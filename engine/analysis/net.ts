import { isOp, topological, type Value } from '../ir/ir';
import type { Shape } from '../ir/shape';
import type { Elaboration } from './elaborate';
import { link } from './link';

/** The part of a graph that reaches its output, as primitive ops; what does not is left out of training. */
export interface Net {
  readonly input: Value;
  readonly shape: Shape;
  /** What the classifier's softmax takes: the loss starts from here. */
  readonly logits: Value;
  /** The same of each auxiliary classifier, with its share in the loss. */
  readonly auxiliary: readonly { readonly logits: Value; readonly weight: number }[];
  /** All that the logits, auxiliary ones too, need; inputs first. */
  readonly values: readonly Value[];
  readonly paths: ReadonlyMap<Value, string>;
}

export function netOf(elaboration: Elaboration): Net {
  const { input, output, auxiliaries, paths } = link(elaboration);
  const logits = logitsOf(output);
  const auxiliary = auxiliaries.map((a) => ({ logits: logitsOf(a.output), weight: a.weight }));
  const values = topological([logits, ...auxiliary.map((a) => a.logits)]);
  return { input, shape: input.shape, logits, auxiliary, values, paths };
}

function logitsOf(classifier: Value): Value {
  if (!isOp(classifier, 'softmax')) throw new Error('a classifier does not end in a softmax');
  return classifier.inputs[0]!;
}
