import { asPair, type PaddingParam, type PairParam } from './fields';
import { type End, SubgraphBuilder } from './subgraph';

export interface ConvParams {
  readonly filters: number;
  readonly kernel?: PairParam;
  readonly stride?: number;
  readonly padding?: PaddingParam;
  readonly dilation?: number;
  readonly groups?: number;
  readonly bias?: boolean;
}
type Norm = { readonly epsilon?: number; readonly momentum?: number };

/** Builds the inside of a block out of convolutions with batch norm and an activation; all its norms are alike. */
export class LayerBuilder extends SubgraphBuilder {
  readonly #norm: Norm;

  constructor({ epsilon, momentum }: Norm = {}) {
    super();
    this.#norm = { ...(epsilon !== undefined && { epsilon }), ...(momentum !== undefined && { momentum }) };
  }

  /** Without a bias, and padded so that stride 1 keeps the sides, unless told otherwise. */
  conv(id: string, params: ConvParams, from: End): End {
    const { kernel = 3, dilation = 1 } = params;
    const [h, w] = asPair(kernel).map((k) => (dilation * (k - 1)) / 2) as [number, number];
    const padding = h === w ? h : [h, w];
    return this.add(id, 'conv2d', { bias: false, kernel, padding, ...params }, from);
  }

  norm(id: string, from: End, params: Record<string, unknown> = {}): End {
    return this.add(id, 'batch-norm', { ...this.#norm, ...params }, from);
  }

  act(id: string, from: End, name = 'relu'): End {
    return this.add(id, 'activation', { function: name }, from);
  }

  /** A convolution, its batch norm and its activation: `id`, `id-bn`, `id-relu`. */
  convNormAct(id: string, params: ConvParams, from: End, name = 'relu'): End {
    const y = this.norm(`${id}-bn`, this.conv(id, params, from));
    return name === 'linear' ? y : this.act(`${id}-relu`, y, name);
  }
}
