import { expect, it } from 'vitest';
import { moveNodes, setParam } from '../../engine/graph/commands/nodes';
import { rowOf } from '../../engine/graph/testing';
import { differOnlyInParams } from './calm';

const doc = rowOf([['input', { shape: [8, 8, 3] }], ['conv2d', { filters: 8 }], ['flatten']]);
const [, conv] = Object.keys(doc.nodes) as [string, string];

it('tells an edit of parameters from one of anything else', () => {
  const wider = setParam.run(doc, { id: conv, param: 'filters', value: 16 });
  const moved = moveNodes.run(doc, { moves: [{ id: conv, position: { x: 4, y: 4 } }] });
  expect(differOnlyInParams(doc, doc)).toBe(true);
  expect(differOnlyInParams(doc, wider)).toBe(true);
  expect(differOnlyInParams(wider, doc)).toBe(true);
  expect(differOnlyInParams(doc, moved)).toBe(false);
  const { [conv]: _, ...rest } = doc.nodes;
  expect(differOnlyInParams(doc, { ...doc, nodes: rest })).toBe(false);
  expect(differOnlyInParams({ ...doc, nodes: rest }, doc)).toBe(false);
  expect(differOnlyInParams(doc, { ...wider, name: 'another' })).toBe(false);
  expect(differOnlyInParams(doc, { ...wider, edges: { ...doc.edges } })).toBe(false);
});
