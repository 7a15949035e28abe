import { convNormAct, netBuilder } from './builder.mjs';

/** DenseNet of depth 3n+4, without bottlenecks. @see Huang et al. 2016, "Densely Connected Networks", section 3 */
export const densenet = (depth, growth) => (input, classes) => {
  const net = netBuilder(input);
  const normed = (from) => net.relu(net.batchNorm(from));
  let last = net.convolution('input', 16, { kernel: 3 });
  for (let block = 0; block < 3; block++) {
    if (block > 0) {
      const mixed = net.convolution(normed(last), net.channels(last), { kernel: 1 });
      last = net.averagePool(mixed, { kernel: 2, stride: 2 });
    }
    for (let layer = 0; layer < (depth - 4) / 3; layer++) {
      last = net.concat([last, net.convolution(normed(last), growth, { kernel: 3 })]);
    }
  }
  net.dense(net.globalAveragePool(normed(last)), classes);
  return net.nodes;
};

/** Expansion, filters, blocks, stride of the first. @see Sandler et al. 2018, "MobileNetV2", table 2 */
const MOBILE = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/** MobileNet v2 without its dropout. @see Sandler et al. 2018, "MobileNetV2" */
export function mobilenetV2(input, classes) {
  const net = netBuilder(input);
  let last = convNormAct(net, 'input', 32, { kernel: 3, stride: 2 }, net.relu6);
  for (const [expansion, filters, blocks, first] of MOBILE) {
    for (let block = 0; block < blocks; block++) {
      const stride = block === 0 ? first : 1;
      const channels = net.channels(last);
      let y = last;
      if (expansion > 1) y = convNormAct(net, y, expansion * channels, { kernel: 1 }, net.relu6);
      y = net.relu6(net.batchNorm(net.depthwise(y, { kernel: 3, stride })));
      y = net.batchNorm(net.convolution(y, filters, { kernel: 1 }));
      last = stride === 1 && channels === filters ? net.add(y, last) : y;
    }
  }
  last = convNormAct(net, last, 1280, { kernel: 1 }, net.relu6);
  net.dense(net.globalAveragePool(last), classes);
  return net.nodes;
}
