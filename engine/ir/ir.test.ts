import { describe, expect, it } from 'vitest';
import { costOf } from './cost';
import { type Pair, topological, type Value } from './ir';
import {
  add,
  concat,
  conv2d,
  flatten,
  input,
  matmul,
  pad,
  relu,
  samePads,
  statistic,
  stride,
  weight,
} from './ops';
import { formatShape, sameShape, size } from './shape';

const sides = (side: number, kernel: number, step: number, dilation = 1) =>
  samePads([side, side, 1], [kernel, kernel], [step, step], [dilation, dilation]);

describe('samePads', () => {
  it('is half the kernel on every side at stride 1', () => {
    expect(sides(28, 3, 1)).toEqual([1, 1, 1, 1]);
    expect(sides(28, 7, 1)).toEqual([3, 3, 3, 3]);
  });

  it('puts the odd pixel at the end, as TensorFlow does', () => {
    expect(sides(28, 3, 2)).toEqual([0, 1, 0, 1]);
    expect(sides(224, 7, 2)).toEqual([2, 3, 2, 3]);
    expect(sides(28, 2, 1)).toEqual([0, 1, 0, 1]);
  });

  it('differs between the axes where their sides, kernels or strides do', () => {
    expect(samePads([28, 27, 1], [3, 3], [2, 2])).toEqual([0, 1, 1, 1]);
    expect(samePads([17, 17, 1], [1, 7], [1, 1])).toEqual([0, 0, 3, 3]);
  });

  it('is nothing where the stride steps over more than the kernel sees', () => {
    expect(sides(56, 1, 2)).toEqual([0, 0, 0, 0]);
    expect(sides(8, 2, 4)).toEqual([0, 0, 0, 0]);
  });

  it('counts the gaps of a dilated kernel', () => {
    expect(sides(28, 3, 1, 4)).toEqual([4, 4, 4, 4]);
  });

  it('gives ceil(side / stride) pixels, with no window in padding alone', () => {
    for (let side = 1; side <= 20; side++) {
      for (let kernel = 1; kernel <= 7; kernel++) {
        for (const [step, dilation] of [
          [1, 1],
          [2, 1],
          [3, 1],
          [5, 1],
          [1, 3],
          [2, 2],
        ] as const) {
          const pads = sides(side, kernel, step, dilation);
          const attrs = {
            stride: [step, step] as Pair,
            dilation: [dilation, dilation] as Pair,
            pads,
            groups: 1,
          };
          const y = conv2d(input([side, side, 1]), weight('kernel', [kernel, kernel, 1, 1], 'he'), attrs);
          expect(y.shape).toEqual([Math.ceil(side / step), Math.ceil(side / step), 1]);
          expect(Math.max(...pads)).toBeLessThan((kernel - 1) * dilation + 1);
        }
      }
    }
  });
});

describe('topological', () => {
  const position = (order: readonly Value[]) => new Map(order.map((v, i) => [v, i]));

  it('puts inputs before their users, and each value once', () => {
    const x = input([4]);
    const [a, b] = [relu(x), relu(x)];
    const sum = add(a, b);
    const root = add(sum, x);
    const order = topological([root]);
    expect(order).toEqual([x, a, b, sum, root]);
  });

  it('covers several roots that share values', () => {
    const x = input([4]);
    const shared = relu(x);
    const roots = [relu(shared), relu(shared)];
    expect(topological(roots)).toEqual([x, shared, ...roots]);
  });

  it('orders a chain of 10,000 values without overflowing the stack', () => {
    let y = input([4]);
    for (let i = 0; i < 10_000; i++) y = relu(y);
    const order = topological([y]);
    expect(order).toHaveLength(10_001);
    expect(order.at(-1)).toBe(y);
  });

  it('takes time by the wires, not by the paths: 2,000 diamonds have 2^2000 of those', () => {
    let y = input([4]);
    for (let i = 0; i < 2000; i++) y = add(relu(y), y);
    expect(topological([y])).toHaveLength(4001);
  });

  it.each(['first', 'last'])(
    'orders a block in which every layer reads all before it, the %s on top',
    (top) => {
      const maps: Value[] = [input([2, 2, 1])];
      for (let i = 0; i < 100; i++)
        maps.push(relu(concat(top === 'first' ? [...maps] : [...maps].reverse(), 2)));
      const at = position(topological([maps.at(-1)!]));
      for (const [v, i] of at) for (const before of v.inputs) expect(at.get(before)).toBeLessThan(i);
    },
  );
});

describe('the shapes of ops', () => {
  it('adds up the axis that is joined', () => {
    expect(concat([input([7, 7, 3]), input([7, 7, 5])], 2).shape).toEqual([7, 7, 8]);
  });

  it('keeps the first of every group of strided elements, also of one cut short', () => {
    expect(stride(input([7, 8, 3]), [2, 2, 1]).shape).toEqual([4, 4, 3]);
  });

  it('adds padding before and after', () => {
    expect(pad(input([7, 8, 3]), [1, 0, 0], [2, 0, 5]).shape).toEqual([10, 8, 8]);
  });

  it('flattens a map, and leaves a vector as it is', () => {
    expect(flatten(input([7, 7, 512])).shape).toEqual([25_088]);
    const vector = input([10]);
    expect(flatten(vector)).toBe(vector);
  });

  it('writes a map as height×width×channels and a vector as its length', () => {
    expect(formatShape([28, 28, 16])).toBe('28×28×16');
    expect(formatShape([10])).toBe('10');
    expect(size([28, 28, 16])).toBe(12_544);
    expect(sameShape([1, 1, 10], [10])).toBe(false);
  });
});

describe('costOf', () => {
  it('counts a weight once, however many ops read it', () => {
    const w = weight('kernel', [10, 10], 'he');
    const cost = costOf(topological([matmul(matmul(input([10]), w), w)]));
    expect(cost.params.trainable).toBe(100);
    expect(cost.macs).toBe(200);
  });

  it('keeps running statistics apart from what gradients change', () => {
    const cost = costOf([weight('gamma', [16], 'ones'), statistic('running-mean', [16], 'zeros')]);
    expect(cost.params).toEqual({ trainable: 16, nonTrainable: 16 });
  });
});
