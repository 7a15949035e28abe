import { GraphDocument } from '../../engine/graph/document';
import { findKind } from '../../engine/nodes/catalogue';

type Params = Record<string, unknown>;

/** Writes a document from the input to the output; a node takes what the one before it gives. */
export class NetBuilder {
  readonly #nodes: Record<string, { type: string; v: number; params: Params }> = {};
  readonly #edges: Record<string, unknown> = {};
  #last: string | undefined;

  add(id: string, type: string, params: Params = {}, from = this.#last): this {
    const kind = findKind(type);
    if (!kind || this.#nodes[id]) throw new Error(kind ? `two nodes are called ${id}` : `no kind ${type}`);
    this.#nodes[id] = { type, v: kind.version, params };
    if (from !== undefined) {
      const edge = `e${Object.keys(this.#edges).length + 1}`;
      this.#edges[edge] = { from: { node: from, port: 'out' }, to: { node: id, port: 'x' } };
    }
    this.#last = id;
    return this;
  }

  relu = (id: string): this => this.add(id, 'activation', { function: 'relu' });

  convRelu(id: string, params: Params): this {
    return this.add(id, 'conv2d', params).relu(`${id}-relu`);
  }

  convBnRelu(id: string, params: Params): this {
    return this.add(id, 'conv2d', { ...params, bias: false })
      .add(`${id}-bn`, 'batch-norm')
      .relu(`${id}-relu`);
  }

  document(name: string, rest: Params): GraphDocument {
    const [nodes, edges] = [this.#nodes, this.#edges];
    return GraphDocument.parse({ format: 'convloom', version: 2, name, nodes, edges, ...rest });
  }
}
