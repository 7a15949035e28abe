import { describe, expect, it } from 'vitest';
import { ScheduleSettings } from '../../graph/training';
import { rateAt } from './rate';

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

  it('is a number above zero in every step, whatever the warm-up', () => {
    for (const warmup of [0, 0.001, 0.5, 9.999, 10, 50]) {
      for (const type of ['constant', 'step', 'cosine']) {
        for (const rate of rates({ type, warmup }, 1, 2, 99, 100, 101, 999, 1000)) {
          expect(rate, `${type}, warm-up ${warmup}`).toBeGreaterThan(0);
          expect(rate).toBeLessThanOrEqual(0.4);
        }
      }
    }
  });
});
