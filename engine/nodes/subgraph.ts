import type { Inputs } from './define';

/** The node id that stands for the composite itself: an edge from it brings in what the composite takes. */
export const OUTSIDE = '';

export interface End {
  readonly node: string;
  readonly port: string;
}
interface InnerNode {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The user's own name for it. */
  readonly label?: string | undefined;
}

export interface Wire {
  readonly from: End;
  readonly to: End;
}

/** The inside of a composite: nodes by id in execution order, wires between them and from its ports, one result. */
export interface Subgraph {
  readonly nodes: Readonly<Record<string, InnerNode>>;
  readonly edges: readonly Wire[];
  readonly output: End;
}

/**
 * What comes in at the node `id` of a composite's inside, in the order of its ports; null where no wire leads to one.
 *
 * @param ports   of the node
 * @param outside what the composite was given at one of its own ports
 * @param inner   what an earlier node of the inside gives
 */
export function inputsOf<T>(
  wires: readonly Wire[],
  ports: Inputs,
  outside: (port: string) => T,
  inner: (node: string) => T,
): (T | null)[] {
  const given = ({ from }: Wire) => (from.node === OUTSIDE ? outside(from.port) : inner(from.node));
  if ('atLeast' in ports) {
    const sorted = wires.every((w, i) => w.to.port === `x${i + 1}`) ? wires : [...wires].sort(byNumber);
    return sorted.map(given);
  }
  return ports.map((port) => {
    const wire = wires.find((w) => w.to.port === port);
    return wire ? given(wire) : null;
  });
}
const byNumber = (a: Wire, b: Wire): number => Number(a.to.port.slice(1)) - Number(b.to.port.slice(1));

/** The wires of an inside by the node they lead to. */
export function wiresByTarget({ edges }: Pick<Subgraph, 'edges'>): ReadonlyMap<string, readonly Wire[]> {
  const before = sorted.get(edges);
  if (before) return before;
  const into = new Map<string, Wire[]>();
  for (const wire of edges) {
    const wires = into.get(wire.to.node);
    if (wires) wires.push(wire);
    else into.set(wire.to.node, [wire]);
  }
  sorted.set(edges, into);
  return into;
}
/** Insides are made once and looked at by every analysis. */
const sorted = new WeakMap<readonly Wire[], ReadonlyMap<string, readonly Wire[]>>();

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

  /** A node with inputs of other names, or with none. */
  wire(id: string, type: string, params: Record<string, unknown>, from: Readonly<Record<string, End>>): End {
    const edges = Object.entries(from).map(([port, f]) => ({ from: f, to: { node: id, port } }));
    return this.#place(id, type, params, edges);
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
