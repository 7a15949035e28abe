import { isOp, type Op, type Value } from '../../ir/ir';
import { size } from '../../ir/shape';

/**
 * Where the channels of a widened value come from: entry j is the old channel that channel j of its last axis repeats.
 * Undefined where the value is as it was.
 */
export type Copies = readonly number[] | undefined;

/** Why an op cannot take a map some channels of which are copies; a clause, and what to do where there is something. */
export class Refusal {
  constructor(
    readonly why: string,
    readonly remedy?: string,
  ) {}
}

const PASS: ReadonlySet<Op> = new Set<Op>([
  ...([
    'relu',
    'relu6',
    'leakyRelu',
    'elu',
    'selu',
    'erf',
    'exp',
    'reciprocal',
    'sigmoid',
    'softplus',
    'tanh',
  ] as const),
  ...(['scale', 'shift', 'dropout', 'maxPool', 'avgPool', 'maxPool3d', 'avgPool3d', 'batchNorm'] as const),
]);

/** Whether channel i of the result comes of channel i of the first input alone. */
export function passes(v: Value): boolean {
  if (PASS.has(v.op)) return true;
  const x = v.inputs[0];
  if (!x) return false;
  const last = x.shape.length - 1;
  if (isOp(v, 'mean') || isOp(v, 'max')) return !v.attrs.axes.includes(last);
  if (isOp(v, 'stride')) return v.attrs.step[last] === 1;
  if (isOp(v, 'resample')) return v.attrs.axis !== last;
  if (isOp(v, 'pad')) return v.attrs.before[last] === 0 && v.attrs.after[last] === 0;
  if (isOp(v, 'slice')) return v.shape[last] === x.shape[last];
  if (isOp(v, 'transpose')) return v.attrs.order.at(-1) === last;
  if (isOp(v, 'reshape')) return v.shape.at(-1) === x.shape.at(-1);
  // each channel has its own mean and variance
  if (isOp(v, 'normalise')) return v.attrs.per === 'group' && v.attrs.groups === x.shape[last];
  return false;
}

/** The same channels, or none; a sum of a map with another one of the same copies has them too. */
const same = (a: Copies, b: Copies): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((c, i) => c === b[i]));

/** Copies of a value whose op has no kernel. @param before of its inputs */
export function follow(v: Value, before: readonly Copies[]): Copies | Refusal {
  if (before.every((c) => c === undefined)) return undefined;
  if (passes(v)) return before[0];
  if (isOp(v, 'add') || isOp(v, 'mul')) return joined(v, before);
  if (isOp(v, 'concat')) return concatenated(v, before);
  if (isOp(v, 'reshape') && v.shape.length === 1) return flattened(v.inputs[0]!, before[0]!);
  if (isOp(v, 'max')) return undefined; // of copies it is that of what they copy
  return refusalOf(v);
}

export const refusalOf = (v: Value): Refusal =>
  new Refusal(REASONS[v.op] ?? `its ${v.op} needs the channels as they are`);

const REASONS: Readonly<Partial<Record<Op, string>>> = {
  pad: 'it fills channels up with zeros, and of those there would be fewer',
  slice: 'it parts the channels',
  reshape: 'it parts the channels',
  transpose: 'it moves the channels to another axis',
  normalise: 'it takes a mean over several channels, which stays only where each of them has as many copies',
  mean: 'it takes a mean over the channels, which stays only where each of them has as many copies',
  lrn: 'it sums over neighbouring channels, and copies would be among them',
  softmax: 'its channels are the classes',
};

function joined(v: Value, before: readonly Copies[]): Copies | Refusal {
  const maps = v.inputs.flatMap((x, i) =>
    isOp(x, 'weight') || isOp(x, 'constant') ? [] : [{ x, copies: before[i] }],
  );
  // one number a pixel is spread over all channels
  const whole = maps.filter(({ x }) => x.shape.at(-1) === v.shape.at(-1));
  const [first] = whole;
  return whole.every(({ copies }) => same(copies, first?.copies))
    ? first?.copies
    : new Refusal('it joins two maps channel by channel, and only one of them is widened');
}

function concatenated(v: Value<'concat'>, before: readonly Copies[]): Copies | Refusal {
  if (v.attrs.axis !== v.shape.length - 1) {
    const [first] = before;
    return before.every((c) => same(c, first))
      ? first
      : new Refusal('it joins maps of which only one is widened');
  }
  let offset = 0;
  return v.inputs.flatMap((x, i) => {
    const channels = x.shape.at(-1)!;
    const own = before[i] ?? Array.from({ length: channels }, (_, c) => c);
    const shifted = own.map((c) => c + offset);
    offset += channels;
    return shifted;
  });
}

function flattened(x: Value, copies: readonly number[]): Copies {
  const channels = x.shape.at(-1)!;
  const pixels = size(x.shape) / channels;
  return Array.from({ length: pixels }, (_, p) => copies.map((c) => p * channels + c)).flat();
}
