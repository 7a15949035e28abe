import { convNormAct, netBuilder } from './builder.mjs';

/**
 * LeNet-5 as it is built today: ReLU, max pooling, every map of the first convolution seen by the second.
 * @see LeCun et al. 1998, "Gradient-Based Learning Applied to Document Recognition", section II-B
 */
export function lenet5(input, classes) {
  const net = netBuilder(input);
  const stage = (from, filters, pads) =>
    net.maxPool(net.relu(net.convolution(from, filters, { kernel: 5, pads, bias: true })), {
      kernel: 2,
      stride: 2,
    });
  let last = net.flatten(stage(stage('input', 6, 2), 16, 0));
  for (const units of [120, 84]) last = net.relu(net.dense(last, units));
  net.dense(last, classes);
  return net.nodes;
}

/**
 * VGG, configuration A, with batch norm in place of the convolutions' biases. Maps of 32×32 end at one pixel: dense
 * layers of 512 units stand for the 4096, and there is no dropout.
 * @see Simonyan, Zisserman 2014, "Very Deep Convolutional Networks", table 1
 */
export function vggA(input, classes) {
  const net = netBuilder(input);
  let last = 'input';
  for (const stage of [[64], [128], [256, 256], [512, 512], [512, 512]]) {
    for (const filters of stage) last = convNormAct(net, last, filters, { kernel: 3 });
    last = net.maxPool(last, { kernel: 2, stride: 2 });
  }
  last = net.flatten(last);
  for (const units of [512, 512]) last = net.relu(net.dense(last, units));
  net.dense(last, classes);
  return net.nodes;
}

/** #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj of each module; 'pool' halves the map. */
const INCEPTIONS = [
  [64, 96, 128, 16, 32, 32],
  [128, 128, 192, 32, 96, 64],
  'pool',
  [192, 96, 208, 16, 48, 64],
  [160, 112, 224, 24, 64, 64],
  [128, 128, 256, 24, 64, 64],
  [112, 144, 288, 32, 64, 64],
  [256, 160, 320, 32, 128, 128],
  'pool',
  [256, 160, 320, 32, 128, 128],
  [384, 192, 384, 48, 128, 128],
];

/**
 * GoogLeNet without its auxiliary classifiers, its local response norms and its dropout, so that all peers compute the
 * same. Pools hang over the end as in the authors' Caffe model and in torchvision.
 * @see Szegedy et al. 2014, "Going Deeper with Convolutions", table 1
 */
export function googlenet(input, classes) {
  const net = netBuilder(input);
  const conv = (from, filters, kernel, stride = 1) =>
    net.relu(net.convolution(from, filters, { kernel, stride, bias: true }));
  const halve = (from) => net.maxPool(from, { kernel: 3, stride: 2, ceil: true });
  let last = halve(conv('input', 64, 7, 2));
  last = halve(conv(conv(last, 64, 1), 192, 3));
  for (const row of INCEPTIONS) last = row === 'pool' ? halve(last) : inception(net, conv, last, row);
  net.dense(net.globalAveragePool(last), classes);
  return net.nodes;
}

function inception(net, conv, from, [c1, r3, c3, r5, c5, projection]) {
  const one = conv(from, c1, 1);
  const three = conv(conv(from, r3, 1), c3, 3);
  const five = conv(conv(from, r5, 1), c5, 5);
  const pooled = conv(net.maxPool(from, { kernel: 3, pads: 1 }), projection, 1);
  return net.concat([one, three, five, pooled]);
}
