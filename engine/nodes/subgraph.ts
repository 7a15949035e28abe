/** The node id that stands for the composite itself: an edge from it brings in what the composite takes. */
export const OUTSIDE = '';

interface End {
  readonly node: string;
  readonly port: string;
}
interface InnerNode {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The inside of a composite: nodes by id, wires between them and from the composite's ports, one result. */
export interface Subgraph {
  readonly nodes: Readonly<Record<string, InnerNode>>;
  readonly edges: readonly { readonly from: End; readonly to: End }[];
  readonly output: End;
}

/**
 * What comes in at the node `id` of a composite's inside, in the order of its wires.
 *
 * @param outside what the composite was given at one of its own ports
 * @param inner   what an earlier node of the inside gives
 */
export const inputsOf = <T>(
  inside: Subgraph,
  id: string,
  outside: (port: string) => T,
  inner: (node: string) => T,
): T[] =>
  inside.edges
    .filter((e) => e.to.node === id)
    .map(({ from }) => (from.node === OUTSIDE ? outside(from.port) : inner(from.node)));

/**
 * Builds a subgraph from its start to its end; `add` gives back the new node's output for the next one.
 *
 * @example const g = new SubgraphBuilder(); return g.result(g.add('conv', 'conv2d', { filters: 8 }, g.input('x')));
 */
export class SubgraphBuilder {
  readonly #nodes: Record<string, InnerNode> = {};
  readonly #edges: { from: End; to: End }[] = [];

  input(port: string): End {
    return { node: OUTSIDE, port };
  }

  /** A node with one input. */
  add(id: string, type: string, params: Record<string, unknown>, from: End): End {
    return this.#place(id, type, params, [{ from, to: { node: id, port: 'x' } }]);
  }

  /** A node that joins any number of inputs, in their order. */
  join(id: string, type: string, params: Record<string, unknown>, from: readonly End[]): End {
    return this.#place(
      id,
      type,
      params,
      from.map((f, i) => ({ from: f, to: { node: id, port: `x${i + 1}` } })),
    );
  }

  result(output: End): Subgraph {
    return { nodes: this.#nodes, edges: this.#edges, output };
  }

  #place(id: string, type: string, params: Record<string, unknown>, edges: { from: End; to: End }[]): End {
    if (this.#nodes[id]) throw new Error(`two nodes are called ${id}`);
    this.#nodes[id] = { type, params };
    this.#edges.push(...edges);
    return { node: id, port: 'out' };
  }
}
