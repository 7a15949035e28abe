import type { TrainingSettings } from '../graph/training';
import { type Shape, size } from '../ir/shape';
import { type Output, TfGraph } from '../tensorflow/graph';
import { newSession, type TensorFlow } from '../tensorflow/runtime';
import { DataType } from '../tensorflow/tensor';
import { MIX, mixOf, mixPictures } from './mixing';
import { augment } from './pictures';

/** Pictures to look at as a batch of their own, and what is done to them. */
export interface Batch {
  /** [count, ...shape], 0 to 255. */
  readonly pictures: Uint8Array;
  readonly count: number;
  readonly shape: Shape;
}

/**
 * The batch as the training step sees it at each of `draws`, as bytes: by the graph that the step itself augments and
 * mixes with, so that what is shown is what is learned from. Mixing is done before normalising here, which comes to
 * the same: both are linear.
 *
 * @returns for each draw bytes [count, ...shape]
 */
export async function augmented(
  tf: TensorFlow,
  { pictures, count, shape }: Batch,
  { augment: how, seed }: Pick<TrainingSettings, 'augment' | 'seed'>,
  draws: readonly number[],
): Promise<Uint8Array[]> {
  const graph = new TfGraph(tf.c);
  const dims = [count, ...shape];
  const bytes = graph.placeholder('pictures', DataType.uint8, dims);
  const draw = graph.placeholder('draw', DataType.int32, []);
  const seeds = graph.add('Pack', 'seed', [[graph.int(seed), draw]]);
  const moved = augment(graph, bytes, seeds, count, shape, how);
  const mix = graph.placeholder('mix', DataType.float32, [MIX]);
  const seen = how.mixup > 0 || how.cutmix > 0 ? mixed(graph, moved, mix, shape) : moved;
  const made = graph.add('Identity', 'made', [seen]);
  const session = newSession(tf, graph);
  const [height, width] = shape.slice(-3) as [number, number];
  const out: Uint8Array[] = [];
  try {
    for (const n of draws) {
      const share = Float32Array.from(mixOf(how, [height, width], seed, n));
      const feeds = [
        { to: bytes, type: DataType.uint8, dims, data: pictures.subarray(0, count * size(shape)) },
        { to: draw, type: DataType.int32, dims: [], data: Int32Array.of(n) },
        { to: mix, type: DataType.float32, dims: [MIX], data: share },
      ];
      const [result] = await session.run({ feeds, fetches: [made] });
      out.push(new Uint8Array(result!));
    }
  } finally {
    session.close();
  }
  return out;
}

function mixed(graph: TfGraph, bytes: Output, mix: Output, shape: Shape): Output {
  const [u8, f32] = [{ type: DataType.uint8 }, { type: DataType.float32 }];
  const floats = graph.add('Cast', 'floats', [bytes], { SrcT: u8, DstT: f32 });
  const rounded = graph.add('Rint', 'rounded', [mixPictures(graph, floats, mix, shape)]);
  return graph.add('Cast', 'bytes', [rounded], { SrcT: f32, DstT: u8 });
}
