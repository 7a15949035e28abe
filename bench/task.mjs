import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As many as the rounds go through again and again. */
const BATCHES = 8;
const settings = { momentum: 0.9 };
const size = (shape) => shape.reduce((a, b) => a * b, 1);

/** Numbers in 0..1, the same in every run. @see Marsaglia 2003, xorshift32 */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
const gaussian = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** One record a picture or video, in CIFAR's manner: a byte for the class, then its bytes, channels last. */
function images({ input, classes, batch }, random) {
  const [width, channels] = input.slice(-2);
  const record = 1 + size(input);
  const count = BATCHES * batch;
  const bytes = Buffer.alloc(count * record);
  for (let i = 0; i < count; i++) {
    const label = Math.floor(random() * classes);
    bytes[i * record] = label;
    for (let j = 0; j < record - 1; j++) {
      const row = Math.floor(j / (width * channels));
      const stripes = Math.sin(label * 1.7 + (j % channels) * 2 + row * (label + 1) * 0.1);
      bytes[i * record + 1 + j] = Math.max(0, Math.min(255, 128 + 30 * stripes + 50 * gaussian(random)));
    }
  }
  return bytes;
}

/** He et al. 2015, "Delving Deep into Rectifiers", eq. 10, for kernels; batch norm starts as identity, biases at 0. */
function firstWeights(nodes, random) {
  const values = new Float32Array(
    nodes.reduce((n, node) => n + node.weights.reduce((m, w) => m + size(w), 0), 0),
  );
  let at = 0;
  for (const { op, weights } of nodes) {
    weights.forEach((shape, i) => {
      const part = values.subarray(at, at + size(shape));
      at += part.length;
      if (shape.length === 1) part.fill(op === 'batchNorm' && i === 0 ? 1 : 0);
      else fill(part, Math.sqrt(2 / (size(shape) / shape.at(op === 'depthwise' ? -2 : -1))), random);
    });
  }
  return values;
}

function fill(part, deviation, random) {
  for (let i = 0; i < part.length; i++) part[i] = deviation * gaussian(random);
}

/** Each weight off by the last bit of a 32-bit float, up or down in turn. */
const shake = (values) => values.map((v, i) => v * (1 + (i % 2 ? 1 : -1) * 2 ** -23));

/**
 * What every peer is told: the same net, weights, images and settings; `more` may say `device` (cpu, cuda) and
 * `precision` (float32, mixed); Convloom reads `recompute` too. `dispose` deletes the two files.
 *
 * @param shaken whether the weights are off by a rounding
 */
export function makeTask(net, threads, { shaken = false, ...more } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-bench-'));
  const random = randomNumbers(20151210);
  const [data, weights] = [join(folder, 'images.bin'), join(folder, 'weights.bin')];
  const first = firstWeights(net.nodes, random);
  writeFileSync(weights, shaken ? shake(first) : first);
  writeFileSync(data, images(net, random));
  return {
    folder,
    task: { net, threads, ...settings, ...more, data, firstWeights: weights },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
