import type { GraphDocument } from '../../engine/graph/document';
import { NetBuilder } from './builder';

const RECOUNT = 'recounted from the definition';
const figure = (name: string, value: number, from: string) => ({ name, value, from });

/** LeCun et al. 1998, figure 2, as it is commonly built today. */
function lenet5(): GraphDocument {
  const net = new NetBuilder()
    .add('input', 'input', { shape: [28, 28, 1] })
    .convRelu('conv1', { filters: 6, kernel: 5, padding: 2 })
    .add('pool1', 'max-pool', { kernel: 2, stride: 2 })
    .convRelu('conv2', { filters: 16, kernel: 5, padding: 'valid' })
    .add('pool2', 'max-pool', { kernel: 2, stride: 2 })
    .add('flatten', 'flatten')
    .add('fc1', 'dense', { units: 120 })
    .relu('fc1-relu')
    .add('fc2', 'dense', { units: 84 })
    .relu('fc2-relu')
    .add('fc3', 'dense', { units: 10 })
    .add('output', 'output', { classes: 10 });
  return net.document('LeNet-5', {
    training: { rate: 0.05, schedule: { type: 'cosine', warmup: 0.1 } },
    reference: {
      source:
        'LeCun, Bottou, Bengio, Haffner. Gradient-Based Learning Applied to Document Recognition. ' +
        'Proc. IEEE 1998, section II-B',
      note:
        'As commonly built today: ReLU in place of the scaled tanh, max pooling in place of trained ' +
        'averages, the second convolution sees all 6 maps, and a softmax in place of the RBF units. 28×28 ' +
        'with 2 pixels of padding stands for the 32×32 of the paper.',
      figures: [
        figure('parameters', 61_706, RECOUNT),
        figure('macs', 416_520, RECOUNT),
        figure('parameters, as printed', 60_000, 'section II-B, of the net of 1998'),
        figure('test error %', 0.95, 'section III-B, on MNIST without distortions'),
      ],
    },
  });
}

const CIFAR =
  'He, Zhang, Ren, Sun. Deep Residual Learning for Image Recognition. 2015. arXiv:1512.03385, section 4.2';
const stages = [1, 2, 3] as const;
/** Filters and the stride of a stage's first convolution: 16 on 32×32, 32 on 16×16, 64 on 8×8. */
const stageOf = (s: number) => ({ filters: 16 * 2 ** (s - 1), stride: s === 1 ? 1 : 2 });

function cifarNet(
  name: string,
  n: number,
  block: (net: NetBuilder, id: string, params: { filters: number; stride: number }) => void,
  reference: object,
) {
  const net = new NetBuilder().add('input', 'input', { shape: [32, 32, 3] });
  net.convBnRelu('conv1', { filters: 16, kernel: 3, padding: 1 });
  for (const s of stages) {
    for (let b = 1; b <= n; b++)
      block(net, `stage${s}-block${b}`, { ...stageOf(s), stride: b === 1 ? stageOf(s).stride : 1 });
  }
  net
    .add('pool', 'global-avg-pool')
    .add('fc', 'dense', { units: 10 })
    .add('output', 'output', { classes: 10 });
  return net.document(name, {
    training: {
      epochs: 10,
      batch: 128,
      rate: 0.1,
      schedule: { type: 'cosine', warmup: 0.1 },
      weightDecay: 1e-4,
    },
    reference,
  });
}

const residualBlock = (net: NetBuilder, id: string, params: { filters: number; stride: number }): void => {
  net.add(id, 'residual', { ...params, form: 'basic', unit: 'original', shortcut: 'zero-pad' });
};
const plainBlock = (
  net: NetBuilder,
  id: string,
  { filters, stride }: { filters: number; stride: number },
): void => {
  net.convBnRelu(`${id}-conv1`, { filters, kernel: 3, stride, padding: 1 });
  net.convBnRelu(`${id}-conv2`, { filters, kernel: 3, stride: 1, padding: 1 });
};

const plain20 = () =>
  cifarNet('Plain-20', 3, plainBlock, {
    source: CIFAR,
    note: 'ResNet-20 without its shortcuts. Those of option A have no weights, so that both have as many.',
    figures: [figure('parameters', 269_722, RECOUNT), figure('macs', 40_551_040, RECOUNT)],
  });

const resnet20 = () =>
  cifarNet('ResNet-20', 3, residualBlock, {
    source: CIFAR,
    note: '6 · 3 + 2 layers with shortcuts of option A.',
    figures: [
      figure('parameters', 269_722, RECOUNT),
      figure('macs', 40_551_040, RECOUNT),
      figure('parameters, as printed', 270_000, 'table 6: 0.27 M'),
      figure('test error %', 8.75, 'table 6, on CIFAR-10'),
    ],
  });

const resnet56 = () =>
  cifarNet('ResNet-56', 9, residualBlock, {
    source: CIFAR,
    note: '6 · 9 + 2 layers with shortcuts of option A.',
    figures: [
      figure('parameters', 853_018, RECOUNT),
      figure('macs', 125_485_696, RECOUNT),
      figure('parameters, as printed', 850_000, 'table 6: 0.85 M'),
      figure('test error %', 6.97, 'table 6, on CIFAR-10'),
    ],
  });

function vggD(): GraphDocument {
  const net = new NetBuilder().add('input', 'input', { shape: [224, 224, 3] });
  [
    [64, 2],
    [128, 2],
    [256, 3],
    [512, 3],
    [512, 3],
  ].forEach(([filters, count], i) => {
    for (let c = 1; c <= count!; c++) net.convRelu(`conv${i + 1}-${c}`, { filters, kernel: 3, padding: 1 });
    net.add(`pool${i + 1}`, 'max-pool', { kernel: 2, stride: 2 });
  });
  net.add('flatten', 'flatten');
  for (const fc of ['fc6', 'fc7'])
    net.add(fc, 'dense', { units: 4096 }).relu(`${fc}-relu`).add(`${fc}-dropout`, 'dropout', { rate: 0.5 });
  net.add('fc8', 'dense', { units: 1000 }).add('output', 'output', { classes: 1000 });
  return net.document('VGG-D (VGG-16)', {
    training: {
      epochs: 74,
      batch: 32,
      rate: 0.005,
      schedule: { type: 'step', warmup: 1, every: 25, factor: 0.1 },
      weightDecay: 5e-4,
    },
    reference: {
      source:
        'Simonyan, Zisserman. Very Deep Convolutional Networks for Large-Scale Image Recognition. 2014. ' +
        'arXiv:1409.1556, table 1, D',
      note:
        'The rate is 0.01 at batch 256 in the paper; here it is 0.005 at batch 32, which fits the memory ' +
        'of most machines.',
      figures: [
        figure('parameters', 138_357_544, 'torchvision, vgg16'),
        figure('macs', 15_470_264_320, 'torchvision, vgg16: 15.47 G'),
        figure('parameters, as printed', 138_000_000, 'table 2: 138 million'),
        figure('top-5 error %', 8.1, 'table 3, D at scale 384, trained at 256 to 512'),
        figure('top-5 error %, entry of 2014', 7.3, 'table 7, 7 nets on the test set of ILSVRC'),
      ],
    },
  });
}

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

function googlenet(): GraphDocument {
  const pool = { kernel: 3, stride: 2, padding: 'same' };
  const lrn = { radius: 2, bias: 1, alpha: 2e-5, beta: 0.75 };
  const net = new NetBuilder()
    .add('input', 'input', { shape: [224, 224, 3] })
    .convRelu('conv1', { filters: 64, kernel: 7, stride: 2, padding: 3 })
    .add('pool1', 'max-pool', pool)
    .add('norm1', 'lrn', lrn)
    .convRelu('conv2-reduce', { filters: 64, kernel: 1 })
    .convRelu('conv2', { filters: 192, kernel: 3, padding: 1 })
    .add('norm2', 'lrn', lrn)
    .add('pool2', 'max-pool', pool);
  for (const [id, [c1, r3, c3, r5, c5, proj]] of Object.entries(INCEPTIONS)) {
    net.add(`inception-${id}`, 'inception', { form: 'reduced', c1, r3, c3, r5, c5, pool: proj });
    if (id === '3b' || id === '4e') net.add(`pool${id[0]}`, 'max-pool', pool);
  }
  net.add('pool5', 'global-avg-pool').add('dropout', 'dropout', { rate: 0.4 });
  net.add('fc', 'dense', { units: 1000 }).add('output', 'output', { classes: 1000 });
  return net.document('GoogLeNet', {
    training: {
      epochs: 60,
      batch: 32,
      rate: 0.01,
      schedule: { type: 'step', warmup: 1, every: 8, factor: 0.96 },
      weightDecay: 2e-4,
    },
    reference: {
      source: 'Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, table 1',
      note:
        'With biases and without batch norm, as in 2014; the two auxiliary heads, which only training has, ' +
        'are left out. The printed parameters of table 1 add up to other numbers than its own layers; the ' +
        'exact count is given here. Local response norm as in the reference in Caffe; the 7×7 average pool ' +
        'covers its whole map.',
      figures: [
        figure('parameters', 6_998_552, RECOUNT),
        figure('macs', 1_582_671_872, RECOUNT),
        figure('top-5 error %', 10.07, 'table 3, one net and one crop'),
        figure('top-5 error %, entry of 2014', 6.67, 'table 3, 7 nets and 144 crops'),
      ],
    },
  });
}

function resnet50(): GraphDocument {
  const net = new NetBuilder().add('input', 'input', { shape: [224, 224, 3] });
  net.convBnRelu('conv1', { filters: 64, kernel: 7, stride: 2, padding: 3 });
  net.add('pool1', 'max-pool', { kernel: 3, stride: 2, padding: 1 });
  [3, 4, 6, 3].forEach((count, s) => {
    for (let b = 1; b <= count; b++) {
      const stride = s > 0 && b === 1 ? 2 : 1;
      const params = {
        filters: 256 * 2 ** s,
        stride,
        form: 'bottleneck',
        unit: 'original',
        shortcut: 'projection',
      };
      net.add(`stage${s + 1}-block${b}`, 'residual', params);
    }
  });
  net
    .add('pool', 'global-avg-pool')
    .add('fc', 'dense', { units: 1000 })
    .add('output', 'output', { classes: 1000 });
  return net.document('ResNet-50', {
    training: {
      epochs: 90,
      batch: 32,
      rate: 0.0125,
      schedule: { type: 'step', warmup: 1, every: 30, factor: 0.1 },
      weightDecay: 1e-4,
    },
    reference: {
      source:
        'He, Zhang, Ren, Sun. Deep Residual Learning for Image Recognition. 2015. arXiv:1512.03385, table 1',
      note:
        'Strides lie on the 3×3 convolutions, as in torchvision (v1.5); in the paper they lie on the 1×1 ' +
        'before, at 3.8 G. The rate is 0.1 at batch 256 in the paper, which is 0.0125 at batch 32.',
      figures: [
        figure('parameters', 25_557_032, 'torchvision, resnet50'),
        figure('macs', 4_089_184_256, 'torchvision, resnet50: 4.09 G'),
        figure('macs, as printed', 3_800_000_000, 'table 1: 3.8 · 10⁹'),
        figure('top-1 error %', 22.85, 'table 3, 10 crops'),
        figure('top-5 error %', 6.71, 'table 3, 10 crops'),
      ],
    },
  });
}

/** By the name of their file in assets/templates. */
export const templates: Readonly<Record<string, () => GraphDocument>> = {
  'lenet-5': lenet5,
  'plain-20': plain20,
  'resnet-20': resnet20,
  'resnet-56': resnet56,
  'resnet-50': resnet50,
  'vgg-d': vggD,
  googlenet,
};
