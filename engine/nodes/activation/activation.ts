import { z } from 'zod';
import type { Value } from '../../ir/ir';
import {
  add,
  elu,
  erf,
  exp,
  leakyRelu,
  mul,
  reciprocal,
  relu,
  relu6,
  scale,
  selu,
  shift,
  sigmoid,
  softmax,
  softplus,
  subtract,
  tanh,
  weight,
} from '../../ir/ops';
import { defineLayer } from '../define';
import { choice, real } from '../fields';

const FUNCTIONS = [
  ...(['relu', 'relu6', 'leaky-relu', 'prelu', 'elu', 'celu', 'selu', 'gelu', 'gelu-tanh', 'swish'] as const),
  ...([
    'mish',
    'softplus',
    'softsign',
    'sigmoid',
    'hard-sigmoid',
    'hard-swish',
    'tanh',
    'hard-tanh',
  ] as const),
  ...(['log-sigmoid', 'exponential', 'softmax', 'linear'] as const),
] as const;
type Name = (typeof FUNCTIONS)[number];

const titles: Readonly<Record<Name, string>> = {
  relu: 'ReLU', // max(0, x). Nair, Hinton 2010
  relu6: 'ReLU6', // min(max(0, x), 6). Krizhevsky 2010, Convolutional Deep Belief Networks on CIFAR-10
  'leaky-relu': 'Leaky ReLU', // Maas, Hannun, Ng 2013
  prelu: 'PReLU', // He et al. 2015. arXiv:1502.01852
  elu: 'ELU', // alpha (e^x - 1) below 0. Clevert, Unterthiner, Hochreiter 2015. arXiv:1511.07289
  celu: 'CELU', // alpha (e^(x / alpha) - 1) below 0. Barron 2017. arXiv:1704.07483
  selu: 'SELU', // Klambauer et al. 2017. arXiv:1706.02515
  gelu: 'GELU', // x Phi(x). Hendrycks, Gimpel 2016. arXiv:1606.08415
  'gelu-tanh': 'GELU (tanh)', // the same paper, section 2: 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
  swish: 'Swish', // x sigmoid(x), SiLU. Ramachandran, Zoph, Le 2017. arXiv:1710.05941
  mish: 'Mish', // x tanh(softplus(x)). Misra 2019. arXiv:1908.08681
  softplus: 'Softplus', // log(1 + e^x). Dugas et al. 2001
  softsign: 'Softsign', // x / (1 + |x|). Bergstra et al. 2009
  sigmoid: 'Sigmoid',
  'hard-sigmoid': 'Hard sigmoid', // relu6(x + 3) / 6. Howard et al. 2019, MobileNetV3. arXiv:1905.02244
  'hard-swish': 'Hard swish', // x relu6(x + 3) / 6, the same
  tanh: 'Tanh',
  'hard-tanh': 'Hard tanh', // min(max(-1, x), 1). Collobert 2004
  'log-sigmoid': 'Log sigmoid',
  exponential: 'Exponential',
  softmax: 'Softmax', // over the channels of each pixel
  linear: 'Linear', // f(x) = x
};

interface Shape {
  readonly slope: number;
  readonly alpha: number;
  readonly slopes: 'channel' | 'one';
}
const lowerings: Readonly<Record<Name, (x: Value, p: Shape) => Value>> = {
  relu,
  relu6,
  'leaky-relu': (x, { slope }) => leakyRelu(x, slope),
  prelu: (x, { slopes }) => prelu(x, slopes),
  elu: (x, { alpha }) =>
    alpha === 1 ? elu(x) : belowZero(x, scale(elu(scale(relu(scale(x, -1)), -1)), alpha)),
  celu: (x, { alpha }) => (alpha === 1 ? elu(x) : scale(elu(scale(x, 1 / alpha)), alpha)),
  selu,
  gelu,
  'gelu-tanh': geluTanh,
  swish: (x) => mul(x, sigmoid(x)),
  mish: (x) => mul(x, tanh(softplus(x))),
  softplus,
  softsign: (x) => mul(x, reciprocal(shift(add(relu(x), relu(scale(x, -1))), 1))),
  sigmoid,
  'hard-sigmoid': (x) => scale(relu6(shift(x, 3)), 1 / 6),
  'hard-swish': (x) => mul(x, scale(relu6(shift(x, 3)), 1 / 6)),
  tanh,
  'hard-tanh': (x) => shift(subtract(relu(shift(x, 1)), relu(shift(x, -1))), -1),
  'log-sigmoid': (x) => scale(softplus(scale(x, -1)), -1),
  exponential: exp,
  softmax,
  linear: (x) => x,
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
  shorthand: { namedBy: 'function' },
  params: z.strictObject({
    function: choice('relu', FUNCTIONS, { title: 'Function', help: 'What is done to every value' }),
    slope: real(0.01, {
      title: 'Slope',
      max: 1,
      help: 'Factor of negative values',
      quick: [0.01, 0.1, 0.2],
      only: (p) => p['function'] === 'leaky-relu',
    }),
    alpha: real(1, {
      title: 'Alpha',
      min: 0.01,
      max: 100,
      help: 'What it comes to far below zero, negated',
      only: (p) => p['function'] === 'elu' || p['function'] === 'celu',
    }),
    slopes: choice('channel', ['channel', 'one'], {
      title: 'Slopes',
      help: 'One learned slope a channel, or one for all',
      only: (p) => p['function'] === 'prelu',
    }),
  }),
  name: (p) => titles[p.function],
  detail: (p) => (p.function === 'leaky-relu' ? `slope ${p.slope}` : ''),

  lower: ([x], p) => lowerings[p.function](x!, p),
});

/**
 * max(0, x) + alpha * min(0, x), alpha [c] learned. Starts at 0.25 and has no weight decay, which would pull
 * it to ReLU.
 * @see He et al. Delving Deep into Rectifiers. 2015, section 2.1
 */
function prelu(x: Value, slopes: 'channel' | 'one'): Value {
  const alpha = weight('alpha', [slopes === 'one' ? 1 : x.shape.at(-1)!], { constant: 0.25 });
  return add(relu(x), scale(mul(relu(scale(x, -1)), alpha), -1));
}

/** relu(x) plus what stands below zero. */
const belowZero = (x: Value, below: Value): Value => add(relu(x), below);

/** x * (1 + erf(x / sqrt 2)) / 2, the exact form rather than the one by tanh. */
function gelu(x: Value): Value {
  return scale(add(x, mul(x, erf(scale(x, Math.SQRT1_2)))), 0.5);
}

function geluTanh(x: Value): Value {
  const cube = mul(x, mul(x, x));
  const inner = scale(add(x, scale(cube, 0.044715)), Math.sqrt(2 / Math.PI));
  return scale(add(x, mul(x, tanh(inner))), 0.5);
}
