import { describe, expect, it } from 'vitest';
import { diff } from '../../engine/analysis/diff';
import { documentOf, rowOf, type Spec } from '../../engine/graph/testing';
import { changeLines, costText, signed } from './change-text';
import { unionFlow } from './union-flow';

const net: Spec = {
  in: ['input', { shape: [8, 8, 3] }],
  conv: ['conv2d', { filters: 4 }, 'in'],
  relu: ['activation', {}, 'conv'],
  pool: ['global-avg-pool', {}, 'relu'],
  fc: ['dense', { units: 10 }, 'pool'],
  out: ['output', { classes: 10 }, 'fc'],
};
const { relu: _, ...rest } = net;
const other: Spec = {
  ...rest,
  conv: ['conv2d', { filters: 8 }, 'in'],
  drop: ['dropout', {}, 'conv'],
  pool: ['global-avg-pool', {}, 'drop'],
};
const result = diff(documentOf(net), documentOf(other));

describe('the union of two nets', () => {
  const flow = unionFlow(result);
  const node = (path: string) => flow.nodes.find((n) => n.id.split('|').includes(path))!;

  it('has each node once, with its state', () => {
    expect(flow.nodes).toHaveLength(7);
    expect(['drop', 'relu', 'conv', 'in'].map((p) => node(p).data.state)).toEqual([
      ...['added', 'removed', 'changed', 'unchanged'],
    ]);
    expect(node('fc').data).toMatchObject({ state: 'changed', follows: true });
  });

  it('has the wires of both, those of one net with its sign', () => {
    const marked = flow.wires.filter((w) => w.data!.state !== 'unchanged');
    expect(marked.map((w) => w.data!.state).sort()).toEqual(['added', 'added', 'removed', 'removed']);
    for (const w of flow.wires) {
      const target = flow.nodes.find((n) => n.id === w.target)!;
      expect(target.data.ports).toContain(w.targetHandle);
    }
  });

  it('has no two nodes at one place', () => {
    const places = flow.nodes.map((n) => `${n.position.x} ${n.position.y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('says of a changed node what was and what is', () => {
    expect(node('conv').data).toMatchObject({ detail: 'filters 4 → 8', shape: '8×8×8' });
    expect(node('pool').data.detail).toBe('input x relu → drop');
    expect(node('conv').ariaLabel).toContain('changed');
    const conv = result.nodes.find((n) => n.after?.path === 'conv')!;
    expect(changeLines(conv)).toEqual(['filters 4 → 8', 'output 8×8×4 → 8×8×8']);
    expect(costText(conv)).toBe('+112 params, +6.91 k MACs');
    expect([signed(3), signed(-3), signed(0)]).toEqual(['+3', '−3', '0']);
  });

  it('has places of their own for a thousand nodes', () => {
    const deep = (filters: number) =>
      rowOf([
        ['input', { shape: [8, 8, 3] }],
        ...Array.from({ length: 1000 }, (_, i) => ['conv2d', { filters: i === 500 ? filters : 4 }] as const),
      ]);
    const { nodes } = unionFlow(diff(deep(4), deep(6)));
    expect(nodes).toHaveLength(1001);
    expect(new Set(nodes.map((n) => `${n.position.x} ${n.position.y}`)).size).toBe(1001);
  });
});
