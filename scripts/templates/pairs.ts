import { cifar, NetBuilder, type Params, printed } from './builder';

type Step = readonly [id: string, type: string, params?: Params];
interface Side {
  readonly id: string;
  readonly steps: readonly Step[];
}
interface Pair {
  readonly name: string;
  readonly source: string;
  readonly note: string;
  /** Weights of each side, without those of its scores. */
  readonly figures: readonly (readonly [string, number])[];
  readonly shape?: readonly number[];
  readonly stem: readonly Step[];
  readonly sides: readonly [Side, Side];
}

/**
 * Two nets on one canvas, from one input, each with scores of its own: the second ends in an auxiliary output of weight 1,
 * so that a run trains both, on the same pictures, and neither touches the other.
 */
function pair({ shape = [32, 32, 3], stem, sides, figures, name, source, note }: Pair) {
  const net = new NetBuilder(shape);
  const walk = (steps: readonly Step[], prefix = '') => {
    for (const [id, type, params] of steps) net.add(prefix + id, type, params ?? {});
  };
  walk(stem);
  const from = net.last;
  sides.forEach((side, i) => {
    net.from(from);
    walk(side.steps, `${side.id}-`);
    net.add(`${side.id}-pool`, 'global-avg-pool').add(`${side.id}-fc`, 'dense', { units: 10 });
    if (i === 0) net.add('output', 'output', { classes: 10 });
    else net.add(`${side.id}-output`, 'auxiliary-output', { classes: 10, weight: 1 });
  });
  return net.document({
    name,
    source,
    note: `${note} Both are trained in one run, on the same pictures; the Output shows the first.`,
    printed: figures.map(([what, value]) => printed(what, value, 'by the formula of the source')),
    training: cifar(),
  });
}

const SIMONYAN = 'Simonyan, Zisserman. Very Deep Convolutional Networks. 2014. arXiv:1409.1556, section 2.3';
const conv = (id: string, kernel: number): readonly Step[] => [
  [id, 'conv2d', { filters: 32, kernel, bias: false }],
  [`${id}-relu`, 'activation', { function: 'relu' }],
];
const ones = (filters: number): Step => ['conv1', 'conv2d', { filters, kernel: 3, padding: 1, bias: false }];
const norm: readonly Step[] = [
  ['conv1-bn', 'batch-norm'],
  ['conv1-relu', 'activation', { function: 'relu' }],
];

/** The 3×3 convolutions of ResNet-20, with or without its shortcuts. */
const twenty = (shortcut: 'zero-pad' | 'none'): readonly Step[] =>
  [16, 32, 64].flatMap((filters, s) =>
    [1, 2, 3].map((b): Step => {
      const stride = s > 0 && b === 1 ? 2 : 1;
      return [`stage${s + 1}-block${b}`, 'residual', { filters, stride, shortcut }];
    }),
  );
const resnext = (form: 'paths' | 'grouped'): readonly Step[] => [
  ['block', 'resnext', { form, filters: 256, cardinality: 32, width: 4 }],
];

export const pairs = {
  'two-3x3-vs-5x5': () =>
    pair({
      name: 'Two 3×3 against one 5×5',
      source: SIMONYAN,
      note: 'Both see 5×5 pixels of what comes in; two 3×3 take 18 C² weights and have two ReLUs, one 5×5 takes 25 C².',
      figures: [
        ['weights of two 3×3', 18 * 32 ** 2],
        ['weights of one 5×5', 25 * 32 ** 2],
      ],
      stem: [ones(32), ...norm],
      sides: [
        { id: 'two', steps: [...conv('conv1', 3), ...conv('conv2', 3)] },
        { id: 'one', steps: conv('conv', 5) },
      ],
    }),
  'three-3x3-vs-7x7': () =>
    pair({
      name: 'Three 3×3 against one 7×7',
      source: SIMONYAN,
      note: 'Both see 7×7 pixels of what comes in; three 3×3 take 27 C² weights and have three ReLUs, one 7×7 takes 49 C².',
      figures: [
        ['weights of three 3×3', 27 * 32 ** 2],
        ['weights of one 7×7', 49 * 32 ** 2],
      ],
      stem: [ones(32), ...norm],
      sides: [
        { id: 'three', steps: [...conv('conv1', 3), ...conv('conv2', 3), ...conv('conv3', 3)] },
        { id: 'one', steps: conv('conv', 7) },
      ],
    }),
  'naive-vs-reduced-inception': () =>
    pair({
      name: 'Inception: naive against reduced',
      source:
        'Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, figure 2 and table 1, 3a',
      note:
        'The module 3a of GoogLeNet on its 28×28×192, with and without the 1×1 that reduce the channels before the large ' +
        'kernels: 128 M multiply-adds against 303 M, and 256 channels against 416.',
      figures: [
        [
          'multiply-adds, reduced',
          784 * (192 * 64 + 192 * 96 + 9 * 96 * 128 + 192 * 16 + 25 * 16 * 32 + 192 * 32),
        ],
        ['multiply-adds, naive', 784 * (192 * 64 + 9 * 192 * 128 + 25 * 192 * 32)],
      ],
      shape: [28, 28, 3],
      stem: [ones(192), ...norm],
      sides: [
        { id: 'reduced', steps: [['module', 'inception', { form: 'reduced' }]] },
        { id: 'naive', steps: [['module', 'inception', { form: 'naive' }]] },
      ],
    }),
  'plain-vs-residual': () =>
    pair({
      name: 'Plain against residual',
      source:
        'He et al. Deep Residual Learning for Image Recognition. 2015. arXiv:1512.03385, section 4.2, figure 6',
      note: 'The twenty layers of ResNet-20 with their shortcuts, and without: as many weights, and another loss curve.',
      figures: [['weights of each', 269_722 - 650 - 464]],
      stem: [ones(16), ...norm],
      sides: [
        { id: 'residual', steps: twenty('zero-pad') },
        { id: 'plain', steps: twenty('none') },
      ],
    }),
  'resnext-paths-vs-grouped': () =>
    pair({
      name: 'ResNeXt: paths against groups',
      source: 'Xie et al. Aggregated Residual Transformations. 2016. arXiv:1611.05431, section 3.3, figure 3',
      note: 'The same function twice: 32 paths of four channels that are added up, and one grouped convolution of 128.',
      figures: [['weights of each', 256 * 128 + (9 * 128 * 128) / 32 + 128 * 256 + 2 * (128 + 128 + 256)]],
      stem: [['conv1', 'conv2d', { filters: 256, kernel: 3, stride: 2, padding: 1, bias: false }], ...norm],
      sides: [
        { id: 'grouped', steps: resnext('grouped') },
        { id: 'paths', steps: resnext('paths') },
      ],
    }),
};
