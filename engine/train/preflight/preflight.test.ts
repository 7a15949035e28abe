import { describe, expect, it } from 'vitest';
import { TrainingSettings } from '../../graph/training';
import { RunControl } from '../control';
import { stripes, tinyNet } from '../testing';
import { preflight } from './preflight';
import { judgeData, judgeLayers, judgeLoss } from './verdicts';

const layer = (path: string, more: object = {}) => ({
  ...{ path, gradient: 1, weight: 1, mean: 0, deviation: 1, dead: null },
  ...more,
});
const codes = (problems: readonly { readonly code: string }[]) => problems.map((p) => p.code);
const settings = TrainingSettings.parse({});

describe('the verdict on layers', () => {
  it('is none where signals keep their size and every kernel is pulled', () => {
    expect(
      judgeLayers([layer('a'), layer('b', { deviation: 0.1, dead: 0.3 }), layer('c', { gradient: 0.01 })]),
    ).toEqual([]);
  });

  it('names the first layer that fades, is dead, or gets no gradient', () => {
    const problems = judgeLayers([
      layer('a', { gradient: 0 }),
      layer('b', { deviation: 1e-5 }),
      layer('c', { deviation: 1e-7, dead: 0.9, gradient: null }),
    ]);
    expect(codes(problems)).toEqual(['preflight/spread', 'preflight/dead', 'preflight/gradient']);
    expect(problems.map((p) => p.place.node)).toEqual(['b', 'c', 'a']);
    expect(problems[2]!.what).toBe('No gradient reaches a.');
  });
});

describe('the verdict on the data', () => {
  const split = (labels: readonly number[], pictures?: Uint8Array) => ({
    labels: Uint8Array.from(labels),
    pictures: pictures ?? Uint8Array.from({ length: labels.length * 4 }, (_, i) => i % 7),
    count: labels.length,
  });

  it('is none where classes are alike', () => {
    expect(judgeData(split([0, 1, 0, 1, 1]), 2, settings)).toEqual([]);
  });

  it('finds empty and rare classes, with weights as the repair, and pictures of one colour', () => {
    expect(codes(judgeData(split([0, 0]), 2, settings))).toEqual(['preflight/empty-class']);
    const [uneven] = judgeData(split([0, 0, 0, 0, 0, 0, 1]), 2, settings);
    expect(uneven).toMatchObject({
      code: 'preflight/balance',
      repairs: [{ command: 'training.set', args: { patch: { loss: { classes: 'balanced' } } } }],
    });
    const balanced = TrainingSettings.parse({ loss: { classes: 'balanced' } });
    expect(judgeData(split([0, 0, 0, 0, 0, 0, 1]), 2, balanced)).toEqual([]);
    expect(codes(judgeData(split([0, 1], new Uint8Array(8)), 2, settings))).toEqual(['preflight/flat']);
  });
});

describe('the verdict on one batch', () => {
  it('is none where the net learns it', () => {
    expect(judgeLoss({ first: 2.3, last: 0.2, steps: 40 }, 10, settings)).toEqual([]);
  });

  it('tells a first loss far above that of a guess', () => {
    expect(codes(judgeLoss({ first: 20, last: 1, steps: 40 }, 10, settings))).toEqual([
      'preflight/first-loss',
    ]);
  });

  it('lowers a rate that lets the loss grow, and raises one that is far below the usual', () => {
    const grew = judgeLoss({ first: 2.3, last: Number.POSITIVE_INFINITY, steps: 3 }, 10, {
      ...settings,
      rate: 5,
    });
    expect(grew).toMatchObject([{ code: 'preflight/grows', repairs: [{ args: { patch: { rate: 0.1 } } }] }]);
    const still = judgeLoss({ first: 2.3, last: 2.2, steps: 40 }, 10, { ...settings, rate: 0.001 });
    expect(still).toMatchObject([
      { code: 'preflight/learns-nothing', repairs: [{ args: { patch: { rate: 0.01 } } }] },
    ]);
  });
});

describe('a preflight', () => {
  it('finds nothing in a sound net, which learns its batch by heart', async () => {
    const told = await preflight(tinyNet(await stripes()), new RunControl());
    expect(told.problems).toEqual([]);
    expect(told.overfit.last!).toBeLessThan(0.5 * told.overfit.first);
    expect(told.layers.some((l) => l.gradient !== null && l.gradient > 0)).toBe(true);
  });

  it('finds a rate that is far too high', async () => {
    const doc = tinyNet(await stripes());
    const told = await preflight({ ...doc, training: { ...doc.training, rate: 90 } }, new RunControl());
    expect(codes(told.problems)).toContain('preflight/grows');
  });
});
