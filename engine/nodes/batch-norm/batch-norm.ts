import { z } from 'zod';
import { constant, batchNorm as normalise, statistic, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import { choice, epsilon, momentum, toggle } from '../fields';
import { words } from '../window';

/**
 * y = gamma * (x - mean) / sqrt(variance + epsilon) + beta, per channel; x and y [h, w, c], or [n].
 *
 * In training, mean and variance are those of the batch (and of all pixels of a map), and
 * running = momentum * running + (1 - momentum) * batch; later the running values take their place.
 */
export const batchNorm = defineLayer({
  type: 'batch-norm',
  version: 1,
  title: 'Batch norm',
  category: 'norm',
  source: 'Ioffe, Szegedy. Batch Normalization. 2015. arXiv:1502.03167, algorithms 1 and 2',
  help:
    'Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it by two learned ' +
    'numbers. It makes deep nets trainable at high rates; in use it takes running values, so that one ' +
    'picture gives one answer.',
  inputs: ['x'],
  shorthand: { names: ['bn', 'batchnorm'] },
  params: z.strictObject({
    epsilon: epsilon(1e-5),
    momentum: momentum(),
    scale: toggle(true, { title: 'Scale', help: 'A learned factor a channel, gamma' }),
    center: toggle(true, { title: 'Center', help: 'A learned offset a channel, beta' }),
    start: choice('ones', ['ones', 'zeros'], {
      title: 'Gamma start',
      help: 'Zeros before a sum make a block start as its shortcut',
      only: (p) => p['scale'] === true,
    }),
  }),
  detail: (p) =>
    words(
      p.epsilon !== 1e-5 && `epsilon ${p.epsilon}`,
      p.momentum !== 0.9 && `momentum ${p.momentum}`,
      !p.scale && 'no scale',
      !p.center && 'no center',
    ),

  lower([x], p) {
    const channels = [x!.shape.at(-1)!];
    const variables = [
      p.scale ? weight('gamma', channels, p.start) : constant(channels, 1),
      p.center ? weight('beta', channels, 'zeros') : constant(channels, 0),
      statistic('running-mean', channels, 'zeros'),
      statistic('running-variance', channels, 'ones'),
    ];
    return normalise(x!, variables, { epsilon: p.epsilon, momentum: p.momentum });
  },
});
