import { z } from 'zod';
import { avgPool as pool, reshape } from '../../ir/ops';
import { defineLayer } from '../define';
import { choice, int, toggle } from '../fields';
import { poolingWindow, requireSequence, strideWords, words } from '../window';

/** The mean of each window along a sequence: x [l, c] -> [l', c]. */
export const avgPool1d = defineLayer({
  type: 'avg-pool1d',
  version: 1,
  title: 'Average pool 1D',
  category: 'pool',
  source:
    'Waibel et al. Phoneme Recognition Using Time-Delay Neural Networks. 1989; Kim 2014. arXiv:1408.5882',
  help:
    'Keeps the mean of each window along a sequence, so that it gets shorter. ' +
    'Channels stay apart, and there are no weights.',
  formula: 'y[i, c] = mean_k x[stride · i + k − pad, c]',
  example: { shapes: [[128, 16]] },
  inputs: ['x'],
  params: z.strictObject({
    kernel: int(2, { title: 'Kernel', max: 1024, quick: [2, 3] }),
    stride: int(2, { title: 'Stride', max: 1024, quick: [1, 2] }),
    padding: choice('valid', ['same', 'valid', 'pixels'], { title: 'Padding' }),
    pad: int(1, { title: 'Pad', unit: 'px', min: 0, max: 1024, only: (p) => p['padding'] === 'pixels' }),
    countPadding: toggle(false, {
      title: 'Count padding',
      help: 'Padded zeros count in the mean',
      only: (p) => p['padding'] !== 'valid',
    }),
  }),
  name: (p) => `Average pool ${p.kernel}`,
  detail: (p) => words(strideWords(p.stride), p.padding !== 'valid' && p.padding),

  lower([x], p) {
    requireSequence(x!.shape);
    const row = reshape(x!, [1, ...x!.shape]);
    const window = poolingWindow(row.shape, {
      kernel: [1, p.kernel],
      stride: [1, p.stride],
      padding: p.padding === 'pixels' ? [0, p.pad] : p.padding,
    });
    const y = pool(row, window, p.countPadding);
    return reshape(y, y.shape.slice(1));
  },
});
