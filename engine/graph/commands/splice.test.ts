import { expect, it } from 'vitest';
import { documentOf } from '../testing';
import { spliceNode } from './splice';

const doc = documentOf({ a: ['input'], b: ['flatten', {}, 'a'], free: ['dropout'] });

it('puts a node without wires on a wire, and leaves one that has some alone', () => {
  const next = spliceNode.run(doc, { id: 'free', edge: 'a-b-x', port: 'x' });
  expect(Object.values(next.edges).map((e) => `${e.from.node}>${e.to.node}.${e.to.port}`)).toEqual([
    ...['a>free.x', 'free>b.x'],
  ]);
  expect(spliceNode.run(next, { id: 'free', edge: 'a-b-x', port: 'x' })).toBe(next);
  expect(spliceNode.run(doc, { id: 'b', edge: 'a-b-x', port: 'x' })).toBe(doc);
});
