import { errors, imagenet, NetBuilder, printed } from './builder';

const IANDOLA =
  'Iandola et al. SqueezeNet: AlexNet-level Accuracy with 50x Fewer Parameters. 2016. arXiv:1602.07360';

/** Fire modules 2 to 9; a pool stands before those of `pools`. */
function squeezenet(version: '1.0' | '1.1') {
  const pool = { kernel: 3, stride: 2, ceil: true };
  const first = version === '1.0' ? { filters: 96, kernel: 7 } : { filters: 64, kernel: 3 };
  const pools = version === '1.0' ? [2, 5, 9] : [2, 4, 6];
  const net = new NetBuilder([224, 224, 3]).convRelu('conv1', { ...first, stride: 2, padding: 'valid' });
  [16, 16, 32, 32, 48, 48, 64, 64].forEach((squeeze, i) => {
    const n = i + 2;
    if (pools.includes(n)) net.add(`pool${n - 1}`, 'max-pool', pool);
    net.add(`fire${n}`, 'fire', { squeeze, expand1: 4 * squeeze, expand3: 4 * squeeze });
  });
  net.add('dropout', 'dropout', { rate: 0.5 }).convRelu('conv10', { filters: 1000, kernel: 1 });
  net.add('pool10', 'global-avg-pool').add('output', 'output', { classes: 1000 });
  return net.document({
    name: `SqueezeNet ${version}`,
    source: `${IANDOLA}, table 1`,
    note:
      version === '1.0'
        ? 'Layer by layer the net of torchvision. 50 times fewer weights than AlexNet, as accurate.'
        : 'The authors’ later net, with 2.4 times fewer multiply-adds: a smaller first layer, and pools further to the front.',
    printed:
      version === '1.0'
        ? [printed('parameters, as printed', 1_248_424, 'table 1'), ...errors(42.5, 19.7, 'table 2')]
        : errors(41.82, 19.38, 'torchvision’s weights, one crop'),
    training: imagenet(0.04, 32, {
      schedule: { type: 'polynomial', warmup: 0, power: 1 },
      weightDecay: 2e-4,
    }),
  });
}

function mobilenetV2() {
  const net = new NetBuilder([224, 224, 3]);
  net.add('conv1', 'conv2d', { filters: 32, kernel: 3, stride: 2, padding: 1, bias: false });
  net.add('conv1-bn', 'batch-norm').add('conv1-relu', 'activation', { function: 'relu6' });
  (
    [
      [1, 16, 1, 1],
      [6, 24, 2, 2],
      [6, 32, 3, 2],
      [6, 64, 4, 2],
      [6, 96, 3, 1],
      [6, 160, 3, 2],
      [6, 320, 1, 1],
    ] as const
  ).forEach(([expansion, filters, count, stride], s) => {
    const params = { filters, expansion, stride: 1 };
    net.stage(`stage${s + 1}`, 'inverted-residual', count, params, stride > 1 ? { stride } : {});
  });
  net.add('conv2', 'conv2d', { filters: 1280, kernel: 1, bias: false }).add('conv2-bn', 'batch-norm');
  net.add('conv2-relu', 'activation', { function: 'relu6' });
  return net.head(1000, 0.2).document({
    name: 'MobileNet v2',
    source:
      'Sandler et al. MobileNetV2: Inverted Residuals and Linear Bottlenecks. 2018. arXiv:1801.04381, table 2',
    note: 'Layer by layer the net of torchvision.',
    printed: [
      printed('parameters, as printed', 3.4e6, 'table 4: 3.4 M'),
      printed('macs, as printed', 300e6, 'table 4: 300 M'),
      ...errors(28.0, undefined, 'table 4'),
    ],
    training: imagenet(0.36, 32, { schedule: { type: 'cosine', warmup: 1 }, weightDecay: 4e-5 }),
  });
}

function efficientnetB0() {
  const net = new NetBuilder([224, 224, 3]);
  net.add('conv1', 'conv2d', { filters: 32, kernel: 3, stride: 2, padding: 1, bias: false });
  net.add('conv1-bn', 'batch-norm').add('conv1-act', 'activation', { function: 'swish' });
  let block = 0;
  (
    [
      [1, 3, 1, 16, 1],
      [6, 3, 2, 24, 2],
      [6, 5, 2, 40, 2],
      [6, 3, 2, 80, 3],
      [6, 5, 1, 112, 3],
      [6, 5, 2, 192, 4],
      [6, 3, 1, 320, 1],
    ] as const
  ).forEach(([expansion, kernel, stride, filters, count], s) => {
    for (let b = 1; b <= count; b++, block++) {
      net.add(`stage${s + 1}-block${b}`, 'inverted-residual', {
        ...{ filters, expansion, kernel, stride: b === 1 ? stride : 1 },
        ...{ squeeze: 4, function: 'swish', stochasticDepth: Number((0.0125 * block).toFixed(4)) },
      });
    }
  });
  net.add('conv2', 'conv2d', { filters: 1280, kernel: 1, bias: false }).add('conv2-bn', 'batch-norm');
  net.add('conv2-act', 'activation', { function: 'swish' });
  return net.head(1000, 0.2).document({
    name: 'EfficientNet-B0',
    source: 'Tan, Le. EfficientNet: Rethinking Model Scaling. 2019. arXiv:1905.11946, table 1',
    note: 'Layer by layer the net of torchvision, padded alike on all sides. The stochastic depth grows from block to block.',
    printed: [
      printed('parameters, as printed', 5.3e6, 'table 2: 5.3 M'),
      printed('macs, as printed', 390e6, 'table 2: 0.39 B'),
      ...errors(22.9, 6.7, 'table 2'),
    ],
    training: imagenet(0.016, 32, {
      optimizer: { type: 'rmsprop', rho: 0.9, momentum: 0.9, epsilon: 1e-3 },
      schedule: { type: 'exponential', warmup: 1, factor: 0.987 },
      weightDecay: 1e-5,
    }),
  });
}

function xception() {
  const net = new NetBuilder([299, 299, 3])
    .convBnRelu('conv1', { filters: 32, kernel: 3, stride: 2, padding: 'valid' })
    .convBnRelu('conv2', { filters: 64, kernel: 3, padding: 'valid' })
    .add('entry1', 'xception', { filters: 128, repeats: 2, stride: 2, startWithRelu: false })
    .add('entry2', 'xception', { filters: 256, repeats: 2, stride: 2 })
    .add('entry3', 'xception', { filters: 728, repeats: 2, stride: 2 })
    .stage('middle', 'xception', 8, { filters: 728, repeats: 3 })
    .add('exit', 'xception', { filters: 1024, repeats: 2, stride: 2, grow: 'last' });
  for (const [id, filters] of [
    ['sep1', 1536],
    ['sep2', 2048],
  ] as const)
    net.add(id, 'separable-conv2d', { filters, kernel: 3, padding: 1, bias: false }).bnRelu(id);
  return net.head(1000).document({
    name: 'Xception',
    source:
      'Chollet. Xception: Deep Learning with Depthwise Separable Convolutions. 2016. arXiv:1610.02357, figure 5',
    note: 'Layer by layer the net of timm (legacy_xception).',
    printed: [printed('parameters, as printed', 22_855_952, 'table 3'), ...errors(21.0, 5.5, 'table 1')],
    training: imagenet(0.36, 32, {
      schedule: { type: 'step', warmup: 0, every: 2, factor: 0.94 },
      weightDecay: 1e-5,
    }),
  });
}

function convnextTiny() {
  const net = new NetBuilder([224, 224, 3])
    .add('stem', 'conv2d', { filters: 96, kernel: 4, stride: 4, padding: 'valid', initial: 'truncated' })
    .add('stem-norm', 'layer-norm', { epsilon: 1e-6 });
  let block = 0;
  [3, 3, 9, 3].forEach((count, s) => {
    if (s > 0) {
      const conv = { filters: 96 * 2 ** s, kernel: 2, stride: 2, padding: 'valid', initial: 'truncated' };
      net.add(`down${s}-norm`, 'layer-norm', { epsilon: 1e-6 }).add(`down${s}`, 'conv2d', conv);
    }
    for (let b = 1; b <= count; b++, block++) {
      const stochasticDepth = Number(((0.1 * block) / 17).toFixed(4));
      net.add(`stage${s + 1}-block${b}`, 'convnext', { stochasticDepth });
    }
  });
  net.add('pool', 'global-avg-pool', { keepSides: true }).add('norm', 'layer-norm', { epsilon: 1e-6 });
  net.add('flatten', 'flatten');
  net.add('fc', 'dense', { units: 1000 }).add('output', 'output', { classes: 1000 });
  return net.document({
    name: 'ConvNeXt-T',
    source:
      'Liu, Mao, Wu, Feichtenhofer, Darrell, Xie. A ConvNet for the 2020s. 2022. arXiv:2201.03545, section 2',
    note: 'Layer by layer the net of torchvision. The stochastic depth grows to 0.1 at the last block.',
    printed: [
      printed('parameters, as printed', 29e6, 'table 1: 29 M'),
      printed('macs, as printed', 4.5e9, 'table 1: 4.5 G'),
      ...errors(17.9, undefined, 'table 1'),
    ],
    training: imagenet(0.00025, 32, {
      optimizer: { type: 'adamw' },
      schedule: { type: 'cosine', warmup: 5 },
      weightDecay: 0.05,
    }),
  });
}

function nasnetMobile() {
  const norm = { epsilon: 1e-3, momentum: 0.9997 };
  const net = new NetBuilder([224, 224, 3])
    .add('stem', 'conv2d', { filters: 32, kernel: 3, stride: 2, padding: 'valid', bias: false })
    .add('stem-bn', 'batch-norm', norm);
  let [x, previous] = [net.last, net.last];
  const cell = (id: string, form: 'normal' | 'reduction', filters: number, params: object = {}) => {
    net.wire(id, 'nas-cell', { form: `nasnet-${form}`, filters, ...params }, { x, previous });
    [x, previous] = [id, x];
  };
  const row = (n: number, filters: number) => {
    for (let i = 1; i <= 4; i++) cell(`normal${n}-${i}`, 'normal', filters);
  };
  cell('reduction-stem1', 'reduction', 11, { adjust: false });
  cell('reduction-stem2', 'reduction', 22);
  row(1, 44);
  for (const [n, filters] of [
    [2, 88],
    [3, 176],
  ] as const) {
    const before = previous;
    cell(`reduction${n}`, 'reduction', filters);
    // the cell after a reduction reads what that one read as the earlier input
    previous = before;
    row(n, filters);
  }
  return net
    .from(x)
    .relu('last-relu')
    .head(1000)
    .document({
      name: 'NASNet-A Mobile (4 @ 1056)',
      source:
        'Zoph, Vasudevan, Shlens, Le. Learning Transferable Architectures. 2017. arXiv:1707.07012, appendix A.4',
      note: 'Layer by layer the net of Keras. Its layers run in another order there, for it draws its cells side by side.',
      printed: [
        printed('parameters, as printed', 5.3e6, 'table 3: 5.3 M'),
        printed('macs, as printed', 564e6, 'table 3: 564 M'),
        ...errors(26.0, 8.4, 'table 3'),
      ],
      training: imagenet(0.16, 32, { schedule: { type: 'cosine', warmup: 1 }, weightDecay: 4e-5 }),
    });
}

export const efficient = {
  'squeezenet-1.0': () => squeezenet('1.0'),
  'squeezenet-1.1': () => squeezenet('1.1'),
  'mobilenet-v2': mobilenetV2,
  xception,
  'efficientnet-b0': efficientnetB0,
  'convnext-tiny': convnextTiny,
  'nasnet-mobile': nasnetMobile,
};
