import { TfGraph } from '../engine/tensorflow/graph';
import { newSession, type TensorFlow } from '../engine/tensorflow/runtime';
import { DataType } from '../engine/tensorflow/tensor';

const SIDES = [512, 1024, 2048];
const CHAIN = 4;
const TRIES = 4;

/** Floating-point operations a second of the best of several products of square matrices: what this machine can do. */
export async function sgemmPeak(tf: TensorFlow): Promise<number> {
  let best = 0;
  for (const side of SIDES) best = Math.max(best, (CHAIN * 2 * side ** 3) / (await quickest(tf, side)));
  return best;
}

/** Seconds of the quickest of some runs of a chain of products. */
async function quickest(tf: TensorFlow, side: number): Promise<number> {
  const graph = new TfGraph(tf.c);
  const value = graph.placeholder('value', DataType.float32, []);
  const matrix = graph.add('Fill', 'matrix', [graph.ints([side, side]), value]);
  let last = graph.operation('MatMul', 'product', [matrix, matrix]);
  for (let i = 1; i < CHAIN; i++) {
    last = graph.operation('MatMul', 'product', [matrix, { oper: last.pointer, index: 0 }]);
  }
  const session = newSession(tf, graph);
  const data = Float32Array.of(1 / side);
  const feeds = [{ to: value, type: DataType.float32, dims: [], data }];
  let seconds = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES; i++) {
    const from = performance.now();
    await session.run({ feeds, targets: [last] });
    seconds = Math.min(seconds, (performance.now() - from) / 1000);
  }
  session.close();
  return seconds;
}
