import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IMAGES = 1024;
export const settings = { learningRate: 0.05, momentum: 0.9 };
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

/** One record an image, in CIFAR's manner: a byte for the class, then height x width x channels bytes. */
function images({ input, classes }, random) {
  const [, width, channels] = input;
  const record = 1 + size(input);
  const bytes = Buffer.alloc(IMAGES * record);
  for (let i = 0; i < IMAGES; i++) {
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

/** He et al. 2015, "Delving Deep into Rectifiers", eq. 10, for kernels; batch norm starts as identity. */
function firstWeights(nodes, random) {
  const values = nodes.flatMap((node) =>
    node.weights.flatMap((shape, i) => {
      if (shape.length === 1) return Array(size(shape)).fill(node.op === 'batchNorm' && i === 0 ? 1 : 0);
      const deviation = Math.sqrt(2 / (size(shape) / shape.at(-1)));
      return Array.from({ length: size(shape) }, () => deviation * gaussian(random));
    }),
  );
  return Float32Array.from(values);
}

/** What every peer is told: the same net, weights, images and settings. `dispose` deletes the two files. */
export function makeTask(net, threads) {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-bench-'));
  const random = randomNumbers(20151210);
  const [data, weights] = [join(folder, 'images.bin'), join(folder, 'weights.bin')];
  writeFileSync(weights, firstWeights(net.nodes, random));
  writeFileSync(data, images(net, random));
  return {
    folder,
    task: { net, batch: net.batch, threads, ...settings, data, firstWeights: weights },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
