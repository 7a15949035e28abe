import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TrainingSettings } from '../graph/training';
import { cutOf, isOver, UNWATCHED, type Watched, watch } from './watch';

const settings = (more: object) => TrainingSettings.parse({ watch: more }).watch;
const after = (values: readonly number[], how: ReturnType<typeof settings>): Watched =>
  values.reduce((w, v, i) => watch(w, { loss: v, accuracy: v }, 10 * (i + 1), how), UNWATCHED);

it('knows the best epoch, by accuracy or by loss', () => {
  expect(after([0.5, 0.9, 0.7], settings({})).best).toEqual({ value: 0.9, step: 20 });
  expect(after([0.5, 0.9, 0.7], settings({ metric: 'loss' })).best).toEqual({ value: 0.5, step: 10 });
});

it('takes for better only what is better by delta', () => {
  expect(after([0.5, 0.55], settings({ delta: 0.1 })).best!.step).toBe(10);
  expect(after([0.5, 0.61], settings({ delta: 0.1 })).best!.step).toBe(20);
});

it('is over after as many epochs without a better one as it is patient', () => {
  const how = settings({ patience: 2 });
  expect(isOver(after([0.9, 0.8], how), how)).toBe(false);
  expect(isOver(after([0.9, 0.8, 0.7], how), how)).toBe(true);
  expect(isOver(after([0.9, 0.8, 0.95, 0.7], how), how)).toBe(false);
  expect(isOver(after([0.9, 0.8, 0.7, 0.6], settings({})), settings({}))).toBe(false);
});

it('cuts the rate on each plateau', () => {
  const how = settings({ plateau: 2, factor: 0.5 });
  expect(cutOf(after([0.9, 0.8], how), how)).toBe(1);
  expect(cutOf(after([0.9, 0.8, 0.8], how), how)).toBe(0.5);
  expect(cutOf(after([0.9, 0.8, 0.8, 0.8, 0.8], how), how)).toBe(0.25);
});

interface Plateau {
  readonly reference: string;
  readonly watch: { readonly metric: 'loss' };
  /** Losses of the validation pictures, epoch by epoch, and the rate after each. */
  readonly figures: readonly number[];
  readonly rates: readonly number[];
}
const reference = new URL('../../scripts/reference/schedules.json', import.meta.url);
const { run, plateau }: { run: { rate: number }; plateau: Plateau[] } = JSON.parse(
  readFileSync(reference, 'utf8'),
);

/** Our plateau is Keras' patience; PyTorch's patience is one epoch less. The threshold is an absolute one. */
it.each(plateau.map((p) => [p.reference, p] as const))('cuts the rate where %s does', (_, p) => {
  const how = settings(p.watch);
  const rates = p.figures.map((_, i) => run.rate * cutOf(after(p.figures.slice(0, i + 1), how), how));
  expect(new Set(p.rates.map((r) => r.toPrecision(5))).size).toBe(4);
  expect(Math.max(...rates.map((rate, i) => Math.abs(rate / p.rates[i]! - 1)))).toBeLessThan(1e-5);
});
