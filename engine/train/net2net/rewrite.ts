import { size } from '../../ir/shape';
import { random } from '../../random';
import type { Block } from '../safetensors';

/** What becomes of one axis of a weight. */
export interface AxisChange {
  readonly axis: number;
  /** Entry j is the old index that index j repeats. */
  readonly copies: readonly number[];
  /** Whether the copies share what the old entry gave: an axis that is summed over. */
  readonly shared: boolean;
}

/**
 * Each new channel copies an old one: the old ones first, then such as are drawn.
 *
 * @see Chen, Goodfellow, Shlens 2016, Net2Net. arXiv:1511.05641, equation 1: g
 */
export function drawCopies(from: number, to: number, seed: number): readonly number[] {
  const next = random(seed, from, to);
  return Array.from({ length: to }, (_, j) => (j < from ? j : Math.floor(next() * from)));
}

/** A share of a copy is at least this part of an equal one, so that no weight grows far beyond what it was. */
const LEAST = 0.5;

/**
 * The weight with its axes changed. Along a shared axis the copies of an entry sum to it. The paper gives each the same
 * share and adds noise, so that copies do not stay alike for ever; here the shares are drawn, another one for each
 * output, which parts the copies and keeps the function as it is.
 *
 * @see Chen, Goodfellow, Shlens 2016, Net2Net. arXiv:1511.05641, equation 2
 */
export function rewrite(block: Block, changes: readonly AxisChange[], seed: number): Block {
  return changes.reduce((b, change) => alongAxis(b, change, seed), block);
}

function alongAxis({ shape, data }: Block, { axis, copies, shared }: AxisChange, seed: number): Block {
  const [outer, inner] = [size(shape.slice(0, axis)), size(shape.slice(axis + 1))];
  const before = shape[axis]!;
  const to = copies.length;
  const out = new Float32Array(outer * to * inner);
  const shares = shared ? drawShares(copies, inner, seed) : undefined;
  for (let o = 0; o < outer; o++)
    for (let j = 0; j < to; j++)
      for (let i = 0; i < inner; i++) {
        const share = shares ? shares[j * inner + i]! : 1;
        out[(o * to + j) * inner + i] = share * data[(o * before + copies[j]!) * inner + i]!;
      }
  return { shape: shape.map((d, a) => (a === axis ? to : d)), data: out };
}

/** [copies, inner] numbers; those of the copies of one entry sum to 1. */
function drawShares(copies: readonly number[], inner: number, seed: number): Float64Array {
  const next = random(seed, copies.length, inner);
  const shares = Float64Array.from({ length: copies.length * inner }, () => LEAST + next() * 2 * (1 - LEAST));
  const groups = new Map<number, number[]>();
  copies.forEach((c, j) => {
    groups.set(c, [...(groups.get(c) ?? []), j]);
  });
  for (const group of groups.values())
    for (let i = 0; i < inner; i++) {
      const sum = group.reduce((s, j) => s + shares[j * inner + i]!, 0);
      for (const j of group) shares[j * inner + i]! /= sum;
    }
  return shares;
}
