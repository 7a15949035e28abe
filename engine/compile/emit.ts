import type { Op, Pads, Value, Window } from '../ir/ir';
import { samePads } from '../ir/ops';
import type { Shape } from '../ir/shape';
import type { Attr, Operation, Output, TfGraph } from '../tensorflow/graph';
import { output } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import { dilated } from './dilated';
import { localResponse } from './lrn';
import { hash, type Variable } from './variables';

/** One forward pass under construction: a training pass and an inference pass share the variables. */
export interface Pass {
  readonly graph: TfGraph;
  readonly training: boolean;
  readonly variables: ReadonlyMap<Value, Variable>;
  /** Path of the layer that made a value; names in the TensorFlow graph follow it. */
  readonly paths: ReadonlyMap<Value, string>;
  /** int32 [2], another one each step; dropout draws from it. */
  readonly seed: Output;
  readonly made: Map<Value, Output>;
  /** What a training step does beside the gradients: running mean and variance. */
  readonly updates: Operation[];
  readonly relus: { readonly input: Output; readonly output: Output }[];
}

type Emit<K extends Op> = (pass: Pass, inputs: readonly Output[], value: Value<K>, name: string) => Output;

/** Adds `value` and all before it to the pass, and gives its output. */
export function emit(pass: Pass, values: readonly Value[]): void {
  for (const value of values) {
    if (pass.made.has(value)) continue;
    const inputs = value.inputs.map((i) => pass.made.get(i)!);
    const name = `${pass.training ? 'train' : 'infer'}/${pass.paths.get(value) ?? 'net'}/${value.op}`;
    // the table pairs each op with its own emitter; tsc cannot see that across the union
    pass.made.set(value, (emitters[value.op] as Emit<Op>)(pass, inputs, value, name));
  }
}

const NHWC: Attr = { string: 'NHWC' };
const text = (string: string): Attr => ({ string });
const ints = (...list: number[]): Attr => ({ ints: list });

const same = (a: Pads, b: Pads): boolean => a.every((p, i) => p === b[i]);
/** How TensorFlow calls these pads, or undefined when it has no name for them. */
function paddingName(w: Window, shape: Shape): 'VALID' | 'SAME' | undefined {
  if (w.pads.every((p) => p === 0)) return 'VALID';
  return same(w.pads, samePads(shape, w.kernel, w.stride)) ? 'SAME' : undefined;
}

/** Pads a map by hand. Explicit padding inside Conv2D fails in the backward pass (TensorFlow 2.21). */
function padMap({ graph }: Pass, x: Output, pads: Pads, name: string, fill?: number): Output {
  const paddings = graph.ints([0, 0, pads[0], pads[1], pads[2], pads[3], 0, 0], [4, 2]);
  if (fill === undefined) return graph.add('Pad', `${name}/pad`, [x, paddings]);
  return graph.add('PadV2', `${name}/pad`, [x, paddings, graph.float(fill)]);
}

type Convolution = Emit<'conv2d' | 'depthwiseConv2d'>;
const convolution =
  (type: 'Conv2D' | 'DepthwiseConv2dNative'): Convolution =>
  (pass, [x, kernel], v, name) => {
    const { stride, pads } = v.attrs;
    const padding = paddingName(v.attrs, v.inputs[0]!.shape);
    const padded = padding ? x! : padMap(pass, x!, pads, name);
    return pass.graph.add(type, name, [padded, kernel!], {
      strides: ints(1, ...stride, 1),
      padding: text(padding ?? 'VALID'),
      data_format: NHWC,
    });
  };

/** What TensorFlow cannot do in one op, or not with a right gradient: dilation, and unequal strides of a depthwise. */
const composed =
  (plain: Convolution, equalStrides: boolean): Convolution =>
  (pass, inputs, v, name) => {
    const { stride, dilation, pads } = v.attrs;
    const isDilated = dilation[0] * dilation[1] > 1;
    if (!isDilated && (!equalStrides || stride[0] === stride[1])) return plain(pass, inputs, v, name);
    const [x, kernel] = inputs;
    const one = { ...v.attrs, stride: [1, 1] as const };
    const unpadded = { ...v, attrs: { ...one, pads: [0, 0, 0, 0] as const } };
    const dense = isDilated
      ? dilated(pass.graph, x!, { shape: v.inputs[0]!.shape, pads, dilation }, name, (phases) =>
          plain(pass, [phases, kernel!], unpadded, name),
        )
      : plain(pass, inputs, { ...v, attrs: one }, name);
    return stride[0] * stride[1] === 1 ? dense : everyNth(pass, dense, [...stride, 1], `${name}/stride`);
  };

const pooling = (w: Window, padding: 'VALID' | 'SAME') => ({
  ksize: ints(1, ...w.kernel, 1),
  strides: ints(1, ...w.stride, 1),
  padding: text(padding),
  data_format: NHWC,
});

const maxPool: Emit<'maxPool'> = (pass, [x], v, name) => {
  const padding = paddingName(v.attrs, v.inputs[0]!.shape);
  const padded = padding ? x! : padMap(pass, x!, v.attrs.pads, name, -3.4e38);
  return pass.graph.add('MaxPool', name, [padded], pooling(v.attrs, padding ?? 'VALID'));
};

const avgPool: Emit<'avgPool'> = (pass, [x], v, name) => {
  const padding = paddingName(v.attrs, v.inputs[0]!.shape);
  const whole = padding === 'VALID' || (padding === 'SAME' && !v.attrs.countPadding);
  if (whole) return pass.graph.add('AvgPool', name, [x!], pooling(v.attrs, padding));
  const mean = pass.graph.add(
    'AvgPool',
    name,
    [padMap(pass, x!, v.attrs.pads, name)],
    pooling(v.attrs, 'VALID'),
  );
  if (v.attrs.countPadding) return mean;
  const factors = pass.graph.floats(windowFactors(v.attrs, v.inputs[0]!.shape, v.shape), [
    1,
    v.shape[0]!,
    v.shape[1]!,
    1,
  ]);
  return pass.graph.add('Mul', `${name}/without-padding`, [mean, factors]);
};

/** Window size over the pixels in it that are no padding, for each output pixel. */
function windowFactors({ kernel, stride, pads }: Window, shape: Shape, out: Shape): number[] {
  const inside = (axis: 0 | 1, i: number) => {
    const start = i * stride[axis] - pads[axis === 0 ? 0 : 2];
    return Math.min(start + kernel[axis], shape[axis]!) - Math.max(start, 0);
  };
  const factors: number[] = [];
  for (let y = 0; y < out[0]!; y++) {
    for (let x = 0; x < out[1]!; x++) factors.push((kernel[0] * kernel[1]) / (inside(0, y) * inside(1, x)));
  }
  return factors;
}

/** Training: batch statistics, and running ones moved by the share 1 - momentum. Inference: running ones. */
const batchNorm: Emit<'batchNorm'> = (pass, [x, gamma, beta, mean, variance], v, name) => {
  const { graph } = pass;
  const vector = v.shape.length === 1;
  const map = vector ? graph.add('Reshape', `${name}/map`, [x!, graph.ints([-1, 1, 1, v.shape[0]!])]) : x!;
  const op = graph.operation('FusedBatchNormV3', name, [map, gamma!, beta!, mean!, variance!], {
    epsilon: { float: v.attrs.epsilon },
    exponential_avg_factor: { float: pass.training ? 1 - v.attrs.momentum : 1 },
    is_training: { bool: pass.training },
    data_format: NHWC,
  });
  if (pass.training) {
    [v.inputs[3]!, v.inputs[4]!].forEach((statistic, i) => {
      const { handle } = pass.variables.get(statistic)!;
      pass.updates.push(
        graph.operation('AssignVariableOp', `${name}/running`, [handle, output(op, i + 1)], {
          dtype: { type: DataType.float32 },
        }),
      );
    });
  }
  const y = output(op, 0);
  return vector ? graph.add('Reshape', `${name}/vector`, [y, graph.ints([-1, v.shape[0]!])]) : y;
};

const dropout: Emit<'dropout'> = (pass, [x], v, name) => {
  const { graph, training, seed, paths } = pass;
  const { rate } = v.attrs;
  if (!training || rate === 0) return x!;
  const own = graph.add('BitwiseXor', `${name}/seed`, [seed, graph.ints([hash(paths.get(v) ?? name), 0])]);
  const noise = graph.add(
    'StatelessRandomUniform',
    `${name}/noise`,
    [graph.add('Shape', `${name}/shape`, [x!]), own],
    {
      dtype: { type: DataType.float32 },
      Tseed: { type: DataType.int32 },
    },
  );
  const kept = graph.add('GreaterEqual', `${name}/kept`, [noise, graph.float(rate)]);
  const mask = graph.add('Cast', `${name}/mask`, [kept], {
    SrcT: { type: DataType.bool },
    DstT: { type: DataType.float32 },
  });
  const scaled = graph.add('Mul', `${name}/scaled`, [x!, graph.float(1 / (1 - rate))]);
  return graph.add('Mul', name, [scaled, mask]);
};

/** Every step-th element of each axis of `x`, [batch, …]. */
function everyNth({ graph }: Pass, x: Output, step: readonly number[], name: string): Output {
  // a mean over one pixel is that pixel; pooling and its gradient are twice as fast as slicing and its own
  if (step.length === 3 && step[2] === 1) {
    const one = { kernel: [1, 1], stride: [step[0]!, step[1]!], pads: [0, 0, 0, 0] } as const;
    return graph.add('AvgPool', name, [x], pooling(one, 'VALID'));
  }
  const zeros = graph.ints([0, ...step.map(() => 0)]);
  const all = (1 << (step.length + 1)) - 1;
  return graph.add('StridedSlice', name, [x, zeros, zeros, graph.ints([1, ...step])], {
    begin_mask: { int: all },
    end_mask: { int: all },
  });
}

const elementwise =
  (type: string): Emit<Op> =>
  (pass, inputs, _v, name) =>
    pass.graph.add(type, name, inputs);
const isBias = (v: Value) => v.inputs[1]!.op === 'weight' && v.inputs[1]!.shape.length === 1;
const rows = (list: readonly number[], batch: number) => [batch, ...list];

/** One entry an op; a new op of the IR is a compile error here until it has one. */
const emitters: { readonly [K in Op]: Emit<K> } = {
  input: (_pass, _inputs, v) => {
    throw new Error(`an input of ${v.shape.join('×')} was not fed`);
  },
  weight: (pass, _inputs, v) => pass.variables.get(v)!.read,
  conv2d: composed(convolution('Conv2D'), false),
  depthwiseConv2d: composed(convolution('DepthwiseConv2dNative'), true),
  maxPool,
  avgPool,
  meanHW: (pass, [x], _v, name) => pass.graph.add('Mean', name, [x!, pass.graph.ints([1, 2])]),
  batchNorm,
  lrn: (pass, [x], v, name) => localResponse(pass.graph, x!, v.shape[2]!, v.attrs, name),
  matmul: elementwise('MatMul'),
  add: (pass, inputs, v, name) => pass.graph.add(isBias(v) ? 'BiasAdd' : 'AddV2', name, inputs),
  mul: elementwise('Mul'),
  scale: (pass, [x], v, name) => pass.graph.add('Mul', name, [x!, pass.graph.float(v.attrs.factor)]),
  concat: (pass, inputs, v, name) =>
    pass.graph.add('ConcatV2', name, [inputs, pass.graph.int(v.attrs.axis + 1)]),
  pad: (pass, [x], v, name) => {
    const paddings = rows(v.attrs.before, 0).flatMap((b, i) => [b, rows(v.attrs.after, 0)[i]!]);
    return pass.graph.add('Pad', name, [x!, pass.graph.ints(paddings, [v.shape.length + 1, 2])]);
  },
  stride: (pass, [x], v, name) => everyNth(pass, x!, v.attrs.step, name),
  reshape: (pass, [x], v, name) => pass.graph.add('Reshape', name, [x!, pass.graph.ints(rows(v.shape, -1))]),
  relu: (pass, [x], _v, name) => {
    const y = pass.graph.add('Relu', name, [x!]);
    pass.relus.push({ input: x!, output: y });
    return y;
  },
  leakyRelu: (pass, [x], v, name) =>
    pass.graph.add('LeakyRelu', name, [x!], { alpha: { float: v.attrs.slope } }),
  elu: elementwise('Elu'),
  selu: elementwise('Selu'),
  erf: elementwise('Erf'),
  sigmoid: elementwise('Sigmoid'),
  tanh: elementwise('Tanh'),
  dropout,
  softmax: elementwise('Softmax'),
};
