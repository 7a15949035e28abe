// TensorFlow.js on its Node backend: one op at a time, gradients by its tape. Argument: the folder it is installed in.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serve } from './protocol.mjs';

const size = (shape) => shape.reduce((a, b) => a * b, 1);
let tf;

/** x with zeros around it, and how the convolution is then to pad. */
function padded(x, { kernel, stride, pads }) {
  if (pads.every((p) => p === 0)) return [x, 'valid'];
  const same = stride.every((s) => s === 1) && pads.every((p, i) => 2 * p + 1 === kernel[i]);
  return same ? [x, 'same'] : [x.pad([[0, 0], ...pads.map((p) => [p, p]), [0, 0]]), 'valid'];
}

/** tfjs has no groups: one convolution each. */
function convolution(node, [weight, bias], from) {
  const [x, pad] = padded(from, node);
  const { groups, stride } = node;
  let y;
  if (weight.rank === 5) y = tf.conv3d(x, weight, stride, pad);
  else if (groups === 1) y = tf.conv2d(x, weight, stride, pad);
  else {
    const kernels = tf.split(weight, groups, 3);
    y = tf.concat(
      tf.split(x, groups, 3).map((part, i) => tf.conv2d(part, kernels[i], stride, pad)),
      3,
    );
  }
  return bias ? y.add(bias) : y;
}

function batchNorm(_, [gamma, beta, ...running], x) {
  const { mean, variance } = tf.moments(
    x,
    x.shape.slice(0, -1).map((_, i) => i),
  );
  [mean, variance].forEach((value, i) => {
    running[i].assign(running[i].mul(0.9).add(value.mul(0.1)));
  });
  const scale = gamma.mul(variance.add(1e-5).rsqrt());
  return x.mul(scale).add(beta.sub(mean.mul(scale)));
}

/** Zeros around do not win: in these nets a pool with pads reads a ReLU. */
function maxPool(node, _, from) {
  if (node.ceil) return tf.maxPool(from, node.kernel, node.stride, 'same');
  const [x, pad] = padded(from, node);
  return tf.maxPool(x, node.kernel, node.stride, pad);
}

/** Every second pixel as a pooling of single ones: tfjs has no gradient of a strided slice. */
function subsample({ stride, zeros }, _, x) {
  const none = [0, 0];
  return tf.maxPool(x, 1, stride, 'valid').pad([none, none, none, [0, zeros]]);
}

const apply = {
  convolution,
  depthwise(node, [weight], from) {
    const [x, pad] = padded(from, node);
    return tf.depthwiseConv2d(x, weight, node.stride, pad);
  },
  batchNorm,
  relu: (_, __, x) => x.relu(),
  relu6: (_, __, x) => x.relu6(),
  add: (_, __, left, right) => left.add(right),
  concat: (_, __, ...parts) => tf.concat(parts, -1),
  subsample,
  maxPool,
  averagePool: (node, _, x) => tf.avgPool(x, node.kernel, node.stride, 'valid'),
  globalAveragePool: (_, __, x) => x.mean(x.shape.slice(1, -1).map((_, i) => i + 1)),
  flatten: (_, __, x) => x.reshape([x.shape[0], -1]),
  dense: (_, [weight, bias], x) => tf.matMul(x, weight).add(bias),
};

/** Variables of each node: first weights, and of a batch norm the running mean and variance. */
function variablesOf({ net, firstWeights }) {
  const bytes = readFileSync(firstWeights);
  const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let at = 0;
  const made = net.nodes.map(({ op, weights }) => {
    const learned = weights.map((shape) => {
      const first = floats.slice(at, at + size(shape));
      at += first.length;
      return tf.variable(tf.tensor(first, shape));
    });
    const running = op === 'batchNorm' ? [tf.zeros(weights[0]), tf.ones(weights[0])] : [];
    return { learned, all: [...learned, ...running.map((t) => tf.variable(t, false))] };
  });
  return { learned: made.flatMap((m) => m.learned), each: made.map((m) => m.all) };
}

function forward({ nodes }, each, images) {
  const values = new Map([['input', images]]);
  nodes.forEach((node, i) => {
    values.set(node.id, apply[node.op](node, each[i], ...node.from.map((id) => values.get(id))));
  });
  return values.get(nodes.at(-1).id);
}

/** Floats in -1..1 and labels of every record. */
function load({ net: { input }, data }) {
  tf = createRequire(join(process.argv[2], 'package.json'))('@tensorflow/tfjs-node');
  const bytes = readFileSync(data);
  const length = size(input);
  const count = bytes.length / (length + 1);
  const [images, labels] = [new Float32Array(count * length), new Int32Array(count)];
  for (let i = 0; i < count; i++) {
    const record = bytes.subarray(i * (length + 1), (i + 1) * (length + 1));
    labels[i] = record[0];
    for (let j = 0; j < length; j++) images[i * length + j] = record[j + 1] / 127.5 - 1;
  }
  return { images, labels, count, length };
}

function build({ images, labels, count, length }, task) {
  const { batch, input, classes, learningRate } = task.net;
  const { learned, each } = variablesOf(task);
  const optimizer = tf.train.momentum(learningRate, task.momentum);
  const step = (i) => {
    const at = (i % Math.floor(count / batch)) * batch;
    const x = tf.tensor(images.subarray(at * length, (at + batch) * length), [batch, ...input]);
    const y = tf.oneHot(tf.tensor1d(labels.subarray(at, at + batch), 'int32'), classes);
    const loss = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(y, forward(task.net, each, x)),
      true,
      learned,
    );
    const [value] = loss.dataSync();
    tf.dispose([x, y, loss]);
    return value;
  };
  const about = { 'TensorFlow.js': tf.version.tfjs, TensorFlow: tf.backend().binding.TF_Version };
  return { step, about, trainableParameters: learned.reduce((n, v) => n + v.size, 0) };
}

await serve(load, build);
