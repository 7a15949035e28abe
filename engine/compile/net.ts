import type { Elaboration } from '../analysis/elaborate';
import { isOp, topological, type Value } from '../ir/ir';
import type { Shape } from '../ir/shape';
import type { Output, TfGraph } from '../tensorflow/graph';
import { emit, type Pass } from './emit';
import type { Variable, Variables } from './variables';

/** The part of a graph that reaches its output, as primitive ops; what does not is left out of training. */
export interface Net {
  readonly input: Value;
  readonly shape: Shape;
  /** What the classifier's softmax takes: the loss starts from here. */
  readonly logits: Value;
  /** All that the logits need, inputs first. */
  readonly values: readonly Value[];
  readonly paths: ReadonlyMap<Value, string>;
}

export function netOf({ input, output, flat }: Elaboration): Net {
  const classifier = output?.output;
  if (!input?.output || !classifier) throw new Error('a graph with problems was given to the compiler');
  if (!isOp(classifier, 'softmax')) throw new Error('the output does not end in a softmax');
  const logits = classifier.inputs[0]!;
  const paths = new Map(flat.flatMap((n) => n.own.map((v) => [v, n.path] as const)));
  return { input: input.output, shape: input.output.shape, logits, values: topological([logits]), paths };
}

/** A variable for every weight of the net. */
export function makeVariables(net: Net, variables: Variables): ReadonlyMap<Value, Variable> {
  const depthwise = new Set(net.values.filter((v) => v.op === 'depthwiseConv2d').map((v) => v.inputs[1]));
  const made = new Map<Value, Variable>();
  for (const v of net.values) {
    if (isOp(v, 'weight')) made.set(v, variables.weight(net.paths.get(v)!, v, depthwise.has(v)));
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
): Pick<Pass, 'updates' | 'relus'> & { readonly logits: Output } {
  const made = new Map([[net.input, x]]);
  const pass: Pass = { graph, training, variables, paths: net.paths, seed, made, updates: [], relus: [] };
  emit(pass, net.values);
  return { logits: made.get(net.logits)!, updates: pass.updates, relus: pass.relus };
}
