import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertNode } from '../graph/commands/insert';
import { deleteNodes, moveNodes, setParam } from '../graph/commands/nodes';
import type { GraphDocument } from '../graph/document';
import { openDocument } from '../graph/file';
import { rowOf } from '../graph/testing';
import { analyse } from './analyse';
import { diffGraphs, isSame } from './diff';

const template = (id: string): GraphDocument =>
  openDocument(readFileSync(new URL(`../../assets/templates/${id}.json`, import.meta.url), 'utf8'));
const net = rowOf([
  ['input', { shape: [16, 16, 3] }],
  ['conv2d', { filters: 8 }],
  ['activation'],
  ['conv2d', { filters: 16 }],
  ['activation'],
  ['global-avg-pool'],
  ['dense', { units: 10 }],
  ['output'],
]);
const idOf = (type: string, nth = 0) => Object.entries(net.nodes).filter(([, n]) => n.type === type)[nth]![0];
const kinds = (a: GraphDocument, b: GraphDocument) =>
  diffGraphs(a, b)
    .nodes.filter((n) => n.kind !== 'same')
    .map((n) => `${n.kind} ${(n.after ?? n.before)!.path}`);

describe('the difference of two nets', () => {
  it('is nothing between a net and itself, wherever its nodes lie', () => {
    const id = idOf('dense');
    const moved = moveNodes.run(net, { moves: [{ id, position: { x: 900, y: 900 } }] });
    expect(isSame(diffGraphs(net, moved))).toBe(true);
    expect(diffGraphs(net, moved).cost).toEqual({ params: 0, macs: 0, activations: 0 });
  });

  it('names the parameter that changed, the shapes that follow, and what it costs', () => {
    const id = idOf('conv2d', 1);
    const wider = setParam.run(net, { id, param: 'filters', value: 32 });
    const { nodes, cost } = diffGraphs(net, wider);
    const [changed] = nodes.filter((n) => n.kind === 'changed');
    expect(changed!.params).toEqual([{ name: 'filters', from: 16, to: 32 }]);
    expect(changed!.shape).toEqual({ from: [16, 16, 16], to: [16, 16, 32] });
    expect(changed!.cost.params).toBe(16 * (9 * 8 + 1));
    expect(cost.params).toBe(16 * (9 * 8 + 1) + 16 * 10);
    expect(kinds(net, wider)).toEqual([`changed ${id}`]);
  });

  it('shows a node that was put in, and the one that now reads it', () => {
    const wire = Object.entries(net.edges).find(([, e]) => e.to.node === idOf('activation'))![0];
    const next = insertNode.run(net, { edge: wire, type: 'batch-norm', v: 1 });
    expect(kinds(net, next)).toEqual(['added batch-norm-1', `rewired ${idOf('activation')}`]);
    expect(kinds(next, net)).toEqual(['removed batch-norm-1', `rewired ${idOf('activation')}`]);
  });

  it('leaves a removed node where it stood', () => {
    const id = idOf('activation');
    const { nodes } = diffGraphs(net, deleteNodes.run(net, { ids: [id] }));
    const order = nodes.map((n) => (n.after ?? n.before)!.path);
    expect(order.indexOf(id)).toBe(order.indexOf(idOf('conv2d')) + 1);
  });

  it('finds the same nodes under other names', () => {
    const renamed = JSON.parse(JSON.stringify(net).replaceAll('"conv2d', '"other')) as GraphDocument;
    const fixed = JSON.parse(JSON.stringify(renamed).replaceAll('"type":"other"', '"type":"conv2d"'));
    expect(isSame(diffGraphs(net, fixed))).toBe(true);
  });

  it('of ResNet-50 and ResNeXt-50 is the blocks, and comes to their parameters', () => {
    const [a, b] = [template('resnet-50'), template('resnext-50-32x4d')];
    const { cost, nodes } = diffGraphs(a, b);
    expect(cost.params).toBe(25_028_904 - 25_557_032);
    expect(nodes.some((n) => n.kind === 'same')).toBe(true);
    expect(diffGraphs(a, b, true).cost).toEqual(cost);
  });

  it('is worked out for nets of 1,000 layers', () => {
    const [a, b] = [template('preact-resnet-164'), template('preact-resnet-1001')];
    const cost = analyse(b).total.params.trainable - analyse(a).total.params.trainable;
    const { nodes, cost: told } = diffGraphs(a, b, true);
    expect(told.params).toBe(cost);
    expect(nodes.filter((n) => n.kind === 'removed')).toEqual([]);
  });

  it('tells any edit of any parameter, and its opposite the other way round', () => {
    const edit = fc.record({
      node: fc.constantFrom(idOf('conv2d'), idOf('conv2d', 1)),
      value: fc.integer({ min: 17, max: 64 }),
    });
    fc.assert(
      fc.property(edit, ({ node, value }) => {
        const next = setParam.run(net, { id: node, param: 'filters', value });
        const [there, back] = [diffGraphs(net, next), diffGraphs(next, net)];
        expect(there.nodes.map((n) => n.kind)).toEqual(back.nodes.map((n) => n.kind));
        expect(there.cost.params).toBe(-back.cost.params);
        const sum = there.nodes.reduce((n, d) => n + d.cost.params, 0);
        expect(sum).toBe(there.cost.params);
      }),
      { numRuns: 40 },
    );
  });
});
