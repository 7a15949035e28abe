import { convNormAct, netBuilder } from './builder.mjs';

/** ResNet for CIFAR, depth 6n+2. @see He et al. 2015, "Deep Residual Learning", section 4.2, option A. */
export const resnetCifar = (depth) => (input, classes) => {
  const net = netBuilder(input);
  const blocks = (depth - 2) / 6;
  let last = convNormAct(net, 'input', 16, { kernel: 3 });
  for (const filters of [16, 32, 64]) {
    for (let block = 0; block < blocks; block++) {
      const stride = filters > 16 && block === 0 ? 2 : 1;
      const inner = convNormAct(net, last, filters, { kernel: 3, stride });
      const residual = net.batchNorm(net.convolution(inner, filters, { kernel: 3 }));
      const shortcut = stride > 1 ? net.subsample(last, filters, stride) : last;
      last = net.relu(net.add(residual, shortcut));
    }
  }
  net.dense(net.globalAveragePool(last), classes);
  return net.nodes;
};

/** 1×1 to `width`, 3×3 (with the stride, as in torchvision) in `groups`, 1×1 to `filters`, and the shortcut. */
function bottleneck(net, from, { width, filters, stride, groups = 1 }) {
  let y = convNormAct(net, from, width, { kernel: 1 });
  y = convNormAct(net, y, width, { kernel: 3, stride, groups });
  y = net.batchNorm(net.convolution(y, filters, { kernel: 1 }));
  const fits = stride === 1 && net.channels(from) === filters;
  const shortcut = fits ? from : net.batchNorm(net.convolution(from, filters, { kernel: 1, stride }));
  return net.relu(net.add(y, shortcut));
}

/** @see He et al. 2015, "Deep Residual Learning", table 1 */
export function resnet50(input, classes) {
  const net = netBuilder(input);
  let last = convNormAct(net, 'input', 64, { kernel: 7, stride: 2 });
  last = net.maxPool(last, { kernel: 3, stride: 2, pads: 1 });
  [3, 4, 6, 3].forEach((blocks, stage) => {
    const width = 64 * 2 ** stage;
    for (let block = 0; block < blocks; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      last = bottleneck(net, last, { width, filters: 4 * width, stride });
    }
  });
  net.dense(net.globalAveragePool(last), classes);
  return net.nodes;
}

/** ResNeXt-29 for CIFAR, in its grouped form. @see Xie et al. 2016, "Aggregated Residual Transformations", section 5.3 */
export const resnext29 = (cardinality, width) => (input, classes) => {
  const net = netBuilder(input);
  let last = convNormAct(net, 'input', 64, { kernel: 3 });
  for (let stage = 0; stage < 3; stage++) {
    const form = { width: cardinality * width * 2 ** stage, filters: 256 * 2 ** stage, groups: cardinality };
    for (let block = 0; block < 3; block++) {
      last = bottleneck(net, last, { ...form, stride: stage > 0 && block === 0 ? 2 : 1 });
    }
  }
  net.dense(net.globalAveragePool(last), classes);
  return net.nodes;
};

/**
 * A small R(2+1)D: each 3×3×3 convolution is a 1×3×3 and a 3×1×1, with as many channels between as give it the same
 * weights. One block a stage, and a stem that keeps the size of small frames.
 * @see Tran et al. 2017, "A Closer Look at Spatiotemporal Convolutions", section 3.5
 */
export function r2plus1d(input, classes) {
  const net = netBuilder(input);
  const space = (from, count, stride = 1) =>
    convNormAct(net, from, count, { kernel: [1, 3, 3], stride: [1, stride, stride] });
  const time = (from, count, stride = 1) =>
    net.batchNorm(net.convolution(from, count, { kernel: [3, 1, 1], stride: [stride, 1, 1] }));
  let last = net.relu(time(space('input', 24), 32));
  for (const filters of [32, 64, 128, 256]) {
    const before = net.channels(last);
    const stride = filters > before ? 2 : 1;
    const middle = Math.floor((before * filters * 27) / (before * 9 + 3 * filters));
    const inner = net.relu(time(space(last, middle, stride), filters, stride));
    const residual = time(space(inner, middle), filters);
    const shortcut =
      stride === 1 ? last : net.batchNorm(net.convolution(last, filters, { kernel: 1, stride }));
    last = net.relu(net.add(residual, shortcut));
  }
  net.dense(net.globalAveragePool(last), classes);
  return net.nodes;
}
