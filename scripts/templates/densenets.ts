import { cifar, errors, imagenet, NetBuilder, printed } from './builder';

const SOURCE = 'Huang et al. Densely Connected Convolutional Networks. 2016. arXiv:1608.06993';

function densenet(
  layers: number,
  growth: number,
  start: number,
  depths: readonly number[],
  top1: number,
  top5: number,
) {
  const net = new NetBuilder([224, 224, 3])
    .convBnRelu('conv1', { filters: start, kernel: 7, stride: 2, padding: 3 })
    .add('pool1', 'max-pool', { kernel: 3, stride: 2, padding: 1 });
  depths.forEach((count, i) => {
    if (i > 0) net.add(`transition${i}`, 'transition');
    net.add(`block${i + 1}`, 'dense-block', { layers: count, growth });
  });
  return net
    .bnRelu('last')
    .head(1000)
    .document({
      name: `DenseNet-${layers}`,
      source: `${SOURCE}, table 1`,
      note: `Growth ${growth}, with bottlenecks and a compression of 0.5, layer by layer the net of torchvision.`,
      printed: errors(top1, top5, 'table 3, one crop'),
      training: imagenet(),
    });
}

function small(depth: number, growth: number, compressed: boolean, millions: number, error: number) {
  const layers = compressed ? (depth - 4) / 6 : (depth - 4) / 3;
  const filters = compressed ? 2 * growth : 16;
  const net = new NetBuilder([32, 32, 3]).add('conv1', 'conv2d', {
    filters,
    kernel: 3,
    padding: 1,
    bias: false,
  });
  for (let b = 1; b <= 3; b++) {
    if (b > 1) net.add(`transition${b - 1}`, 'transition', { compression: compressed ? 0.5 : 1 });
    net.add(`block${b}`, 'dense-block', { layers, growth, bottleneck: compressed });
  }
  return net
    .bnRelu('last')
    .head(10)
    .document({
      name: `DenseNet${compressed ? '-BC' : ''} (L = ${depth}, k = ${growth})`,
      source: `${SOURCE}, section 3 and table 2`,
      note:
        `Three blocks of ${layers} layers${compressed ? ' with bottlenecks, compressed by half between them' : ''}. The paper ` +
        'trains for 300 epochs at batch 64.',
      printed: [
        printed('parameters, as printed', millions * 1e6, `table 2: ${millions} M`),
        printed('test error %', error, 'table 2, C10+'),
      ],
      training: cifar({ batch: 64, optimizer: { type: 'sgd', momentum: 0.9, nesterov: true } }),
    });
}

export const densenets = {
  'densenet-121': () => densenet(121, 32, 64, [6, 12, 24, 16], 25.02, 7.71),
  'densenet-161': () => densenet(161, 48, 96, [6, 12, 36, 24], 22.33, 6.15),
  'densenet-169': () => densenet(169, 32, 64, [6, 12, 32, 32], 23.8, 6.85),
  'densenet-201': () => densenet(201, 32, 64, [6, 12, 48, 32], 22.58, 6.34),
  'densenet-40-12': () => small(40, 12, false, 1, 5.24),
  'densenet-bc-100-12': () => small(100, 12, true, 0.8, 4.51),
  'densenet-bc-190-40': () => small(190, 40, true, 25.6, 3.46),
};
