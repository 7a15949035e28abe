import { describe, expect, it } from 'vitest';
import { documentOf } from '../../graph/testing';
import { analyse } from '../analyse';
import { insertNet, trunkOf } from './insert-net';

const net = documentOf({
  in: ['input', { shape: [28, 28, 1] }],
  conv: ['conv2d', { filters: 8 }, 'in'],
  wide: ['conv2d', { filters: 8, kernel: 5 }, 'in'],
  sum: ['add', {}, 'conv', 'wide'],
  side: ['auxiliary-classifier', {}, 'sum'],
  gap: ['global-avg-pool', {}, 'sum'],
  out: ['output', { classes: 8 }, 'gap'],
});
const mine = documentOf({ in: ['input', { shape: [14, 14, 3] }], pool: ['max-pool', {}, 'in'] });
const at = { x: 100, y: 200 };
const args = { net, at, title: 'Small', behind: 'pool' };
const shapeOf = (doc: typeof mine, id: string) => analyse(doc).nodes.get(id)?.output;

describe('putting a net into another', () => {
  it('takes what stands between input and output, without side classifiers', () => {
    expect(trunkOf(net)).toEqual(['conv', 'wide', 'sum', 'gap']);
  });

  it('as nodes wires every one that the input fed behind the chosen node', () => {
    const doc = insertNet.run(mine, { ...args, as: 'nodes' });
    const fed = Object.values(doc.edges).filter((e) => e.from.node === 'pool');
    expect(fed.map((e) => doc.nodes[e.to.node]!.params['kernel'])).toEqual([undefined, 5]);
    expect(shapeOf(doc, 'add-1')).toEqual([7, 7, 8]);
    expect(shapeOf(doc, 'global-avg-pool-1')).toEqual([8]);
  });

  it('as a block computes the same, by one input', () => {
    const doc = insertNet.run(mine, { ...args, as: 'block' });
    expect(Object.keys(doc.nodes)).toEqual(['in', 'pool', 'group-1']);
    expect(doc.nodes['group-1']).toMatchObject({ position: at, params: { title: 'Small', inputs: ['x'] } });
    expect(shapeOf(doc, 'group-1')).toEqual([8]);
  });

  it('keeps the places of the nodes to each other, from the corner on', () => {
    const placed = {
      ...net,
      nodes: Object.fromEntries(
        Object.entries(net.nodes).map(([id, n], i) => [id, { ...n, position: { x: -40, y: 60 * i } }]),
      ),
    };
    const doc = insertNet.run(mine, { net: placed, at, title: '', as: 'nodes' });
    expect(doc.nodes['conv2d-1']!.position).toEqual({ x: 100, y: 200 });
    expect(doc.nodes['conv2d-2']!.position).toEqual({ x: 100, y: 260 });
    expect(Object.values(doc.edges).some((e) => e.from.node === 'pool')).toBe(false);
  });
});
