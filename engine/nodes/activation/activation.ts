import { z } from 'zod';
import type { Value } from '../../ir/ir';
import { add, elu, erf, leakyRelu, mul, relu, scale, selu, sigmoid, tanh, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import { choice, real } from '../fields';

const FUNCTIONS = ['relu', 'leaky-relu', 'prelu', 'elu', 'selu', 'gelu', 'swish', 'sigmoid', 'tanh'] as const;
type Name = (typeof FUNCTIONS)[number];

const titles: Readonly<Record<Name, string>> = {
  relu: 'ReLU', // max(0, x). Nair, Hinton 2010
  'leaky-relu': 'Leaky ReLU', // Maas, Hannun, Ng 2013
  prelu: 'PReLU', // He et al. 2015. arXiv:1502.01852
  elu: 'ELU', // Clevert, Unterthiner, Hochreiter 2015. arXiv:1511.07289
  selu: 'SELU', // Klambauer et al. 2017. arXiv:1706.02515
  gelu: 'GELU', // Hendrycks, Gimpel 2016. arXiv:1606.08415
  swish: 'Swish', // Ramachandran, Zoph, Le 2017. arXiv:1710.05941
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
};

const lowerings: Readonly<Record<Name, (x: Value, slope: number) => Value>> = {
  relu,
  'leaky-relu': leakyRelu,
  prelu,
  elu,
  selu,
  gelu,
  swish: (x) => mul(x, sigmoid(x)),
  sigmoid,
  tanh,
};

/** y = f(x) for each value by itself; x and y [h, w, c], or [n]. */
export const activation = defineLayer({
  type: 'activation',
  version: 1,
  title: 'Activation',
  category: 'activation',
  source: 'Nair, Hinton. Rectified Linear Units. ICML 2010; PReLU: He et al. 2015. arXiv:1502.01852',
  help:
    'Bends each value, without which a stack of layers would be one linear layer. ReLU trained a small net ' +
    'on CIFAR-10 six times faster than tanh (AlexNet, section 3.1).',
  inputs: ['x'],
  params: z.strictObject({
    function: choice('relu', FUNCTIONS, { title: 'Function' }),
    slope: real(0.01, {
      title: 'Slope',
      max: 1,
      help: 'Factor of negative values',
      quick: [0.01, 0.1, 0.2],
      only: (p) => p['function'] === 'leaky-relu',
    }),
  }),
  name: (p) => titles[p.function],
  detail: (p) => (p.function === 'leaky-relu' ? `slope ${p.slope}` : ''),

  lower: ([x], p) => lowerings[p.function](x!, p.slope),
});

/**
 * max(0, x) + alpha * min(0, x), alpha [c] learned. Starts at 0.25 and has no weight decay, which would pull
 * it to ReLU.
 * @see He et al. Delving Deep into Rectifiers. 2015, section 2.1
 */
function prelu(x: Value): Value {
  const alpha = weight('alpha', [x.shape.at(-1)!], { constant: 0.25 });
  return add(relu(x), scale(mul(relu(scale(x, -1)), alpha), -1));
}

/** x * (1 + erf(x / sqrt 2)) / 2, the exact form rather than the one by tanh. */
function gelu(x: Value): Value {
  return scale(add(x, mul(x, erf(scale(x, Math.SQRT1_2)))), 0.5);
}
