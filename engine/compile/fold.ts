import { isOp, type Value } from '../ir/ir';

interface Folded {
  /** Kernels, each channel of what they give scaled as the norm behind does. */
  readonly kernels: ReadonlyMap<Value, Float32Array>;
  /** By norm, what is added to each channel in its place. */
  readonly biases: ReadonlyMap<Value, Float32Array>;
}

/**
 * Norms over fixed statistics that follow a convolution which nothing else reads: gamma (Wx - mean) / sqrt(variance +
 * epsilon) + beta is a convolution by a scaled W, and a bias.
 *
 * @see Jacob et al. 2018. arXiv:1712.05877, section 3.2
 */
export function foldedNorms(
  values: readonly Value[],
  numbersOf: (weight: Value<'weight'>) => Float32Array,
): Folded {
  const readers = new Map<Value, number>();
  for (const v of values) for (const x of v.inputs) readers.set(x, (readers.get(x) ?? 0) + 1);
  const kernels = new Map<Value, Float32Array>();
  const biases = new Map<Value, Float32Array>();
  for (const norm of values) {
    const [before] = norm.inputs;
    if (!isOp(norm, 'batchNorm') || norm.shape.length !== 3 || readers.get(before!) !== 1) continue;
    if (!isOp(before!, 'conv2d') && !isOp(before!, 'depthwiseConv2d')) continue;
    const kernel = before.inputs[1]!;
    if (!isOp(kernel, 'weight') || readers.get(kernel) !== 1) continue;
    const { scale, shift } = affine(norm, numbersOf);
    // a kernel [kh, kw, i, o], or [kh, kw, i, multiplier] of a depthwise one, has its output channels last
    kernels.set(
      kernel,
      numbersOf(kernel).map((w, i) => w * scale[i % scale.length]!),
    );
    biases.set(norm, shift);
  }
  return { kernels, biases };
}

/** y = scale x + shift, channel by channel. */
function affine(norm: Value<'batchNorm'>, numbersOf: (weight: Value<'weight'>) => Float32Array) {
  const channels = norm.shape.at(-1)!;
  const [, gamma, beta, mean, variance] = norm.inputs.map((v) => {
    if (isOp(v, 'weight')) return numbersOf(v);
    return isOp(v, 'constant') ? new Float32Array(channels).fill(v.attrs.value) : new Float32Array();
  });
  const scale = gamma!.map((g, c) => g / Math.sqrt(variance![c]! + norm.attrs.epsilon));
  return { scale, shift: beta!.map((b, c) => b - mean![c]! * scale[c]!) };
}
