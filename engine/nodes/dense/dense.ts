import { z } from 'zod';
import { UserError } from '../../errors';
import { add, matmul, startOf, weight } from '../../ir/ops';
import { formatShape, type Shape, size } from '../../ir/shape';
import { defineLayer } from '../define';
import { bias, biasStart, channelCount, initial, penalty } from '../fields';

/** x [n] · kernel [n, units] + bias [units] -> [units] */
export const dense = defineLayer({
  type: 'dense',
  version: 1,
  title: 'Dense',
  category: 'dense',
  source:
    'Rumelhart, Hinton, Williams. Learning Representations by Back-propagating Errors. Nature 323, 1986',
  help:
    'Every unit weighs every input value and adds them up. It has inputs × units weights, which is most of ' +
    'AlexNet and VGG and the reason why later nets have only one.',
  inputs: ['x'],
  shorthand: { names: ['fc', 'linear', 'fully connected'] },
  params: z.strictObject({
    units: channelCount(10, { title: 'Units', help: 'Length of the output', quick: [10, 128, 1000, 4096] }),
    bias: bias(),
    biasStart: biasStart(),
    initial: initial(),
    ...penalty(),
  }),
  detail: (p) => `${p.units} units`,
  resize: (p, count) => ({ ...p, units: count }),

  lower([x], p) {
    if (x!.shape.length !== 1) throw notVector(x!.shape);
    const y = matmul(x!, weight('kernel', [x!.shape[0]!, p.units], p.initial, p));
    return p.bias ? add(y, weight('bias', [p.units], startOf(p.biasStart))) : y;
  },
});

function notVector(shape: Shape): UserError {
  return new UserError(
    'dense/not-a-vector',
    `A map of ${formatShape(shape)} comes in; a Dense takes a vector.`,
    'It has a weight for each value and knows no height, width or channels.',
    `Put a Flatten before it, which makes a vector of ${size(shape)}.`,
    { port: 'x' },
  );
}
