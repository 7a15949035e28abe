import type { Split } from '../data/describe';
import type { PictureSource } from '../data/stream/source';
import type { Shape } from '../ir/shape';
import type { TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import type { Gathered } from './pictures';

/** A split whose pictures are fed batch by batch, as they are read; the other way is `Pictures`. */
export class FedPictures {
  constructor(
    readonly graph: TfGraph,
    readonly name: string,
    readonly shape: Shape,
    readonly split: Split,
    readonly stream: PictureSource,
  ) {}

  /** @param count pictures in a batch; -1: any number */
  batch(count: number): Gathered {
    const bytes = this.graph.placeholder(`data/${this.name}/fed`, DataType.uint8, [count, ...this.shape]);
    const labels = this.graph.placeholder(`data/${this.name}/fed-labels`, DataType.int32, [count]);
    const feeds = async (indices: Int32Array, next?: Int32Array) => [
      {
        ...{ to: bytes, type: DataType.uint8, dims: [indices.length, ...this.shape] },
        data: await this.stream.batch(indices, next),
      },
      {
        ...{ to: labels, type: DataType.int32, dims: [indices.length] },
        data: indices.map((i) => this.split.labels[i]!),
      },
    ];
    return { bytes, labels, feeds };
  }

  /** Nothing is to be put into memory. */
  load(): { readonly feeds: readonly never[]; readonly targets: readonly never[] } {
    return { feeds: [], targets: [] };
  }
  close(): void {
    this.stream.close();
  }
}
