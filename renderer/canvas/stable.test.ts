import { describe, expect, it } from 'vitest';
import { insertNode } from '../../engine/graph/commands/insert';
import { deleteNodes } from '../../engine/graph/commands/nodes';
import type { GraphDocument } from '../../engine/graph/document';
import { documentOf, type Spec } from '../../engine/graph/testing';
import type { Point } from './geometry';
import { arrange } from './layout';

/** Thirty units of two branches in a row: 181 nodes, in several columns. */
function branchy(): GraphDocument {
  const spec: Record<string, Spec[string]> = { in: ['input', { shape: [32, 32, 3] }] };
  let at = 'in';
  for (let i = 0; i < 30; i++) {
    spec[`a${i}`] = ['conv2d', {}, at];
    spec[`l${i}`] = ['conv2d', {}, `a${i}`];
    spec[`m${i}`] = ['batch-norm', {}, `l${i}`];
    spec[`r${i}`] = ['conv2d', {}, `a${i}`];
    spec[`b${i}`] = ['add', {}, `m${i}`, `r${i}`];
    spec[`c${i}`] = ['activation', {}, `b${i}`];
    at = `c${i}`;
  }
  return documentOf(spec);
}

const placed = (doc: GraphDocument, places: ReadonlyMap<string, Point>): GraphDocument => ({
  ...doc,
  nodes: Object.fromEntries(
    Object.entries(doc.nodes).map(([id, n]) => [id, { ...n, position: places.get(id)! }]),
  ),
});
const first = branchy();
const before = placed(first, arrange(first));

/** How far each node that was there moves when the net is arranged anew. */
function moves(next: GraphDocument): readonly number[] {
  const places = arrange(next, true);
  return Object.entries(before.nodes).flatMap(([id, { position }]) => {
    const p = places.get(id);
    return p ? [Math.hypot(p.x - position!.x, p.y - position!.y)] : [];
  });
}
const wireInto = (id: string) => Object.keys(before.edges).find((e) => before.edges[e]!.to.node === id)!;
const share = (all: readonly number[], test: (far: number) => boolean) =>
  all.filter(test).length / all.length;

describe('a net that is kept tidy', () => {
  it('does not move while nothing changes', () => {
    expect(Math.max(...moves(before))).toBe(0);
  });

  it('moves little when a node is put on a wire: what follows in the column, by a row', () => {
    const far = moves(insertNode.run(before, { edge: wireInto('a12'), type: 'dropout' }));
    expect(share(far, (d) => d === 0)).toBeGreaterThan(0.75);
    expect(Math.max(...far)).toBeLessThanOrEqual(120);
  });

  it('moves little when a node goes', () => {
    const far = moves(deleteNodes.run(before, { ids: ['m7'] }));
    expect(share(far, (d) => d === 0)).toBeGreaterThan(0.6);
    expect(share(far, (d) => d <= 120)).toBeGreaterThan(0.9);
  });
});
