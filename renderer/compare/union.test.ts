import { expect, it } from 'vitest';
import { diffGraphs } from '../../engine/analysis/diff';
import { insertNode } from '../../engine/graph/commands/insert';
import { smallNet } from '../app/testing';
import { unionOf } from './union';

it('draws the nodes and wires of both nets once, and tells which net has them', () => {
  const before = smallNet();
  const [edge] = Object.entries(before.edges).find(([, e]) => e.to.node === 'block')!;
  const after = insertNode.run(before, { edge, type: 'batch-norm', v: 1 });
  const { nodes, wires } = unionOf(diffGraphs(before, after));
  expect(nodes).toHaveLength(Object.keys(after.nodes).length);
  const count = (kind: string) => wires.filter((w) => w.kind === kind).length;
  expect([count('added'), count('removed')]).toEqual([2, 1]);
  expect(count('same')).toBe(Object.keys(before.edges).length - 1);
  expect(new Set(nodes.map((n) => `${n.at.x} ${n.at.y}`)).size).toBe(nodes.length);
});
