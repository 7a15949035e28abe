// A net as plain data that every peer builds for itself.
//
// A node is { id, op, from, ...numbers, weights, macs }: `from` names the nodes it reads ('input' is the batch),
// `weights` lists the shapes of what it learns, in the order in which the file of first weights holds them, and
// `macs` counts its multiply-accumulates for one picture. Sides are [height, width], or [time, height, width] of
// a video: so are kernel, stride and pads (pixels of zeros before and behind). Kernels are sides, in / groups, out;
// dense weights are in, out.

const size = (shape) => shape.reduce((a, b) => a * b, 1);

/** Sides behind a window; `ceil` keeps a last window that hangs over the end, as Caffe and PyTorch's ceil_mode do. */
const slide = (sides, { kernel, stride, pads, ceil }) =>
  sides.map((side, i) => {
    const steps = (side + 2 * pads[i] - kernel[i]) / stride[i];
    return (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
  });

/** `kernel` and the rest as lists, pads of half a kernel unless told otherwise. */
function windowOf(sides, { kernel, stride = 1, pads, ...rest }) {
  const list = (value) => (Array.isArray(value) ? value : sides.map(() => value));
  const k = list(kernel);
  return { kernel: k, stride: list(stride), pads: list(pads ?? k.map((n) => (n - 1) / 2)), ...rest };
}

/** Collects nodes and follows their shapes, so that an entry states each number once. */
function collector(input) {
  const nodes = [];
  const shapes = new Map([['input', input]]);
  return {
    nodes,
    shape: (id) => shapes.get(id),
    sides: (id) => shapes.get(id).slice(0, -1),
    channels: (id) => shapes.get(id).at(-1),
    node(op, from, shape, rest = {}, weights = [], macs = 0) {
      const id = `${op}_${nodes.length + 1}`;
      nodes.push({ id, op, from, ...rest, weights, macs });
      shapes.set(id, shape);
      return id;
    },
  };
}

const learned = ({ node, sides, channels, shape }) => ({
  convolution(from, filters, options) {
    const { groups = 1, bias = false, ...rest } = options;
    const window = windowOf(sides(from), rest);
    const to = slide(sides(from), window);
    const kernel = [...window.kernel, channels(from) / groups, filters];
    const weights = bias ? [kernel, [filters]] : [kernel];
    const numbers = { filters, ...window, groups, bias };
    return node('convolution', [from], [...to, filters], numbers, weights, size(to) * size(kernel));
  },
  /** One kernel a channel. */
  depthwise(from, options) {
    const window = windowOf(sides(from), options);
    const to = [...slide(sides(from), window), channels(from)];
    const kernel = [...window.kernel, channels(from), 1];
    return node('depthwise', [from], to, window, [kernel], size(to) * size(window.kernel));
  },
  batchNorm: (from) => node('batchNorm', [from], shape(from), {}, [[channels(from)], [channels(from)]]),
  dense(from, units) {
    const inputs = channels(from);
    return node('dense', [from], [units], { units }, [[inputs, units], [units]], inputs * units);
  },
});

const pools = ({ node, sides, channels }) => {
  const pool = (op) => (from, options) => {
    const window = windowOf(sides(from), { pads: 0, ceil: false, ...options });
    return node(op, [from], [...slide(sides(from), window), channels(from)], window);
  };
  return {
    maxPool: pool('maxPool'),
    averagePool: pool('averagePool'),
    globalAveragePool: (from) => node('globalAveragePool', [from], [channels(from)]),
    /** He et al. 2015, option A: every second pixel, and zeros for the channels that are new (after the old). */
    subsample(from, filters, stride) {
      const to = [...sides(from).map((side) => Math.ceil(side / stride)), filters];
      return node('subsample', [from], to, { stride, zeros: filters - channels(from) });
    },
  };
};

const plain = ({ node, sides, channels, shape }) => ({
  relu: (from) => node('relu', [from], shape(from)),
  relu6: (from) => node('relu6', [from], shape(from)),
  add: (left, right) => node('add', [left, right], shape(left)),
  /** Channels behind one another. */
  concat(from) {
    const together = from.reduce((sum, id) => sum + channels(id), 0);
    return node('concat', from, [...sides(from[0]), together]);
  },
  /** Row by row, the channels of a pixel together. */
  flatten: (from) => node('flatten', [from], [size(shape(from))]),
});

/** What makes the nodes of a net whose pictures are `input`: sides and channels. Each op gives its id. */
export function netBuilder(input) {
  const made = collector(input);
  const { nodes, channels } = made;
  return { nodes, channels, ...learned(made), ...pools(made), ...plain(made) };
}

/** Convolution, batch norm and `activation`. */
export function convNormAct(net, from, filters, options, activation = net.relu) {
  return activation(net.batchNorm(net.convolution(from, filters, options)));
}
