import { describe, expect, it } from 'vitest';
import { gradientHeat, signalsOf } from './layer-signals';

const layer = (path: string, gradient: number | null, more = {}) => ({
  ...{ path, gradient, weight: gradient, update: gradient, mean: 0.5, deviation: 1, dead: null },
  ...more,
});
const sample = (step: number, ...layers: ReturnType<typeof layer>[]) => ({
  type: 'signals' as const,
  step,
  layers,
});
const samples = [
  sample(10, layer('conv', 10), layer('block/a', 3), layer('block/relu', null, { dead: 0.25, mean: 2 })),
  sample(
    20,
    layer('conv', 1),
    layer('block/a', 3),
    layer('block/b', 4),
    layer('block/relu', null, { dead: 0.5 }),
  ),
];

describe('the signals of a node', () => {
  it('are its own, sample by sample', () => {
    expect(signalsOf(samples, 'conv').map(({ step, gradient }) => [step, gradient])).toEqual([
      [10, 10],
      [20, 1],
    ]);
  });

  it('of a block are those of all layers inside: one length, the largest update and share of dead', () => {
    const [first, second] = signalsOf(samples, 'block');
    expect(first).toMatchObject({ gradient: 3, dead: 0.25, mean: 2 });
    expect(second).toMatchObject({ gradient: 5, update: 4, dead: 0.5, mean: 0.5 });
  });

  it('are none for a node that the run does not have', () => {
    expect(signalsOf(samples, 'con')).toEqual([]);
  });
});

describe('the heat of gradients', () => {
  it('has a column a kernel of the newest sample, and goes by powers from the shortest to the longest', () => {
    const heat = gradientHeat(samples, 100, 10)!;
    expect(heat.columns).toEqual(['conv', 'block/a', 'block/b']);
    expect(heat.rows.map((r) => r.step)).toEqual([10, 20]);
    expect(heat.rows[0]!.shares).toEqual([1, Math.log10(3), 0]);
    expect(heat.lengths).toEqual([1, 3, 4]);
  });

  it('puts neighbours of deep nets into one column, by the longest', () => {
    const deep = sample(1, ...Array.from({ length: 10 }, (_, i) => layer(`n${i}`, i + 1)));
    const heat = gradientHeat([deep], 4, 10)!;
    expect(heat.columns).toEqual(['n0', 'n3', 'n6', 'n9']);
    expect(heat.lengths).toEqual([3, 6, 9, 10]);
  });

  it('is none without samples, and full where all are the same', () => {
    expect(gradientHeat([], 4, 4)).toBeUndefined();
    expect(gradientHeat([sample(1, layer('a', 2), layer('b', 2))], 4, 4)!.rows[0]!.shares).toEqual([1, 1]);
  });
});
