import { errors, imagenet, NetBuilder, type Params, printed } from './builder';

/** Table 1: #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj. */
const INCEPTIONS = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
} as const;

function googlenet(heads: boolean) {
  const pool = { kernel: 3, stride: 2, padding: 'same' };
  const lrn = { radius: 2, bias: 1, alpha: 2e-5, beta: 0.75 };
  const net = new NetBuilder([224, 224, 3])
    .convRelu('conv1', { filters: 64, kernel: 7, stride: 2, padding: 3 })
    .add('pool1', 'max-pool', pool)
    .add('norm1', 'lrn', lrn)
    .convRelu('conv2-reduce', { filters: 64, kernel: 1 })
    .convRelu('conv2', { filters: 192, kernel: 3, padding: 1 })
    .add('norm2', 'lrn', lrn)
    .add('pool2', 'max-pool', pool);
  for (const [id, [c1, r3, c3, r5, c5, proj]] of Object.entries(INCEPTIONS)) {
    net.add(`inception-${id}`, 'inception', { form: 'reduced', c1, r3, c3, r5, c5, pool: proj });
    if (heads && (id === '4a' || id === '4d')) {
      const from = net.last;
      net.add(`aux-${id}`, 'auxiliary-classifier', { classes: 1000, weight: 0.3 }).from(from);
    }
    if (id === '3b' || id === '4e') net.add(`pool${id[0]}`, 'max-pool', pool);
  }
  net.add('pool5', 'global-avg-pool').add('dropout', 'dropout', { rate: 0.4 });
  net.add('fc', 'dense', { units: 1000 }).add('output', 'output', { classes: 1000 });
  return net.document({
    name: heads ? 'GoogLeNet with auxiliary classifiers' : 'GoogLeNet',
    source: 'Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, table 1',
    note:
      'With biases and without batch norm, as in 2014; the two auxiliary heads, which only training has, ' +
      `are ${heads ? 'there, each with 0.3 of its loss' : 'left out'}. The printed parameters of table 1 add up to ` +
      'other numbers than its own layers; the exact count is given here. Local response norm as in the reference in ' +
      'Caffe; the 7×7 average pool covers its whole map.',
    printed: [
      ...(heads ? [] : [printed('top-5 error %', 10.07, 'table 3, one net and one crop')]),
      printed('top-5 error %, entry of 2014', 6.67, 'table 3, 7 nets and 144 crops'),
    ],
    training: imagenet(0.08, 32, {
      epochs: 60,
      schedule: { type: 'step', warmup: 1, every: 8, factor: 0.96 },
      weightDecay: 2e-4,
    }),
  });
}

/** Figure 5: #1×1, #3×3 reduce, #3×3, double reduce, double, pooling, pool proj; no #1×1 where it halves. */
const BN_MODULES: readonly (readonly [
  string,
  number,
  number,
  number,
  number,
  number,
  'mean' | 'max',
  number,
])[] = [
  ['3a', 64, 64, 64, 64, 96, 'mean', 32],
  ['3b', 64, 64, 96, 64, 96, 'mean', 64],
  ['3c', 0, 128, 160, 64, 96, 'max', 0],
  ['4a', 224, 64, 96, 96, 128, 'mean', 128],
  ['4b', 192, 96, 128, 96, 128, 'mean', 128],
  ['4c', 160, 128, 160, 128, 160, 'mean', 128],
  ['4d', 96, 128, 192, 160, 192, 'mean', 128],
  ['4e', 0, 128, 192, 192, 256, 'max', 0],
  ['5a', 352, 192, 320, 160, 224, 'mean', 128],
  ['5b', 352, 192, 320, 192, 224, 'max', 128],
];

function inceptionV2() {
  const pool = { kernel: 3, stride: 2, ceil: true };
  const net = new NetBuilder([224, 224, 3])
    .convBnRelu('conv1', { filters: 64, kernel: 7, stride: 2, padding: 3 })
    .add('pool1', 'max-pool', pool)
    .convBnRelu('conv2-reduce', { filters: 64, kernel: 1 })
    .convBnRelu('conv2', { filters: 192, kernel: 3, padding: 1 })
    .add('pool2', 'max-pool', pool);
  for (const [id, c1, r3, c3, rd, d3, pooling, proj] of BN_MODULES) {
    const params = { r3, c3, rd, d3 };
    const rest = c1 > 0 ? { c1, pooling, pool: proj } : { stride: 2 };
    net.add(`inception-${id}`, 'inception-bn', { ...params, ...rest });
  }
  return net.head(1000).document({
    name: 'Inception v2 (BN-Inception)',
    source: 'Ioffe, Szegedy. Batch Normalization. 2015. arXiv:1502.03167, section 4.2 and figure 5',
    note:
      'As in the implementations in common use, with a plain 7×7 first where the paper takes a separable one, and 4c ' +
      'with 160 filters in the 3×3 branches. Convolutions have no bias: the batch norm after them has one.',
    printed: errors(25.2, 7.8, 'Szegedy et al. 2015, arXiv:1512.00567, table 3, one crop'),
    training: imagenet(0.36, 32, { weightDecay: 4e-5 }),
  });
}

const V3_TRAINING = imagenet(0.045, 32, {
  optimizer: { type: 'rmsprop', rho: 0.9, momentum: 0.9, epsilon: 1 },
  schedule: { type: 'exponential', warmup: 0, factor: 0.97 },
  weightDecay: 4e-5,
});
const loose = { epsilon: 1e-3 };
/** 299×299×3 -> 35×35×192, of v3 and Inception-ResNet. */
const stem = (net: NetBuilder): NetBuilder =>
  net
    .convBnRelu('conv1', { filters: 32, kernel: 3, stride: 2, padding: 'valid' }, loose)
    .convBnRelu('conv2', { filters: 32, kernel: 3, padding: 'valid' }, loose)
    .convBnRelu('conv3', { filters: 64, kernel: 3, padding: 1 }, loose)
    .add('pool1', 'max-pool', { kernel: 3, stride: 2 })
    .convBnRelu('conv4', { filters: 80, kernel: 1 }, loose)
    .convBnRelu('conv5', { filters: 192, kernel: 3, padding: 'valid' }, loose)
    .add('pool2', 'max-pool', { kernel: 3, stride: 2 });

function inceptionV3(head: boolean) {
  const net = stem(new NetBuilder([299, 299, 3]));
  const modules: readonly (readonly [string, Params])[] = [
    ...([32, 64, 64] as const).map((pool, i) => [`5${'bcd'[i]}`, { form: 'A', pool }] as const),
    ['6a', { form: 'B' }],
    ...([128, 160, 160, 192] as const).map((width, i) => [`6${'bcde'[i]}`, { form: 'C', width }] as const),
  ];
  for (const [id, params] of modules) net.add(`mixed-${id}`, 'inception-v3', params);
  if (head) {
    const from = net.last;
    net.add('aux', 'auxiliary-classifier', { form: 'inception-v3', classes: 1000, weight: 0.4 }).from(from);
  }
  net.add('mixed-7a', 'inception-v3', { form: 'D' });
  for (const id of ['7b', '7c']) net.add(`mixed-${id}`, 'inception-v3', { form: 'E' });
  return net.head(1000, 0.5).document({
    name: head ? 'Inception v3 with its auxiliary classifier' : 'Inception v3',
    source:
      'Szegedy et al. Rethinking the Inception Architecture for Computer Vision. 2015. arXiv:1512.00567, section 6',
    note:
      'Layer by layer the net of torchvision, which follows the one that the authors released; table 1 of the paper ' +
      `differs in its stem. The auxiliary head, for training alone, is ${head ? 'there' : 'left out'}.`,
    printed: errors(21.2, 5.6, 'table 4, one crop'),
    training: V3_TRAINING,
  });
}

function inceptionV4() {
  const net = new NetBuilder([299, 299, 3]).add('stem', 'inception-v4', { form: 'stem' });
  const row = (form: string, count: number) => net.stage(form.toLowerCase(), 'inception-v4', count, { form });
  row('A', 4).add('reduction-a', 'inception-v4', { form: 'reduction-A' });
  row('B', 7).add('reduction-b', 'inception-v4', { form: 'reduction-B' });
  row('C', 3);
  return net.head(1000, 0.2).document({
    name: 'Inception-v4',
    source: 'Szegedy et al. Inception-v4, Inception-ResNet. 2016. arXiv:1602.07261, figure 9',
    note: 'Layer by layer the net of timm. Dropout keeps 0.8, as in figure 9.',
    printed: errors(20.0, 5.0, 'table 2, one crop'),
    training: V3_TRAINING,
  });
}

function inceptionResnetV2() {
  const net = stem(new NetBuilder([299, 299, 3]));
  const add = (id: string, form: string) => net.add(id, 'inception-resnet', { form });
  add('mixed-5b', 'mixed');
  net.stage('a', 'inception-resnet', 10, { form: 'A', scale: 0.17 });
  add('reduction-a', 'reduction-A');
  net.stage('b', 'inception-resnet', 20, { form: 'B', scale: 0.1 });
  add('reduction-b', 'reduction-B');
  net.stage('c', 'inception-resnet', 9, { form: 'C', scale: 0.2 });
  net.add('c-last', 'inception-resnet', { form: 'C', scale: 1, relu: false });
  net.convBnRelu('conv6', { filters: 1536, kernel: 1 }, loose);
  return net.head(1000, 0.2).document({
    name: 'Inception-ResNet-v2',
    source:
      'Szegedy et al. Inception-v4, Inception-ResNet. 2016. arXiv:1602.07261, figure 15 and section 3.3',
    note:
      'Layer by layer the net of timm, which follows the one that the authors released: 10, 20 and 10 modules where ' +
      'figure 15 draws 5, 10 and 5, and the stem of v3.',
    printed: errors(19.9, 4.9, 'table 2, one crop'),
    training: V3_TRAINING,
  });
}

export const inceptions = {
  googlenet: () => googlenet(false),
  'googlenet-aux': () => googlenet(true),
  'inception-v2': inceptionV2,
  'inception-v3': () => inceptionV3(false),
  'inception-v3-aux': () => inceptionV3(true),
  'inception-v4': inceptionV4,
  'inception-resnet-v2': inceptionResnetV2,
};
