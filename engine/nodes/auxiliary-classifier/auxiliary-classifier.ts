import { z } from 'zod';
import { UserError } from '../../errors';
import { formatShape, type Shape } from '../../ir/shape';
import { defineComposite } from '../define';
import { choice, int, real } from '../fields';
import { type End, SubgraphBuilder } from '../subgraph';
import { requireMap } from '../window';

/**
 * A small classifier in the middle of a net, for training alone: x [h, w, c] -> [classes].
 *
 * `googlenet`: average pool 5×5/3, conv 1×1 of 128, dense 1024, dropout 0.7, dense. `inception-v3`: average pool 5×5/3,
 * conv 1×1 of 128 and 5×5 of 768 with batch norm, mean, dense.
 *
 * @throws UserError `auxiliary-classifier/size`
 * @see Szegedy et al. Going Deeper with Convolutions. 2014, section 5; Rethinking Inception. 2015, section 4
 */
export const auxiliaryClassifier = defineComposite({
  type: 'auxiliary-classifier',
  version: 1,
  title: 'Auxiliary classifier',
  category: 'block',
  role: 'auxiliary',
  source: 'Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, section 5',
  help:
    'A small classifier on a map in the middle of a net, whose loss counts with a weight of its own. It brings a ' +
    'gradient to early layers and is left out after training.',
  formula: 'loss = loss(output) + Σ weight · loss(auxiliary)',
  example: { shapes: [[14, 14, 512]] },
  inputs: ['x'],
  params: z.strictObject({
    form: choice('googlenet', ['googlenet', 'inception-v3'], {
      title: 'Form',
      help: 'The head of GoogLeNet (2014), or that of Inception v3 (2015)',
    }),
    classes: int(10, { title: 'Classes', min: 2, help: 'As many as the Output has', quick: [10, 100, 1000] }),
    weight: real(0.3, { title: 'Weight', max: 10, help: 'Its share in the loss', quick: [0.3, 0.4] }),
  }),
  detail: (p) => `${p.classes} classes · weight ${p.weight}`,
  resize: (p, count) => ({ ...p, classes: count }),

  expand(p, [x]) {
    requireMap(x!);
    const least = p.form === 'googlenet' ? 5 : 17;
    if (Math.min(x![0]!, x![1]!) < least) throw tooSmall(x!, least);
    const g = new SubgraphBuilder();
    const pooled = g.add('pool', 'avg-pool', { kernel: 5, stride: 3 }, g.input('x'));
    const top = p.form === 'googlenet' ? googlenet(g, pooled) : inceptionV3(g, pooled);
    const scores = g.add('fc', 'dense', { units: p.classes }, top);
    return g.result(g.add('output', 'auxiliary-output', { classes: p.classes, weight: p.weight }, scores));
  },
});

function googlenet(g: SubgraphBuilder, pooled: End): End {
  let y = g.add('conv', 'conv2d', { filters: 128, kernel: 1 }, pooled);
  y = g.add('relu', 'activation', { function: 'relu' }, y);
  y = g.add('flatten', 'flatten', {}, y);
  y = g.add('hidden', 'dense', { units: 1024 }, y);
  y = g.add('hidden-relu', 'activation', { function: 'relu' }, y);
  return g.add('dropout', 'dropout', { rate: 0.7 }, y);
}

function inceptionV3(g: SubgraphBuilder, pooled: End): End {
  let y = pooled;
  for (const [id, filters, kernel] of [
    ['conv1', 128, 1],
    ['conv2', 768, 5],
  ] as const) {
    y = g.add(id, 'conv2d', { filters, kernel, padding: 'valid', bias: false }, y);
    y = g.add(`${id}-bn`, 'batch-norm', { epsilon: 1e-3 }, y);
    y = g.add(`${id}-relu`, 'activation', { function: 'relu' }, y);
  }
  return g.add('mean', 'global-avg-pool', {}, y);
}

const tooSmall = (shape: Shape, least: number): UserError =>
  new UserError(
    'auxiliary-classifier/size',
    `A map of ${formatShape(shape)} is too small for it.`,
    `Its pooling and convolutions need ${least}×${least} pixels.`,
    'Put it further to the front of the net, or take a Global average pool, a Dense and an Auxiliary output.',
    { port: 'x' },
  );
