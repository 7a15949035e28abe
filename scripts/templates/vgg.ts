import { errors, imagenet, NetBuilder, printed } from './builder';

const FILTERS = [64, 128, 256, 512, 512] as const;
/** 3×3 convolutions a block, of table 1. */
const DEPTHS = {
  a: [1, 1, 2, 2, 2],
  b: [2, 2, 2, 2, 2],
  c: [2, 2, 2, 2, 2],
  d: [2, 2, 3, 3, 3],
  e: [2, 2, 4, 4, 4],
} as const;
/** Table 3, one scale: top-1 and top-5 error. */
const ERRORS: Readonly<Record<string, readonly [number, number]>> = {
  a: [29.6, 10.4],
  'a-lrn': [29.7, 10.5],
  b: [28.7, 9.9],
  c: [27.3, 8.8],
  d: [25.6, 8.1],
  e: [25.5, 8.0],
};
/** One crop, by torchvision's weights. */
const BN_ERRORS = { a: [29.63, 10.19], b: [28.41, 9.63], d: [26.64, 8.48], e: [25.78, 8.16] } as const;
const LAYERS = { a: 11, b: 13, c: 16, d: 16, e: 19 } as const;
const PRINTED = { a: 133, b: 133, c: 134, d: 138, e: 144 } as const;
type Letter = keyof typeof DEPTHS;

function vgg(letter: Letter, extra: '' | 'bn' | 'lrn' = '') {
  const net = new NetBuilder([224, 224, 3]);
  FILTERS.forEach((filters, i) => {
    const conv = (id: string, params: object) =>
      extra === 'bn'
        ? net.add(id, 'conv2d', { filters, ...params }).bnRelu(id)
        : net.convRelu(id, { filters, ...params });
    for (let c = 1; c <= DEPTHS[letter][i]!; c++) conv(`conv${i + 1}-${c}`, { kernel: 3, padding: 1 });
    if (letter === 'c' && i >= 2) conv(`conv${i + 1}-3`, { kernel: 1 });
    if (extra === 'lrn' && i === 0) net.add('norm1', 'lrn', { radius: 2, bias: 2, alpha: 1e-4, beta: 0.75 });
    net.add(`pool${i + 1}`, 'max-pool', { kernel: 2, stride: 2 });
  });
  net.add('flatten', 'flatten');
  for (const fc of ['fc6', 'fc7'])
    net.add(fc, 'dense', { units: 4096 }).relu(`${fc}-relu`).add(`${fc}-dropout`, 'dropout', { rate: 0.5 });
  net.add('fc8', 'dense', { units: 1000 }).add('output', 'output', { classes: 1000 });
  return net.document(about(letter, extra));
}

function about(letter: Letter, extra: '' | 'bn' | 'lrn') {
  const suffix = extra === 'bn' ? ' with batch norm' : extra === 'lrn' ? '-LRN' : '';
  const errorsOf =
    extra === 'bn'
      ? errors(
          ...(BN_ERRORS[letter as keyof typeof BN_ERRORS] as readonly [number, number]),
          'torchvision’s weights, one crop',
        )
      : errors(...ERRORS[extra === 'lrn' ? 'a-lrn' : letter]!, 'table 3, one scale of the test');
  return {
    name: `VGG-${letter.toUpperCase()}${suffix} (VGG-${LAYERS[letter]})`,
    source:
      'Simonyan, Zisserman. Very Deep Convolutional Networks for Large-Scale Image Recognition. 2014. ' +
      `arXiv:1409.1556, table 1, ${letter.toUpperCase()}${extra === 'lrn' ? '-LRN' : ''}`,
    note:
      NOTES[extra] +
      (letter === 'c' ? ' C has a 1×1 at the end of the last three blocks: non-linearities alone.' : ''),
    printed: [
      printed('parameters, as printed', PRINTED[letter] * 1e6, `table 2: ${PRINTED[letter]} million`),
      ...errorsOf,
      ...(letter === 'd' && extra === ''
        ? [printed('top-5 error %, entry of 2014', 7.3, 'table 7, 7 nets on the test set of ILSVRC')]
        : []),
    ],
    training: imagenet(extra === 'bn' ? 0.1 : 0.04, 32, {
      epochs: 74,
      schedule: { type: 'step', warmup: 1, every: 25, factor: 0.1 },
      weightDecay: 5e-4,
    }),
  };
}

const NOTES = {
  '':
    'The rate is 0.01 at batch 256 in the paper; here it is 0.005 at batch 32, which fits the memory ' +
    'of most machines.',
  bn:
    'A batch norm after each convolution, as in the versions that libraries carry. Like torchvision’s it keeps the biases ' +
    'before the norms, though those take them away again.',
  lrn: 'The local response norm of AlexNet after the first convolution: the paper found that it helps nothing.',
};

export const vggs = {
  'vgg-a': () => vgg('a'),
  'vgg-a-lrn': () => vgg('a', 'lrn'),
  'vgg-b': () => vgg('b'),
  'vgg-c': () => vgg('c'),
  'vgg-d': () => vgg('d'),
  'vgg-e': () => vgg('e'),
  'vgg-a-bn': () => vgg('a', 'bn'),
  'vgg-b-bn': () => vgg('b', 'bn'),
  'vgg-d-bn': () => vgg('d', 'bn'),
  'vgg-e-bn': () => vgg('e', 'bn'),
};
