import type { Elaboration } from '../analysis/elaborate';
import { link } from '../analysis/link';
import { isOp, topological, type Value } from '../ir/ir';
import type { Shape } from '../ir/shape';
import type { Output, TfGraph } from '../tensorflow/graph';
import { emit } from './emit';
import type { Pass } from './pass';
import type { Variable, Variables } from './variables';

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

/** Path of the layer that has a weight, and its own name: `stage1-block1/conv1/kernel`. */
export const nameOf = (net: Pick<Net, 'paths'>, weight: Value<'weight'>): string =>
  `${net.paths.get(weight)!}/${weight.attrs.name}`;

/** Every weight and statistic of the net, in the order in which a program makes them. */
export const weightsOf = (net: Net) =>
  net.values
    .filter((v) => isOp(v, 'weight'))
    .map((v) => ({ name: nameOf(net, v), shape: v.shape, trainable: v.attrs.trainable }));

/** A variable for every weight of the net. @param frozen names of those that no gradient changes */
export function makeVariables(
  net: Net,
  variables: Variables,
  frozen: ReadonlySet<string>,
): ReadonlyMap<Value, Variable> {
  const depthwise = new Set(net.values.filter((v) => v.op === 'depthwiseConv2d').map((v) => v.inputs[1]));
  const made = new Map<Value, Variable>();
  for (const v of net.values) {
    if (!isOp(v, 'weight')) continue;
    const name = nameOf(net, v);
    made.set(v, variables.weight(name, v, { depthwise: depthwise.has(v), frozen: frozen.has(name) }));
  }
  return made;
}

/** One forward pass from the pictures `x` to the logits. */
export function forward(
  graph: TfGraph,
  net: Net,
  x: Output,
  variables: ReadonlyMap<Value, Variable>,
  { training, seed }: Pick<Pass, 'training' | 'seed'>,
): Pick<Pass, 'updates' | 'relus' | 'made'> & {
  readonly logits: Output;
  readonly auxiliary: readonly Output[];
} {
  const made = new Map([[net.input, x]]);
  const pass: Pass = { graph, training, variables, paths: net.paths, seed, made, updates: [], relus: [] };
  // in use the auxiliary classifiers are left out, and all that only they need
  emit(pass, training ? net.values : topological([net.logits]));
  const auxiliary = training ? net.auxiliary.map((a) => made.get(a.logits)!) : [];
  return { logits: made.get(net.logits)!, auxiliary, made, updates: pass.updates, relus: pass.relus };
}
