import type { Net } from '../../analysis/net';
import { nameOf } from '../../compile/net';
import { hash } from '../../compile/variables';
import { UserError } from '../../errors';
import { isOp, type Value } from '../../ir/ir';
import { sameShape } from '../../ir/shape';
import type { Block } from '../safetensors';
import { type Copies, follow, Refusal } from './copies';
import { type AxisChange, drawCopies, rewrite } from './rewrite';

/**
 * The weights of a widened net that computes what the net before it did. Both nets are walked side by side, op by op.
 *
 * @param blocks weights of the net before, by name
 * @throws UserError `net2net/structure`, `net2net/op` where the function cannot be kept
 */
export function widenWeights(
  before: Net,
  after: Net,
  blocks: ReadonlyMap<string, Block>,
  seed: number,
): Map<string, Block> {
  const changes = changesOf(before, after, seed);
  const out = new Map<string, Block>();
  before.values.forEach((v, i) => {
    if (!isOp(v, 'weight')) return;
    const name = nameOf(before, v);
    const block = blocks.get(name);
    if (!block) throw structure(name);
    const widened = rewrite(block, changes.get(v) ?? [], hash(name) ^ seed);
    if (!sameShape(widened.shape, after.values[i]!.shape)) throw structure(name);
    out.set(name, widened);
  });
  return out;
}

/** What becomes of the axes of each weight. */
function changesOf(before: Net, after: Net, seed: number): ReadonlyMap<Value, readonly AxisChange[]> {
  const places = new Map(before.values.map((v, i) => [v, i]));
  const placesAfter = new Map(after.values.map((v, i) => [v, i]));
  if (before.values.length !== after.values.length) throw structure('');
  const changes = new Map<Value, readonly AxisChange[]>();
  const copies: Copies[] = [];
  before.values.forEach((v, i) => {
    const next = after.values[i]!;
    const path = before.paths.get(v) ?? '';
    const alike = v.inputs.every((x, n) => places.get(x) === placesAfter.get(next.inputs[n]!));
    if (v.op !== next.op || v.inputs.length !== next.inputs.length || !alike) throw structure(path);
    const made = step(
      v,
      next,
      v.inputs.map((x) => copies[places.get(x)!]),
      seed,
    );
    if (made.copies instanceof Refusal) throw refused(path, made.copies.why);
    const wide = made.copies?.length ?? v.shape.at(-1);
    if (v.op !== 'weight' && wide !== next.shape.at(-1)) throw refused(path, 'its channels do not follow');
    copies.push(made.copies);
    for (const [weight, change] of made.weights) changes.set(weight, change);
  });
  for (const head of [before.logits, ...before.auxiliary.map((a) => a.logits)])
    if (copies[places.get(head)!])
      throw refused(before.paths.get(head) ?? '', 'its channels are the classes');
  return changes;
}

interface Made {
  readonly copies: Copies | Refusal;
  readonly weights: readonly (readonly [Value, readonly AxisChange[]])[];
}

/** Axes of a kernel: what is summed over, and what is made. */
const KERNELS: Readonly<Partial<Record<Value['op'], readonly [input: number, output: number]>>> = {
  ...{ conv2d: [2, 3], conv3d: [3, 4], convTranspose2d: [3, 2], matmul: [0, 1] },
};

function step(v: Value, next: Value, given: readonly Copies[], seed: number): Made {
  if (v.op === 'weight' || v.op === 'constant' || v.op === 'input') return { copies: undefined, weights: [] };
  const [x, kernel] = v.inputs;
  const axes = KERNELS[v.op];
  if (axes && isOp(kernel!, 'weight')) return throughKernel(v, next, given[0], kernel, axes, seed);
  if (isOp(v, 'depthwiseConv2d')) return throughDepthwise(v, given[0]);
  const copies = follow(v, given);
  const made = copies instanceof Refusal ? undefined : copies;
  const weights = v.inputs.flatMap((w) => {
    if (w === x || !made || !isOp(w, 'weight') || w.shape.at(-1) !== v.shape.at(-1)) return [];
    return [[w, [{ axis: w.shape.length - 1, copies: made, shared: false }]] as const];
  });
  return { copies, weights };
}

function throughKernel(
  v: Value,
  next: Value,
  given: Copies,
  kernel: Value,
  [input, output]: readonly [number, number],
  seed: number,
): Made {
  const [from, to] = [v.shape.at(-1)!, next.shape.at(-1)!];
  const made = from === to ? undefined : drawCopies(from, to, seed);
  if (!given && !made) return { copies: undefined, weights: [] };
  const groups = 'groups' in v.attrs ? v.attrs.groups : 1;
  if (groups !== 1 || to < from)
    return { copies: new Refusal('it parts the channels into groups'), weights: [] };
  const changes: AxisChange[] = [];
  if (made) changes.push({ axis: output, copies: made, shared: false });
  if (given) changes.push({ axis: input, copies: given, shared: true });
  return { copies: made, weights: [[kernel, changes]] };
}

/** Each channel has `multiplier` results that lie side by side. */
function throughDepthwise(v: Value<'depthwiseConv2d'>, given: Copies): Made {
  if (!given) return { copies: undefined, weights: [] };
  const kernel = v.inputs[1]!;
  const multiplier = kernel.shape[3]!;
  const copies = given.flatMap((c) => Array.from({ length: multiplier }, (_, m) => c * multiplier + m));
  return { copies, weights: [[kernel, [{ axis: 2, copies: given, shared: false }]]] };
}

const refused = (path: string, why: string): UserError =>
  new UserError(
    'net2net/op',
    `The function cannot be kept behind ${path || 'this layer'}.`,
    `What is widened reaches ${path || 'it'}, and ${why}.`,
    'Widen another layer: one whose channels go into a convolution or a Dense before they come there.',
    { node: path },
  );

const structure = (path: string): UserError =>
  new UserError(
    'net2net/structure',
    `With more channels ${path || 'the net'} would be built in another way.`,
    'A block may put in a projection, or lay its layers out anew, where its channels change.',
    'Open the block so that its layers stand in the graph, train that, and widen one of them.',
    { node: path },
  );
