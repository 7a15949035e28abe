import { z } from 'zod';
import { softmax } from '../../ir/ops';
import { defineLayer } from '../define';
import { int, real } from '../fields';
import { requireScores } from '../scores';

/**
 * A second classifier: class scores x [classes] -> probabilities [classes]. In training the loss is that of the Output
 * plus `weight` times this one's; afterwards it is left out.
 *
 * @see Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, section 5: weight 0.3
 */
export const auxiliaryOutput = defineLayer({
  type: 'auxiliary-output',
  version: 1,
  title: 'Auxiliary output',
  category: 'io',
  role: 'auxiliary',
  source: 'Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, section 5',
  help:
    'Measures a loss in the middle of a net, so that early layers get a gradient from near by. It has a share in ' +
    'training only: use and export leave it out.',
  formula: 'loss = loss(output) + Σ weight · loss(auxiliary)',
  example: { shapes: [[10]] },
  inputs: ['x'],
  params: z.strictObject({
    classes: int(10, { title: 'Classes', min: 2, help: 'As many as the Output has', quick: [10, 100, 1000] }),
    weight: real(0.3, { title: 'Weight', max: 10, help: 'Its share in the loss', quick: [0.3, 0.4] }),
  }),
  detail: (p) => `${p.classes} classes · weight ${p.weight}`,
  resize: (p, count) => ({ ...p, classes: count }),

  lower([x], p) {
    requireScores(x!.shape, p.classes);
    return softmax(x!);
  },
});
