import type { Split } from '../data/describe';
import { picturesOf } from '../data/stream/pictures-of';
import type { Shape } from '../ir/shape';
import type { Operation, Output, TfGraph } from '../tensorflow/graph';
import type { Feed } from '../tensorflow/session';
import { DataType } from '../tensorflow/tensor';

/** Per channel: what is taken off a byte (0 to 255), and what it is divided by. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}
/** A batch as the graph takes it, and what to feed for the pictures at `indices`; `next` will be asked for after them. */
export interface Gathered {
  /** uint8 [batch, ...shape] */
  readonly bytes: Output;
  /** int32 [batch] */
  readonly labels: Output;
  feeds(indices: Int32Array, next?: Int32Array): readonly Feed[] | Promise<readonly Feed[]>;
}
interface Augmentation {
  readonly flip: boolean;
  readonly crop: number;
}

const U8 = { type: DataType.uint8 };
const I32 = { type: DataType.int32 };
const F32 = { type: DataType.float32 };

/** A split that stays in TensorFlow's memory as bytes; batches are gathered from it by index. */
export class Pictures {
  readonly #pictures: Output;
  readonly #labels: Output;

  constructor(
    readonly graph: TfGraph,
    readonly name: string,
    readonly shape: Shape,
  ) {
    this.#pictures = this.#variable('pictures', [-1, ...shape]);
    this.#labels = this.#variable('labels', [-1]);
  }

  #variable(part: string, shape: Shape): Output {
    const name = `data/${this.name}/${part}`;
    return this.graph.add('VarHandleOp', name, [], {
      dtype: U8,
      shape: { shape },
      shared_name: { string: name },
    });
  }

  /** What puts `split` into memory, once. */
  load(split: Split): { readonly feeds: readonly Feed[]; readonly targets: readonly Operation[] } {
    const parts = [
      { handle: this.#pictures, data: split.pictures, dims: [split.count, ...this.shape] },
      { handle: this.#labels, data: split.labels, dims: [split.count] },
    ];
    const feeds = parts.map(({ data, dims }) => {
      const to = this.graph.placeholder(`data/${this.name}/bytes`, DataType.uint8, dims);
      return { to, type: DataType.uint8, dims, data };
    });
    const targets = parts.map(({ handle }, i) =>
      this.graph.operation('AssignVariableOp', `data/${this.name}/load`, [handle, feeds[i]!.to], {
        dtype: U8,
      }),
    );
    return { feeds, targets };
  }

  /** @param count pictures in a batch; -1: any number */
  batch(count: number): Gathered {
    const to = this.graph.placeholder(`data/${this.name}/indices`, DataType.int32, [count]);
    const feeds = (indices: Int32Array): Feed[] => [
      { to, type: DataType.int32, dims: [indices.length], data: indices },
    ];
    return { ...this.gather(to), feeds };
  }
  close(): void {}

  /** Bytes [batch, h, w, c] and int32 labels [batch] of the pictures at `indices`. */
  gather(indices: Output): { readonly bytes: Output; readonly labels: Output } {
    const attrs = { dtype: U8, Tindices: I32 };
    const labels = this.graph.add(
      'ResourceGather',
      `data/${this.name}/gather-labels`,
      [this.#labels, indices],
      attrs,
    );
    return {
      bytes: this.graph.add('ResourceGather', `data/${this.name}/gather`, [this.#pictures, indices], attrs),
      labels: this.graph.add('Cast', `data/${this.name}/labels-int`, [labels], { SrcT: U8, DstT: I32 }),
    };
  }
}

/** (byte - mean) / deviation, channel by channel. */
export function normalise(graph: TfGraph, bytes: Output, { mean, deviation }: Normalisation): Output {
  const floats = graph.add('Cast', 'data/floats', [bytes], { SrcT: U8, DstT: F32 });
  const scaled = graph.add('Mul', 'data/scaled', [floats, graph.floats(deviation.map((d) => 1 / d))]);
  return graph.add('AddV2', 'data/normalised', [
    scaled,
    graph.floats(mean.map((m, i) => -m / deviation[i]!)),
  ]);
}

/**
 * Each picture flipped with probability 1/2, and cropped to its size at a random place of its zero-padded self.
 * Both are one gather of rows and one of columns, on bytes. The frames of a clip [t, h, w, c] move together.
 *
 * @param seed int32 [2], another one each step
 * @see He et al. 2015, section 4.2: 4 pixels padded on each side, a 32×32 crop or its horizontal flip
 */
export function augment(
  graph: TfGraph,
  bytes: Output,
  seed: Output,
  batch: number,
  shape: Shape,
  how: Augmentation,
): Output {
  const { flip, crop } = how;
  if (!flip && crop === 0) return bytes;
  const [height, width] = shape.slice(-3) as [number, number];
  // of the rows; one further on in clips
  const axis = shape.length - 2;
  const padded = crop === 0 ? bytes : graph.add('Pad', 'augment/pad', [bytes, padsOf(graph, axis, crop)]);
  const random = (count: number, salt: number) =>
    graph.add(
      'StatelessRandomUniformInt',
      'augment/random',
      [graph.ints([batch, 1]), salted(graph, seed, salt), graph.int(0), graph.int(count)],
      { dtype: I32, T: I32, Tseed: I32 },
    );
  const rows = graph.add('AddV2', 'augment/rows', [random(2 * crop + 1, 1), graph.ints(range(height))]);
  let columns = graph.ints(range(width), [1, width]);
  if (flip) {
    // column j of a picture, or width - 1 - j of a flipped one
    const flipped = graph.add('Cast', 'augment/flipped', [random(2, 3)], {
      SrcT: I32,
      DstT: { type: DataType.bool },
    });
    columns = graph.add('SelectV2', 'augment/flip', [
      flipped,
      graph.ints(range(width).reverse(), [1, width]),
      columns,
    ]);
  }
  const shifted = graph.add('AddV2', 'augment/columns', [random(2 * crop + 1, 2), columns]);
  const take = (from: Output, indices: Output, axis: number) =>
    graph.add('GatherV2', 'augment/gather', [from, indices, graph.int(axis)], { batch_dims: { int: 1 } });
  return take(take(padded, rows, axis), shifted, axis + 1);
}

/** int [dims, 2]: zeros before and behind the rows and the columns. */
const padsOf = (graph: TfGraph, axis: number, crop: number): Output =>
  graph.ints([...new Array(2 * axis).fill(0), crop, crop, crop, crop, 0, 0], [axis + 3, 2]);

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const salted = (graph: TfGraph, seed: Output, salt: number) =>
  graph.add('BitwiseXor', 'augment/seed', [seed, graph.ints([salt * 0x01000193, 0])]);

/** Mean and deviation of each channel's bytes over a split; a constant channel is divided by 1. */
export async function measure(split: Split, channels: number): Promise<Normalisation> {
  const counts = Array.from({ length: channels }, () => new Float64Array(256));
  for await (const pictures of picturesOf(split)) {
    for (let i = 0; i < pictures.length; ) for (const c of counts) c[pictures[i++]!]!++;
  }
  const moments = counts.map((c) => {
    const n = c.reduce((a, b) => a + b, 0);
    const mean = c.reduce((s, k, byte) => s + k * byte, 0) / n;
    const variance = c.reduce((s, k, byte) => s + k * (byte - mean) ** 2, 0) / n;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  return { mean: moments.map((m) => m.mean), deviation: moments.map((m) => m.deviation) };
}
