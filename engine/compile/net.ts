import type { Net } from '../analysis/net';
import { isOp, topological, type Value } from '../ir/ir';
import type { Output, TfGraph } from '../tensorflow/graph';
import { emit } from './emit';
import type { Pass } from './pass';
import type { Variable, Variables } from './variables';

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
  how: Pick<Pass, 'training' | 'seed' | 'added'>,
): Pass & {
  readonly logits: Output;
  readonly auxiliary: readonly Output[];
} {
  const { training } = how;
  const made = new Map([[net.input, x]]);
  const pass: Pass = { ...how, graph, variables, paths: net.paths, made, updates: [], relus: [] };
  // in use the auxiliary classifiers are left out, and all that only they need
  emit(pass, training ? net.values : topological([net.logits]));
  const auxiliary = training ? net.auxiliary.map((a) => made.get(a.logits)!) : [];
  return { ...pass, logits: made.get(net.logits)!, auxiliary };
}
