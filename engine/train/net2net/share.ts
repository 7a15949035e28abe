import type { Net } from '../../analysis/net';
import { isOp, type Value } from '../../ir/ir';
import { passes } from './copies';

/** What makes the channels that a value shares with others, op by op. */
const MAKERS: ReadonlySet<Value['op']> = new Set(['conv2d', 'conv3d', 'convTranspose2d', 'matmul']);

/**
 * Values that must have the same channels as `start`: it is added to them, or to what comes of them channel by channel.
 *
 * @returns those that make channels, by a kernel or otherwise
 */
export function makersOf(net: Net, start: Value): readonly Value[] {
  return [...tiedWith(net, start)].filter((v) => tiedTo(v).length === 0);
}

/** All values whose channels are those of `start`, one by one. */
export function tiedWith(net: Net, start: Value): ReadonlySet<Value> {
  const neighbours = new Map<Value, Value[]>();
  const tie = (a: Value, b: Value) => {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  };
  for (const v of net.values) for (const x of tiedTo(v)) tie(v, x);
  const seen = new Set<Value>([start]);
  const waiting = [start];
  for (let v = waiting.pop(); v; v = waiting.pop())
    for (const n of neighbours.get(v) ?? [])
      if (!seen.has(n)) {
        seen.add(n);
        waiting.push(n);
      }
  return seen;
}

/** Whether channels of zeros are put around those of the input, as the shortcut of option A does. */
export const isChannelPad = (v: Value): v is Value<'pad'> =>
  isOp(v, 'pad') && v.attrs.before.at(-1)! + v.attrs.after.at(-1)! > 0;

export const isMaker = (v: Value): boolean => MAKERS.has(v.op);

/** Inputs whose channels are those of `v`, one by one. */
function tiedTo(v: Value): readonly Value[] {
  const maps = v.inputs.filter((x) => x.op !== 'weight' && x.op !== 'constant');
  if (isOp(v, 'add') || isOp(v, 'mul')) return maps.filter((x) => x.shape.at(-1) === v.shape.at(-1));
  if (isOp(v, 'concat')) return v.attrs.axis === v.shape.length - 1 ? [] : maps;
  if (isOp(v, 'depthwiseConv2d')) return v.inputs[1]!.shape[3] === 1 ? maps : [];
  return passes(v) || isOp(v, 'normalise') ? maps.slice(0, 1) : [];
}
