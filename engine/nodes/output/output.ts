import { z } from 'zod';
import { softmax } from '../../ir/ops';
import { defineLayer } from '../define';
import { int } from '../fields';
import { requireScores } from '../scores';

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
    'here, so a net has exactly one; further classifiers for training alone are Auxiliary outputs.',
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
    requireScores(x!.shape, p.classes);
    return softmax(x!);
  },
});
