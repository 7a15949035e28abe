import { z } from 'zod';
import { UserError } from '../../errors';
import { avgPool3d, max, maxPool3d, mean } from '../../ir/ops';
import { defineLayer } from '../define';
import { choice, int } from '../fields';
import { poolingWindow3, requireVideo, strideWords, words } from '../window';

/**
 * Pools a video over time alone: x [t, h, w, c] -> [h, w, c] over the whole of it, or with a window
 * [t', h, w, c], t' = floor((t - window) / stride) + 1.
 *
 * @see Piergiovanni et al. Evolving Space-Time Neural Architectures for Videos. 2018. arXiv:1811.10636
 */
export const timePool = defineLayer({
  type: 'time-pool',
  version: 1,
  title: 'Time pool',
  category: 'pool',
  source:
    'Piergiovanni et al. Evolving Space-Time Neural Architectures for Videos. 2018. arXiv:1811.10636, section 3',
  help:
    'Pools over the frames of a video and leaves each picture as it is. Over the whole of time it turns a video ' +
    'into one map, which layers for pictures can go on with.',
  formula: 'y[i, j, c] = mean or max over t of x[t, i, j, c]',
  example: { shapes: [[16, 28, 28, 16]] },
  inputs: ['x'],
  params: z.strictObject({
    mode: choice('mean', ['mean', 'max'], { title: 'Mode', help: 'The mean or the largest value over time' }),
    over: choice('whole', ['whole', 'windows'], {
      title: 'Over',
      help: 'The whole clip, or windows of some frames',
    }),
    window: int(2, {
      title: 'Window',
      unit: 'frames',
      max: 1024,
      help: 'Frames that one value is made of',
      only: (p) => p['over'] === 'windows',
    }),
    stride: int(2, {
      title: 'Stride',
      help: 'Frames from one window to the next',
      unit: 'frames',
      max: 1024,
      only: (p) => p['over'] === 'windows',
    }),
  }),
  name: (p) => `Time ${p.mode === 'mean' ? 'average' : 'max'} pool`,
  detail: (p) => (p.over === 'whole' ? 'whole' : words(`${p.window} frames`, strideWords(p.stride))),

  lower([x], p) {
    requireVideo(x!.shape);
    if (p.over === 'whole') return p.mode === 'mean' ? mean(x!, [0]) : max(x!, [0]);
    if (p.window > x!.shape[0]!) throw tooLong(p.window, x!.shape[0]!);
    const window = poolingWindow3(x!.shape, {
      kernel: [p.window, 1, 1],
      stride: [p.stride, 1, 1],
      padding: 'valid',
    });
    return p.mode === 'mean' ? avgPool3d(x!, window, false) : maxPool3d(x!, window);
  },
});

const tooLong = (window: number, frames: number): UserError =>
  new UserError(
    'time-pool/window',
    `A window of ${window} frames does not fit a video of ${frames}.`,
    'The window must lie wholly inside the video.',
    `Set window to ${frames} or less.`,
    { param: 'window' },
  );
