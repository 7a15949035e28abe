import type { GraphDiff, NodeDiff } from '../../engine/analysis/diff';
import type { GraphDocument } from '../../engine/graph/document';
import type { Point } from '../canvas/geometry';
import { arrange } from '../canvas/layout';

export interface UnionWire {
  readonly from: Point;
  readonly to: Point;
  readonly kind: 'added' | 'removed' | 'same';
  readonly id: string;
}
export interface Union {
  readonly nodes: readonly { readonly id: string; readonly diff: NodeDiff; readonly at: Point }[];
  readonly wires: readonly UnionWire[];
}

/** Both nets as one: nodes that only one of them has among those of both, and every wire of either. */
export function unionOf({ nodes }: GraphDiff): Union {
  const ids = new Map<object, string>();
  nodes.forEach((n, i) => {
    for (const side of [n.before, n.after]) if (side) ids.set(side, `n${i}`);
  });
  const found = new Map<string, { from: string; to: string; before: boolean; after: boolean }>();
  nodes.forEach(({ sources }, i) => {
    for (const side of ['before', 'after'] as const)
      for (const source of sources[side]) {
        const [from, to] = [ids.get(source)!, `n${i}`];
        const key = `${from} ${to}`;
        const wire = found.get(key) ?? { from, to, before: false, after: false };
        found.set(key, { ...wire, [side]: true });
      }
  });
  const wires = [...found];
  const places = arrange(
    graphOf(
      nodes.length,
      wires.map(([, w]) => w),
    ),
  );
  const at = (id: string): Point => places.get(id) ?? { x: 0, y: 0 };
  return {
    nodes: nodes.map((diff, i) => ({ id: `n${i}`, diff, at: at(`n${i}`) })),
    wires: wires.map(([id, { from, to, before, after }]) => ({
      ...{ id, from: at(from), to: at(to) },
      kind: before && after ? 'same' : after ? 'added' : 'removed',
    })),
  };
}

function graphOf(
  count: number,
  wires: readonly { readonly from: string; readonly to: string }[],
): Pick<GraphDocument, 'nodes' | 'edges'> {
  const node = (i: number) => [`n${i}`, { type: 'any', v: 1, params: {} }] as const;
  const edge = ({ from, to }: (typeof wires)[number], i: number) =>
    [`e${i}`, { from: { node: from, port: 'out' }, to: { node: to, port: 'x' } }] as const;
  return {
    nodes: Object.fromEntries(Array.from({ length: count }, (_, i) => node(i))),
    edges: Object.fromEntries(wires.map(edge)),
  };
}
