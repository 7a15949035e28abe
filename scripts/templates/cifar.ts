import { cifar, NetBuilder, type Params, printed, type Source } from './builder';

const HE =
  'He, Zhang, Ren, Sun. Deep Residual Learning for Image Recognition. 2015. arXiv:1512.03385, section 4.2';
const IDENTITY = 'He, Zhang, Ren, Sun. Identity Mappings in Deep Residual Networks. 2016. arXiv:1603.05027';
const SHAPE = [32, 32, 3] as const;
const stem = { filters: 16, kernel: 3, padding: 1 };

/** Filters and stride of a stage's first convolution: 16 on 32×32, 32 on 16×16, 64 on 8×8, times `widen`. */
const stageOf = (s: number, widen = 1) => ({ filters: 16 * widen * 2 ** (s - 1), stride: s === 1 ? 1 : 2 });
const document = (net: NetBuilder, source: Source) => net.head(10).document({ training: cifar(), ...source });
const error = (value: number, from: string) => printed('test error %', value, from);

function resnet(n: number, printedParams: number, percent: number) {
  const layers = 6 * n + 2;
  const net = new NetBuilder(SHAPE).convBnRelu('conv1', stem);
  for (let s = 1; s <= 3; s++) {
    const { filters, stride } = stageOf(s);
    const unit = { form: 'basic', unit: 'original', shortcut: 'zero-pad' };
    net.stage(`stage${s}`, 'residual', n, { filters, stride: 1, ...unit }, stride > 1 ? { stride } : {});
  }
  return document(net, {
    name: `ResNet-${layers}`,
    source: HE,
    note: `6 · ${n} + 2 layers with shortcuts of option A.`,
    printed: [
      printed('parameters, as printed', printedParams * 1e6, `table 6: ${printedParams} M`),
      error(percent, 'table 6, on CIFAR-10'),
    ],
  });
}

function plain(n: number) {
  const net = new NetBuilder(SHAPE).convBnRelu('conv1', stem);
  for (let s = 1; s <= 3; s++) {
    for (let b = 1; b <= n; b++) {
      const { filters, stride } = stageOf(s);
      const id = `stage${s}-block${b}`;
      net.convBnRelu(`${id}-conv1`, { filters, kernel: 3, stride: b === 1 ? stride : 1, padding: 1 });
      net.convBnRelu(`${id}-conv2`, { filters, kernel: 3, stride: 1, padding: 1 });
    }
  }
  const twin = `ResNet-${6 * n + 2} without its shortcuts. Those of option A have no weights, so that both have as many.`;
  return document(net, {
    name: `Plain-${6 * n + 2}`,
    source: HE,
    note: n === 3 ? twin : `${twin} It trains worse than Plain-20, though it is deeper: figure 6, left.`,
  });
}

type Unit = 'original' | 'bn-after-add' | 'relu-before-add' | 'relu-only-preact' | 'full-preact';
/** Table 2: ResNet-110 and ResNet-164. */
const UNIT_ERRORS: Readonly<Record<Unit, readonly [number, number]>> = {
  original: [6.61, 5.93],
  'bn-after-add': [8.17, 6.5],
  'relu-before-add': [7.84, 6.14],
  'relu-only-preact': [6.71, 5.91],
  'full-preact': [6.37, 5.46],
};
interface Deep {
  readonly layers: number;
  readonly unit: Unit;
  readonly shortcut: 'zero-pad' | 'projection';
}

/** Basic units of 16, 32 and 64 filters, or bottlenecks of four times as many. */
function units({ layers, unit, shortcut }: Deep): NetBuilder {
  const basic = (layers - 2) % 9 !== 0 || layers === 110;
  const n = (layers - 2) / (basic ? 6 : 9);
  const net = new NetBuilder(SHAPE);
  if (unit === 'full-preact') net.add('conv1', 'conv2d', { ...stem, bias: false });
  else net.convBnRelu('conv1', stem);
  for (let s = 1; s <= 3; s++) {
    const { filters, stride } = stageOf(s, basic ? 1 : 4);
    const form = basic ? { form: 'basic' } : { form: 'bottleneck', strideOn: '1x1' };
    const both = s === 1 && unit.endsWith('preact') && shortcut === 'zero-pad';
    const first: Params = { ...(stride > 1 && { stride }), ...(both && { activateBoth: true }) };
    net.stage(`stage${s}`, 'residual', n, { filters, stride: 1, ...form, unit, shortcut }, first);
  }
  if (unit === 'full-preact') return net.bnRelu('last');
  return unit === 'relu-only-preact' ? net.relu('last-relu') : net;
}

function unitNet(layers: 110 | 164, unit: Unit) {
  const shortcut = layers === 110 ? 'zero-pad' : 'projection';
  return document(units({ layers, unit, shortcut }), {
    name: `ResNet-${layers}, ${unit}`,
    source: `${IDENTITY}, figure 4`,
    note:
      `One of the five units that the paper compares, ${layers === 110 ? 'with shortcuts of option A' : 'in bottlenecks'}. ` +
      'Where shapes differ the 164s project; the stride lies on the first 1×1, as in the authors’ code.',
    printed: [error(UNIT_ERRORS[unit][layers === 110 ? 0 : 1], 'table 2, on CIFAR-10')],
  });
}

function preact(layers: 110 | 164 | 1001, percent: number) {
  return document(units({ layers, unit: 'full-preact', shortcut: 'projection' }), {
    name: `Pre-activation ResNet-${layers}`,
    source: `${IDENTITY}, section 3 and appendix`,
    note:
      'Batch norm and ReLU before each convolution; a projection where shapes differ reads the pre-activated map, as in ' +
      `the authors’ code${layers === 110 ? '' : ', and the stride lies on the first 1×1'}.`,
    printed: [
      ...(layers === 1001
        ? [printed('parameters, as printed', 10.2e6, 'table 4: 10.2 M, without batch norm’s')]
        : []),
      error(percent, `table ${layers === 1001 ? 4 : 2}, on CIFAR-10`),
    ],
    training: layers === 1001 ? cifar({ batch: 64 }) : cifar(),
  });
}

function highway19() {
  const net = new NetBuilder(SHAPE).add('dropout1', 'dropout', { rate: 0.2 });
  ([32, 80, 128] as const).forEach((filters, i) => {
    if (i > 0) {
      net.add(`pool${i}`, 'max-pool', { kernel: 2, stride: 2 });
      net.add(`dropout${i + 1}`, 'dropout', { rate: 0.2 });
    }
    net.convRelu(`conv${i + 1}`, { filters, kernel: 3, padding: 1 });
    net.stage(`stage${i + 1}`, 'highway', i === 0 ? 4 : 5, { biasStart: -2 });
  });
  net.convRelu('conv4', { filters: 100, kernel: 1 });
  net.add('pool', 'global-avg-pool').add('dropout4', 'dropout', { rate: 0.2 });
  net.add('fc', 'dense', { units: 10 }).add('output', 'output', { classes: 10 });
  return net.document({
    name: 'Highway-19',
    source: 'Srivastava, Greff, Schmidhuber. Training Very Deep Networks. 2015. arXiv:1507.06228, table 2',
    note: 'Nineteen layers, fourteen of them with gates, as in the authors’ net for Caffe.',
    printed: [
      printed('parameters, as printed', 2.3e6, 'table 2: about 2.3 M'),
      error(7.54, 'table 2, on CIFAR-10: 92.46 % right'),
    ],
    training: cifar({ rate: 0.05 }),
  });
}

function wide() {
  const net = new NetBuilder(SHAPE).add('conv1', 'conv2d', { ...stem, bias: false });
  for (let s = 1; s <= 3; s++) {
    const { filters, stride } = stageOf(s, 10);
    const unit = { form: 'basic', unit: 'full-preact', shortcut: 'projection' };
    net.stage(`stage${s}`, 'residual', 4, { filters, stride: 1, ...unit }, stride > 1 ? { stride } : {});
  }
  return document(net.bnRelu('last'), {
    name: 'Wide ResNet-28-10',
    source: 'Zagoruyko, Komodakis. Wide Residual Networks. 2016. arXiv:1605.07146, section 2 and table 4',
    note: 'Ten times as many filters as a ResNet of 28 layers: as accurate as a thousand thin layers, and faster to train.',
    printed: [
      printed('parameters, as printed', 36.5e6, 'table 4: 36.5 M'),
      error(4.0, 'table 5, on CIFAR-10, without dropout'),
    ],
    training: cifar({ weightDecay: 5e-4, optimizer: { type: 'sgd', momentum: 0.9, nesterov: true } }),
  });
}

function resnext29(cardinality: 8 | 16, percent: number, millions: number) {
  const net = new NetBuilder(SHAPE).convBnRelu('conv1', { filters: 64, kernel: 3, padding: 1 });
  for (let s = 1; s <= 3; s++) {
    const params = { filters: 256 * 2 ** (s - 1), cardinality, width: 64 * 2 ** (s - 1), stride: 1 };
    net.stage(`stage${s}`, 'resnext', 3, params, s > 1 ? { stride: 2 } : {});
  }
  return document(net, {
    name: `ResNeXt-29 ${cardinality}×64d`,
    source:
      'Xie et al. Aggregated Residual Transformations for Deep Neural Networks. 2016. arXiv:1611.05431, section 5.3',
    note: 'Three stages of three blocks, with shortcuts of option B.',
    printed: [
      printed('parameters, as printed', millions * 1e6, `table 7: ${millions} M`),
      error(percent, 'table 7, on CIFAR-10'),
    ],
    training: cifar({ weightDecay: 5e-4 }),
  });
}

const UNITS = Object.keys(UNIT_ERRORS) as Unit[];
const compared = ([110, 164] as const).flatMap((layers) =>
  UNITS.map((unit) => [`resnet-${layers}-${unit}`, () => unitNet(layers, unit)] as const),
);

export const cifars = {
  'plain-20': () => plain(3),
  'plain-56': () => plain(9),
  'resnet-20': () => resnet(3, 0.27, 8.75),
  'resnet-32': () => resnet(5, 0.46, 7.51),
  'resnet-44': () => resnet(7, 0.66, 7.17),
  'resnet-56': () => resnet(9, 0.85, 6.97),
  'resnet-110': () => resnet(18, 1.7, 6.43),
  'resnet-1202': () => resnet(200, 19.4, 7.93),
  'preact-resnet-110': () => preact(110, 6.37),
  'preact-resnet-164': () => preact(164, 5.46),
  'preact-resnet-1001': () => preact(1001, 4.92),
  'highway-19': highway19,
  'wide-resnet-28-10': wide,
  'resnext-29-8x64d': () => resnext29(8, 3.65, 34.4),
  'resnext-29-16x64d': () => resnext29(16, 3.58, 68.1),
  ...Object.fromEntries(compared),
};
