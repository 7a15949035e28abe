import { z } from 'zod';
import { UserError } from '../../errors';
import { softmax } from '../../ir/ops';
import { formatShape, type Shape, size } from '../../ir/shape';
import { defineLayer } from '../define';
import { int } from '../fields';

/** Class scores to probabilities: x [classes] -> p [classes], p_i = exp(x_i) / sum_j exp(x_j). */
export const output = defineLayer({
  type: 'output',
  version: 1,
  title: 'Output',
  category: 'io',
  role: 'output',
  source: 'Bridle. Probabilistic Interpretation of Feedforward Classification Network Outputs. 1990',
  help:
    'Turns one score per class into probabilities that sum to 1 (softmax). Loss and accuracy are measured ' +
    'here, so a net has exactly one.',
  inputs: ['x'],
  params: z.strictObject({
    classes: int(10, {
      title: 'Classes',
      min: 2,
      help: 'One score must come in for each',
      quick: [10, 100, 1000],
    }),
  }),
  detail: (p) => `${p.classes} classes`,
  resize: (p, count) => ({ ...p, classes: count }),

  lower([x], p) {
    if (x!.shape.length !== 1) throw notVector(x!.shape, p.classes);
    const [scores] = x!.shape;
    if (scores !== p.classes) throw wrongCount(scores!, p.classes);
    return softmax(x!);
  },
});

function wrongCount(scores: number, classes: number): UserError {
  const units = `Set units of the Dense before it to ${classes}`;
  return new UserError(
    'output/classes',
    `${scores} ${scores === 1 ? 'score comes' : 'scores come'} in for ${classes} classes.`,
    'The net gives each class a score of its own.',
    scores < 2 ? `${units}.` : `${units}, or classes to ${scores}.`,
    { param: 'classes' },
  );
}

function notVector(shape: Shape, classes: number): UserError {
  return new UserError(
    'output/not-a-vector',
    `A map of ${formatShape(shape)} comes in; it takes a vector of ${classes} scores.`,
    'A picture belongs to one class, so the scores have no height and width.',
    size(shape) === classes
      ? 'Put a Flatten before it.'
      : `Put a Flatten and a Dense of ${classes} units before it.`,
    { port: 'x' },
  );
}
