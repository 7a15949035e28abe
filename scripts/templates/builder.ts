import { GraphDocument } from '../../engine/graph/document';
import { findKind } from '../../engine/nodes/catalogue';

export type Params = Record<string, unknown>;

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly from: string;
}
/** Where a net comes from, and what its source prints; exact counts are added from the reference lists. */
export interface Source {
  readonly name: string;
  readonly source: string;
  readonly note: string;
  readonly printed?: readonly Figure[];
  readonly training?: Params;
}
export const printed = (name: string, value: number, from: string): Figure => ({ name, value, from });
/** Top-1 and top-5 error in %. */
export const errors = (top1: number, top5: number | undefined, from: string): Figure[] => [
  printed('top-1 error %', top1, from),
  ...(top5 === undefined ? [] : [printed('top-5 error %', top5, from)]),
];

/** Blocks of one stage above this number stand in a `repeat`, so that the net stays one to look at. */
const MOST_DRAWN = 12;

/** Writes a document from the input to the output; a node takes what the one before it gives. */
export class NetBuilder {
  readonly #nodes: Record<string, { type: string; v: number; params: Params }> = {};
  readonly #edges: Record<string, unknown> = {};
  #last: string | undefined;

  constructor(shape: readonly number[]) {
    this.add('input', 'input', { shape });
  }

  /** The node that was added last. */
  get last(): string {
    return this.#last!;
  }

  add(id: string, type: string, params: Params = {}, from = this.#last): this {
    return this.wire(id, type, params, from === undefined ? {} : { x: from });
  }

  /** A node with inputs of other names. */
  wire(id: string, type: string, params: Params, from: Readonly<Record<string, string>>): this {
    const kind = findKind(type);
    if (!kind || this.#nodes[id]) throw new Error(kind ? `two nodes are called ${id}` : `no kind ${type}`);
    this.#nodes[id] = { type, v: kind.version, params };
    for (const [port, node] of Object.entries(from)) {
      const edge = `e${Object.keys(this.#edges).length + 1}`;
      this.#edges[edge] = { from: { node, port: 'out' }, to: { node: id, port } };
    }
    this.#last = id;
    return this;
  }

  /** What comes next goes on from `id`. */
  from(id: string): this {
    this.#last = id;
    return this;
  }

  relu = (id: string): this => this.add(id, 'activation', { function: 'relu' });

  convRelu(id: string, params: Params): this {
    return this.add(id, 'conv2d', params).relu(`${id}-relu`);
  }

  convBnRelu(id: string, params: Params, norm: Params = {}): this {
    return this.add(id, 'conv2d', { ...params, bias: false })
      .add(`${id}-bn`, 'batch-norm', norm)
      .relu(`${id}-relu`);
  }

  bnRelu(id: string): this {
    return this.add(`${id}-bn`, 'batch-norm').relu(`${id}-relu`);
  }

  /** `count` blocks of one kind, the first with other parameters. */
  stage(id: string, type: string, count: number, params: Params, first: Params = {}): this {
    if (count > MOST_DRAWN) {
      const rule = { block: type, count, params, ...(Object.keys(first).length > 0 && { first }) };
      return this.add(id, 'repeat', rule);
    }
    for (let b = 1; b <= count; b++)
      this.add(`${id}-block${b}`, type, b === 1 ? { ...params, ...first } : params);
    return this;
  }

  /** Mean of each channel, scores and softmax. */
  head(classes: number, dropout = 0): this {
    this.add('pool', 'global-avg-pool');
    if (dropout > 0) this.add('dropout', 'dropout', { rate: dropout });
    return this.add('fc', 'dense', { units: classes }).add('output', 'output', { classes });
  }

  document({ name, source, note, printed: figures = [], training = {} }: Source): GraphDocument {
    const [nodes, edges] = [this.#nodes, this.#edges];
    const reference = { source, note, figures };
    const head = { format: 'convloom', version: 4, name };
    return GraphDocument.parse({ ...head, nodes, edges, training, reference });
  }
}

/** As the papers train on ImageNet, brought to the batch of most machines: the rate of 256 pictures by the share. */
export const imagenet = (rate = 0.1, batch = 32, rest: Params = {}): Params => ({
  epochs: 90,
  batch,
  rate: (rate * batch) / 256,
  schedule: { type: 'step', warmup: 1, every: 30, factor: 0.1 },
  weightDecay: 1e-4,
  ...rest,
});
/** A short run; the papers take 160 to 300 epochs with two or three cuts of the rate. */
export const cifar = (rest: Params = {}): Params => ({
  epochs: 10,
  batch: 128,
  rate: 0.1,
  schedule: { type: 'cosine', warmup: 0.1 },
  weightDecay: 1e-4,
  ...rest,
});
