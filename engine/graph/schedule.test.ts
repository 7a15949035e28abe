import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rateAt } from './schedule';
import { ScheduleSettings } from './training';

const RUN = { stepsPerEpoch: 100, epochs: 10 };
const rates = (schedule: unknown, ...steps: number[]): number[] =>
  steps.map((step) => rateAt(step, RUN, { rate: 0.4, schedule: ScheduleSettings.parse(schedule) }));

function expectClose(found: number[], expected: number[]): void {
  found.forEach((r, i) => {
    expect(r).toBeCloseTo(expected[i]!, 12);
  });
}

describe('the learning rate', () => {
  it('is the same in every step of a constant schedule', () => {
    expect(rates({ type: 'constant' }, 1, 500, 1000)).toEqual([0.4, 0.4, 0.4]);
  });

  it('grows evenly in the warm-up and is whole in its last step', () => {
    expectClose(rates({ type: 'constant', warmup: 2 }, 1, 100, 200, 201), [0.002, 0.2, 0.4, 0.4]);
  });

  it('is cut by the factor after every so many epochs, counted from the start of the run', () => {
    const schedule = { type: 'step', every: 3, factor: 0.1 };
    expectClose(rates(schedule, 1, 300, 301, 600, 601, 901), [0.4, 0.4, 0.04, 0.04, 0.004, 0.0004]);
    expectClose(rates({ ...schedule, warmup: 1 }, 50, 101, 300, 301), [0.2, 0.4, 0.4, 0.04]);
  });

  it('goes down by half a cosine to nearly nothing', () => {
    const at = (epoch: number) => (0.4 * (1 + Math.cos((Math.PI * epoch) / 10))) / 2;
    expectClose(rates({ type: 'cosine' }, 1, 251, 501, 1000), [0.4, at(2.5), 0.2, at(9.99)]);
  });

  it('fits the cosine into what the warm-up leaves', () => {
    const at = (epoch: number) => (0.4 * (1 + Math.cos((Math.PI * epoch) / 8))) / 2;
    expectClose(rates({ type: 'cosine', warmup: 2 }, 200, 201, 601, 1000), [0.4, 0.4, 0.2, at(7.99)]);
  });

  it('is cut at the epochs that are named', () => {
    const schedule = { type: 'multi-step', at: [5, 8], factor: 0.1 };
    expectClose(rates(schedule, 1, 500, 501, 800, 801, 1000), [0.4, 0.4, 0.04, 0.04, 0.004, 0.004]);
  });

  it('falls by the same factor each epoch', () => {
    expectClose(rates({ type: 'exponential', factor: 0.5 }, 1, 101, 201), [0.4, 0.2, 0.1]);
  });

  it('starts its cosine again, each time longer', () => {
    const schedule = { type: 'cosine-restarts', period: 1, growth: 2 };
    expectClose(rates(schedule, 1, 51, 101, 201, 301, 501), [0.4, 0.2, 0.4, 0.2, 0.4, 0.2]);
  });

  it('goes up and down once, and ends far below where it began', () => {
    const schedule = { type: 'one-cycle', rise: 0.3, start: 25, end: 1e4 };
    // the first of 300 steps has the lowest rate and the last of them the whole one: half way is between two steps
    const [first, before, after, top, down, last] = rates(schedule, 1, 150, 151, 300, 650, 1000) as number[];
    expectClose([first!, (before! + after!) / 2, top!], [0.4 / 25, (0.4 + 0.4 / 25) / 2, 0.4]);
    expect(down).toBeCloseTo(0.2, 5);
    expect(last).toBeCloseTo(0.4 / 25 / 1e4, 15);
  });

  it('falls along a power of what is left', () => {
    expectClose(rates({ type: 'polynomial', power: 1 }, 1, 501), [0.4, 0.2]);
    expectClose(rates({ type: 'polynomial', power: 2, warmup: 2 }, 201, 601), [0.4, 0.1]);
  });

  it('is a number above zero in every step, whatever the warm-up', () => {
    for (const warmup of [0, 0.001, 0.5, 9.999, 10, 50]) {
      for (const type of [
        'constant',
        'step',
        'cosine',
        'multi-step',
        'cosine-restarts',
        'one-cycle',
        'polynomial',
      ]) {
        for (const rate of rates({ type, warmup }, 1, 2, 99, 100, 101, 999, 1000)) {
          expect(rate, `${type}, warm-up ${warmup}`).toBeGreaterThan(0);
          expect(rate).toBeLessThanOrEqual(0.4);
        }
      }
    }
  });
});

/** Rates of a whole run, by scripts/reference/schedules.py. */
interface Reference {
  readonly run: { readonly rate: number; readonly stepsPerEpoch: number; readonly epochs: number };
  readonly cases: readonly { reference: string; schedule: { type: string }; rates: number[] }[];
}

/**
 * Keras' own warm-up is left out: it starts at a rate of 0, which moves nothing, and reaches the whole rate one step
 * later than PyTorch's LinearLR and ours. Its rates by epoch are PyTorch's, but it has no one-cycle.
 */
describe('the learning rate of each step', () => {
  const file = new URL('../../scripts/reference/schedules.json', import.meta.url);
  const { run, cases }: Reference = JSON.parse(readFileSync(file, 'utf8'));

  it.each(cases.map((c) => [c.reference, JSON.stringify(c.schedule), c] as const))(
    'is that of %s for %s',
    (_, __, { schedule, rates }) => {
      const settings = { rate: run.rate, schedule: ScheduleSettings.parse(schedule) };
      const apart = rates.map((expected, i) => Math.abs(rateAt(i + 1, run, settings) / expected - 1));
      expect(apart).toHaveLength(run.epochs * run.stepsPerEpoch);
      expect(Math.max(...apart)).toBeLessThan(1e-5);
    },
  );

  it('is compared for every schedule that there is', () => {
    const compared = new Set(cases.map(({ schedule }) => schedule.type));
    const types = ScheduleSettings.options.map((o) => o.shape.type.value);
    expect([...compared].sort()).toEqual([...types].sort());
  });
});
