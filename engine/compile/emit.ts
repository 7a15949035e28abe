import type { Op, Value } from '../ir/ir';
import { conv2d, conv3d, convTranspose2d, depthwiseConv2d } from './convolution';
import { localResponse } from './lrn';
import { batchNorm, dropout, normalise } from './norm';
import type { Emit, Pass } from './pass';
import { avgPool, avgPool3d, maxPool, maxPool3d, resample } from './pooling';
import { concat, constant, pad, reshape, slice, spreadInputs, stride, transpose } from './rearrange';

/** Adds `value` and all before it to the pass, and gives its output. */
export function emit(pass: Pass, values: readonly Value[]): void {
  for (const value of values) {
    if (pass.made.has(value)) continue;
    const inputs = value.inputs.map((i) => pass.made.get(i)!);
    const name = `${pass.training ? 'train' : 'infer'}/${pass.paths.get(value) ?? 'net'}/${value.op}`;
    // the table pairs each op with its own emitter; tsc cannot see that across the union
    const make = () => (emitters[value.op] as Emit<Op>)(pass, inputs, value, name);
    if (!pass.added) {
      pass.made.set(value, make());
      continue;
    }
    const { made, added } = pass.graph.watch(make);
    pass.made.set(value, made);
    pass.added.set(value, added);
  }
}

const elementwise =
  (type: string): Emit<Op> =>
  (pass, inputs, _v, name) =>
    pass.graph.add(type, name, inputs);
const isBias = (v: Value) => v.inputs[1]!.op === 'weight' && v.inputs[1]!.shape.length === 1;
const over =
  (type: 'Mean' | 'Max'): Emit<'mean' | 'max'> =>
  (pass, [x], v, name) =>
    pass.graph.add(type, name, [x!, pass.graph.ints(v.attrs.axes.map((a) => a + 1))]);
const isWhole = (v: Value) => v.inputs[1]!.shape.at(-1) === v.shape.at(-1);

/** One entry an op; a new op of the IR is a compile error here until it has one. */
const emitters: { readonly [K in Op]: Emit<K> } = {
  input: (_pass, _inputs, v) => {
    throw new Error(`an input of ${v.shape.join('×')} was not fed`);
  },
  weight: (pass, _inputs, v) => pass.variables.get(v)!.read,
  constant,
  conv2d,
  conv3d,
  convTranspose2d,
  depthwiseConv2d,
  maxPool,
  avgPool,
  maxPool3d,
  avgPool3d,
  mean: over('Mean'),
  max: over('Max'),
  resample,
  batchNorm,
  normalise,
  lrn: (pass, [x], v, name) => localResponse(pass.graph, x!, v.shape[2]!, v.attrs, name),
  matmul: elementwise('MatMul'),
  add: (pass, inputs, v, name) =>
    pass.graph.add(isBias(v) && isWhole(v) ? 'BiasAdd' : 'AddV2', name, spreadInputs(pass, inputs, v, name)),
  mul: (pass, inputs, v, name) => pass.graph.add('Mul', name, spreadInputs(pass, inputs, v as never, name)),
  scale: (pass, [x], v, name) => pass.graph.add('Mul', name, [x!, pass.graph.float(v.attrs.factor)]),
  shift: (pass, [x], v, name) => pass.graph.add('AddV2', name, [x!, pass.graph.float(v.attrs.by)]),
  concat,
  pad,
  stride,
  slice,
  reshape,
  transpose,
  relu: (pass, [x], _v, name) => {
    const y = pass.graph.add('Relu', name, [x!]);
    pass.relus.push({ input: x!, output: y });
    return y;
  },
  relu6: elementwise('Relu6'),
  leakyRelu: (pass, [x], v, name) =>
    pass.graph.add('LeakyRelu', name, [x!], { alpha: { float: v.attrs.slope } }),
  elu: elementwise('Elu'),
  selu: elementwise('Selu'),
  erf: elementwise('Erf'),
  exp: elementwise('Exp'),
  reciprocal: elementwise('Reciprocal'),
  sigmoid: elementwise('Sigmoid'),
  softplus: elementwise('Softplus'),
  tanh: elementwise('Tanh'),
  dropout,
  softmax: elementwise('Softmax'),
};
