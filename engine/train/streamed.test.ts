import { afterEach, expect, it, vi } from 'vitest';
import { pictures } from '../data/pictures/pictures';
import { folderWith, png } from '../data/testing';
import { rowOf } from '../graph/testing';
import { measured, only, trained } from './testing';

afterEach(() => vi.unstubAllEnvs());

it('a run on streamed pictures has the losses of one on pictures in memory, bit for bit', async () => {
  const many = (label: string, count: number, blue: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`${label}/${i}.png`, png(10, 12, [(i * 37) % 256, i, blue])]),
    );
  const folder = await folderWith({ ...many('a', 50, 60), ...many('b', 50, 190) });
  const doc = rowOf(
    [
      ['input', { shape: [8, 8, 3] }],
      ['conv2d', { filters: 4, kernel: 3, bias: false }],
      ['batch-norm'],
      ['activation'],
      ['flatten'],
      ['dropout', { rate: 0.2 }],
      ['dense', { units: 2 }],
      ['output', { classes: 2 }],
    ],
    {
      data: { set: 'pictures', folder, size: 8, validation: 11 },
      ...{ epochs: 3, batch: 8, accumulate: 2, rate: 0.05, watch: { every: 2 } },
      ...{ augment: { flip: true, crop: 1, mixup: 0.2 }, loss: { classes: 'balanced' } },
    },
  );
  const whole = await trained(doc);
  vi.stubEnv('CONVLOOM_PICTURES_MB', '0.001');
  const choice = { set: 'pictures', folder, size: 8 };
  expect((await pictures.describe(choice)).streamed).toBe(true);
  const streamed = await trained(doc);
  expect(measured(streamed)).toEqual(measured(whole));
  expect(measured(whole).length).toBe(3 * 4 + 3);
  expect(only(streamed, 'done')[0]!.test).toEqual(only(whole, 'done')[0]!.test);
});
