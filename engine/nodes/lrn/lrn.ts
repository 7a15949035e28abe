import { z } from 'zod';
import { lrn as normalise } from '../../ir/ops';
import { defineLayer } from '../define';
import { int, real } from '../fields';
import { requireMap, words } from '../window';

/**
 * b_i = a_i / (k + alpha * sum a_j^2)^beta, the sum over the n = 2 * radius + 1 channels around i; a, b [h,
 * w, c]. k is `bias`.
 *
 * Trap: alpha multiplies the sum, as in the paper and in TensorFlow. Caffe, PyTorch and ONNX divide alpha by
 * n: their 5e-4 with n = 5 is 1e-4 here.
 */
export const lrn = defineLayer({
  type: 'lrn',
  version: 1,
  title: 'LRN',
  category: 'norm',
  source: 'Krizhevsky, Sutskever, Hinton. ImageNet Classification with Deep CNNs. 2012, section 3.3',
  help:
    'Divides each value by the strength of its neighbour channels at the same pixel, so that strong ' +
    'features damp weak ones beside them. AlexNet used k = 2, n = 5, alpha = 1e-4, beta = 0.75; VGG ' +
    '(section 4.1) found no gain.',
  inputs: ['x'],
  params: z.strictObject({
    radius: int(2, { title: 'Radius', max: 512, help: 'Channels on each side: n = 2 · radius + 1' }),
    bias: real(2, {
      title: 'Bias',
      min: 1e-3,
      max: 1000,
      help: 'Added to the sum before the power; k of the paper',
    }),
    alpha: real(1e-4, {
      title: 'Alpha',
      max: 1000,
      help: 'Factor of the sum of squares; Caffe, PyTorch and ONNX divide theirs by n',
    }),
    beta: real(0.75, { title: 'Beta', help: 'Power of the sum that the value is divided by', max: 10 }),
  }),
  detail: (p) => words(`n = ${2 * p.radius + 1}`, `k = ${p.bias}`, `alpha ${p.alpha}`, `beta ${p.beta}`),

  lower([x], p) {
    requireMap(x!.shape);
    return normalise(x!, { radius: p.radius, bias: p.bias, alpha: p.alpha, beta: p.beta });
  },
});
