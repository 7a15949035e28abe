import { elaborate } from '../../analysis/elaborate';
import { netOf } from '../../analysis/net';
import { forward, makeVariables, weightsOf } from '../../compile/net';
import { Variables, writeVariables } from '../../compile/variables';
import { findDataSet } from '../../data/catalogue';
import type { GraphDocument } from '../../graph/document';
import { size } from '../../ir/shape';
import { random } from '../../random';
import { TfGraph } from '../../tensorflow/graph';
import { newSession, openTensorFlow } from '../../tensorflow/runtime';
import { DataType } from '../../tensorflow/tensor';
import type { Block } from '../safetensors';

/** Test pictures of MNIST, of `channels` grey channels, brought to 14×14 and to -1..1. */
export async function digits(count: number): Promise<Float32Array> {
  const { test } = await findDataSet({ set: 'mnist' }).load({ set: 'mnist' });
  const pictures = test.pictures as Uint8Array;
  return Float32Array.from({ length: count * 196 }, (_, i) => {
    const [n, y, x] = [Math.floor(i / 196), Math.floor((i % 196) / 14), i % 14];
    return pictures[n * 784 + 2 * y * 28 + 2 * x]! / 127.5 - 1;
  });
}

/** Weights as a trained net may have them: nothing at its start value, statistics far from 0 and 1. */
export function weightsFor(doc: GraphDocument, seed = 1): Map<string, Block> {
  const next = random(seed);
  const centred = () => next() + next() + next() - 1.5;
  return new Map(
    weightsOf(netOf(elaborate(doc))).map(({ name, shape }) => {
      const fan = size(shape) / shape.at(-1)!;
      const scale = name.endsWith('kernel') ? 2 / Math.sqrt(fan) : 0.4;
      const shift = /variance|gamma/.test(name) ? 1.2 : 0;
      const data = Float32Array.from({ length: size(shape) }, () =>
        Math.max(shift ? 0.1 : -9, shift + scale * centred()),
      );
      return [name, { shape, data }] as const;
    }),
  );
}

/** Logits in use, by TensorFlow. */
export async function logitsOf(
  doc: GraphDocument,
  blocks: ReadonlyMap<string, Block>,
  pictures: Float32Array,
): Promise<Float32Array> {
  const tf = openTensorFlow();
  const graph = new TfGraph(tf.c);
  const net = netOf(elaborate(doc));
  const variables = new Variables(graph, 1);
  const made = makeVariables(net, variables, new Set());
  const count = pictures.length / size(net.shape);
  const x = graph.placeholder('x', DataType.float32, [count, ...net.shape]);
  const { logits } = forward(graph, net, x, made, { training: false, seed: graph.ints([1, 1]) });
  const session = newSession(tf, graph);
  try {
    await writeVariables(session, variables.all, new Map([...blocks].map(([name, b]) => [name, b.data])));
    const feeds = [{ to: x, type: DataType.float32, dims: [count, ...net.shape], data: pictures }];
    const [bytes] = await session.run({ feeds, fetches: [logits] });
    return new Float32Array(bytes!);
  } finally {
    session.close();
  }
}
