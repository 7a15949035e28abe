import type { Net } from '../../analysis/net';
import { nameOf } from '../../compile/net';
import { hash } from '../../compile/variables';
import { UserError } from '../../errors';
import { isOp, type Value } from '../../ir/ir';
import { sameShape } from '../../ir/shape';
import type { Block } from '../safetensors';
import { type Copies, follow, passes, Refusal, refusalOf } from './copies';
import { drawPlanned, granted, inGroups, isEven, type Plan, type Plans, Wish } from './plan';
import { type AxisChange, drawCopies, rewrite } from './rewrite';
import { isChannelPad } from './share';

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

type Changes = ReadonlyMap<Value, readonly AxisChange[]>;

/**
 * What becomes of the axes of each weight. Where an op needs the copies that come to it to be of another form, they are
 * planned so and the walk begins anew; a plan only ever asks for more, so that it ends.
 */
function changesOf(before: Net, after: Net, seed: number): Changes {
  if (before.values.length !== after.values.length) throw structure('');
  let plans: Plans = new Map();
  for (;;) {
    const walked = walk(before, after, plans, seed);
    if (!(walked instanceof Stop)) return walked;
    const next = granted(before, plans, walked.wish);
    if (!next) throw refused(walked.path, walked.wish.refusal);
    plans = next;
  }
}
class Stop {
  constructor(
    readonly path: string,
    readonly wish: Wish,
  ) {}
}

function walk(before: Net, after: Net, plans: Plans, seed: number): Changes | Stop {
  const places = new Map(before.values.map((v, i) => [v, i]));
  const placesAfter = new Map(after.values.map((v, i) => [v, i]));
  const changes = new Map<Value, readonly AxisChange[]>();
  const copies: Copies[] = [];
  for (const [i, v] of before.values.entries()) {
    const next = after.values[i]!;
    const path = before.paths.get(v) ?? '';
    const alike = v.inputs.every((x, n) => places.get(x) === placesAfter.get(next.inputs[n]!));
    if (v.op !== next.op || v.inputs.length !== next.inputs.length || !alike) throw structure(path);
    const given = v.inputs.map((x) => copies[places.get(x)!]);
    const made = step({ v, next, given, plan: plans.get(v), seed });
    if (made.copies instanceof Wish) return new Stop(path, made.copies);
    if (made.copies instanceof Refusal) throw refused(path, made.copies);
    const wide = made.copies?.length ?? v.shape.at(-1);
    if (v.op !== 'weight' && wide !== next.shape.at(-1))
      throw refused(path, new Refusal('its channels do not follow'));
    copies.push(made.copies);
    for (const [weight, change] of made.weights) changes.set(weight, change);
  }
  for (const head of [before.logits, ...before.auxiliary.map((a) => a.logits)])
    if (copies[places.get(head)!])
      throw refused(before.paths.get(head) ?? '', new Refusal('its channels are the classes'));
  return changes;
}

interface Step {
  readonly v: Value;
  /** The same op of the wider net. */
  readonly next: Value;
  /** Of the inputs. */
  readonly given: readonly Copies[];
  readonly plan: Plan | undefined;
  readonly seed: number;
}
interface Made {
  readonly copies: Copies | Refusal | Wish;
  readonly weights: readonly (readonly [Value, readonly AxisChange[]])[];
}
const only = (copies: Made['copies']): Made => ({ copies, weights: [] });

/** Axes of a kernel: what is summed over, and what is made. */
const KERNELS: Readonly<Partial<Record<Value['op'], readonly [input: number, output: number]>>> = {
  ...{ conv2d: [2, 3], conv3d: [3, 4], convTranspose2d: [3, 2], matmul: [0, 1] },
};

function step(s: Step): Made {
  const { v, next, given } = s;
  if (v.op === 'weight' || v.op === 'constant' || v.op === 'input') return only(undefined);
  const [x, kernel] = v.inputs;
  const axes = KERNELS[v.op];
  if (axes && isOp(kernel!, 'weight')) return throughKernel(s, kernel, axes);
  if (isOp(v, 'depthwiseConv2d')) return throughDepthwise(v, given[0]);
  const copies = isChannelPad(v) ? throughPad(v, next, given[0], s.seed) : through(s);
  const made = copies instanceof Refusal || copies instanceof Wish ? undefined : copies;
  const weights = v.inputs.flatMap((w) => {
    if (w === x || !made || !isOp(w, 'weight') || w.shape.at(-1) !== v.shape.at(-1)) return [];
    return [[w, [{ axis: w.shape.length - 1, copies: made, shared: false }]] as const];
  });
  return { copies, weights };
}

/** An op without a kernel; a mean over channels is as it was where each of them has as many copies. */
function through({ v, next, given }: Step): Made['copies'] {
  const [x] = v.inputs;
  const copies = given[0];
  const averages = (isOp(v, 'normalise') || isOp(v, 'mean')) && !(passes(v) && passes(next));
  if (averages && copies) {
    const groups = groupsOf(v);
    if (groups !== groupsOf(next)) return refusalOf(v);
    if (!isEven(copies, x!.shape.at(-1)!, groups))
      return new Wish([{ at: x!, plan: { groups, even: true } }], refusalOf(v));
    return isOp(v, 'mean') ? undefined : copies;
  }
  const followed = follow(v, given);
  return followed instanceof Refusal && (v.op === 'add' || v.op === 'mul')
    ? new Wish(likePads(v, given), followed)
    : followed;
}
const groupsOf = (v: Value): number => (isOp(v, 'normalise') && v.attrs.per === 'group' ? v.attrs.groups : 1);

/** Of maps that are joined channel by channel, those that may be made like one which is filled up with zeros. */
function likePads(v: Value, given: readonly Copies[]): Wish['ways'] {
  const whole = v.inputs.flatMap((at, i) =>
    at.op !== 'weight' && at.shape.at(-1) === v.shape.at(-1) ? [{ at, copies: given[i] }] : [],
  );
  const padded = whole.find(({ at, copies }) => copies && isChannelPad(sourceOf(at)))?.copies;
  return padded
    ? whole.filter((m) => m.copies !== padded).map(({ at }) => ({ at, plan: { copies: padded } }))
    : [];
}
/** What made the channels that came here unchanged. */
const sourceOf = (v: Value): Value => (passes(v) ? sourceOf(v.inputs[0]!) : v);

/** Zeros before and after stay where they are; where there are more of them they copy one that is there. */
function throughPad(v: Value<'pad'>, next: Value, given: Copies, seed: number): Made['copies'] {
  if (!isOp(next, 'pad')) return refusalOf(v);
  const [before, after] = [v.attrs.before.at(-1)!, v.attrs.after.at(-1)!];
  const more = [next.attrs.before.at(-1)! - before, next.attrs.after.at(-1)! - after] as const;
  if (!given && more[0] === 0 && more[1] === 0) return undefined;
  if (more[0] < 0 || more[1] < 0) return refusalOf(v);
  const channels = v.inputs[0]!.shape.at(-1)!;
  const zeros = [...Array(v.shape.at(-1)!).keys()].filter((c) => c < before || c >= before + channels);
  const draws = drawCopies(zeros.length, zeros.length + more[0] + more[1], seed)
    .slice(zeros.length)
    .map((i) => zeros[i]!);
  const inside = given ?? [...Array(channels).keys()];
  return [
    ...zeros.slice(0, before),
    ...draws.slice(0, more[0]),
    ...inside.map((c) => before + c),
    ...zeros.slice(before),
    ...draws.slice(more[0]),
  ];
}

function throughKernel(
  { v, next, given: [given], plan, seed }: Step,
  kernel: Value,
  [input, output]: readonly [number, number],
): Made {
  const [from, to] = [v.shape.at(-1)!, next.shape.at(-1)!];
  const made = from === to ? undefined : drawPlanned(plan, from, to, seed);
  if (made instanceof Refusal) return only(made);
  if (!given && !made) return only(undefined);
  const groups = 'groups' in v.attrs ? v.attrs.groups : 1;
  const parts = new Refusal('it parts the channels into groups');
  if (to < from || (groups !== 1 && isOp(v, 'convTranspose2d'))) return only(parts);
  const x = v.inputs[0]!;
  const read = given && inGroups(given, x.shape.at(-1)!, groups);
  if (given && !read) return only(new Wish([{ at: x, plan: { groups } }], parts));
  if (made && !inGroups(made, from, groups)) return only(new Wish([{ at: v, plan: { groups } }], parts));
  const changes: AxisChange[] = [];
  if (made) changes.push({ axis: output, copies: made, shared: false });
  if (read) changes.push({ axis: input, copies: read, shared: true });
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

const refused = (path: string, { why, remedy }: Refusal): UserError =>
  new UserError(
    'net2net/op',
    `The function cannot be kept behind ${path || 'this layer'}.`,
    `What is widened reaches ${path || 'it'}, and ${why}.`,
    remedy ??
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
