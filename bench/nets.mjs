// The nets of the benchmark as plain data that every peer builds for itself. A net is one entry of `nets`.
//
// A node is { id, op, from, ...numbers, weights }: `from` names the nodes it reads ('input' is the batch of
// images), `weights` lists the shapes of what it learns, in the order in which the file of first weights
// holds them. Shapes are height, width, in, out for kernels and in, out for dense layers.

/** Collects nodes and follows the number of channels, so that an entry states each of them once. */
function netBuilder(inputChannels) {
  const nodes = [];
  const channels = new Map([['input', inputChannels]]);
  const add = (op, from, outChannels, rest = {}, weights = []) => {
    const id = `${op}_${nodes.length + 1}`;
    nodes.push({ id, op, from, ...rest, weights });
    channels.set(id, outChannels);
    return id;
  };
  return {
    nodes,
    convolution(from, filters, kernel, stride) {
      const weights = [[kernel, kernel, channels.get(from), filters]];
      return add('convolution', [from], filters, { filters, kernel, stride }, weights);
    },
    batchNorm(from) {
      const width = channels.get(from);
      return add('batchNorm', [from], width, {}, [[width], [width]]);
    },
    relu: (from) => add('relu', [from], channels.get(from)),
    add: (left, right) => add('add', [left, right], channels.get(left)),
    /** He et al. 2015, option A: every second pixel, and zeros for the channels that are new (after the old). */
    subsample(from, filters, stride) {
      return add('subsample', [from], filters, { stride, zeros: filters - channels.get(from) });
    },
    globalAveragePool: (from) => add('globalAveragePool', [from], channels.get(from)),
    dense: (from, units) => add('dense', [from], units, { units }, [[channels.get(from), units], [units]]),
  };
}

/** ResNet for CIFAR, depth 6n+2. @see He et al. 2015, "Deep Residual Learning", section 4.2, option A. */
function resnet(depth, classes) {
  const net = netBuilder(3);
  const blocks = (depth - 2) / 6;
  let last = net.relu(net.batchNorm(net.convolution('input', 16, 3, 1)));
  for (const filters of [16, 32, 64]) {
    for (let block = 0; block < blocks; block++) {
      const stride = filters > 16 && block === 0 ? 2 : 1;
      const inner = net.relu(net.batchNorm(net.convolution(last, filters, 3, stride)));
      const residual = net.batchNorm(net.convolution(inner, filters, 3, 1));
      const shortcut = stride > 1 ? net.subsample(last, filters, stride) : last;
      last = net.relu(net.add(residual, shortcut));
    }
  }
  net.dense(net.globalAveragePool(last), classes);
  return net.nodes;
}

/** `trainableParameters` is worked out by hand from the paper; a peer that counts otherwise stops the run. */
export const nets = [
  {
    id: 'resnet-20',
    title: 'ResNet-20 for CIFAR, option A shortcuts',
    input: [32, 32, 3],
    classes: 10,
    batch: 128,
    trainableParameters: 269722,
    nodes: resnet(20, 10),
  },
];
