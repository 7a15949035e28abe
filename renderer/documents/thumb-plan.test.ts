import { describe, expect, it } from 'vitest';
import { setTraining } from '../../engine/graph/commands/document';
import { deleteNodes, moveNodes, setParam } from '../../engine/graph/commands/nodes';
import { rowOf } from '../../engine/graph/testing';
import { whatChanged } from './step-words';
import { planThumb } from './thumb-plan';

const bare = rowOf([
  ['input'],
  ['conv2d', { filters: 8 }],
  ['flatten'],
  ['dense'],
  ['output'],
  ['unheard-of'],
]);
const doc = moveNodes.run(bare, {
  moves: Object.keys(bare.nodes).map((id, i) => ({ id, position: { x: 0, y: i * 1000 } })),
});

describe('the picture of a step', () => {
  it('has a box for each node and a line for each wire, also of kinds that are not known', () => {
    const { boxes, wires } = planThumb(doc);
    expect([boxes.length, wires.length]).toEqual([6, 5]);
    expect(boxes.map((b) => b.colour).slice(0, 2)).toEqual(['--c-io', '--c-conv']);
    expect(boxes.some((b) => b.fresh)).toBe(false);
  });

  it('shows of a tall net the part that was changed', () => {
    const after = setParam.run(doc, { id: 'n4', param: 'classes', value: 3 });
    const { boxes, view } = planThumb(after, doc);
    expect(boxes.filter((b) => b.fresh).map((b) => b.id)).toEqual(['n4']);
    expect(view.y).toBeGreaterThan(2000);
    expect(view.y + view.height).toBeGreaterThan(4000);
    expect(planThumb(doc).view.y).toBeLessThan(0);
  });

  it('places nodes that have no place yet', () => {
    const { boxes } = planThumb(bare);
    expect(new Set(boxes.map((b) => `${b.x} ${b.y}`)).size).toBe(6);
  });
});

it('says of a step what it changed', () => {
  expect(whatChanged(doc, setParam.run(doc, { id: 'n1', param: 'filters', value: 4 }))).toMatch(/^Conv/);
  expect(whatChanged(doc, deleteNodes.run(doc, { ids: ['n3'] }))).toBe('Dense');
  expect(whatChanged(doc, deleteNodes.run(doc, { ids: ['n3', 'n5'] }))).toBe('2 nodes');
  expect(whatChanged(doc, { ...doc, edges: {} })).toBe('5 wires');
  expect(whatChanged(doc, setTraining.run(doc, { patch: { batch: 3 } }))).toBe('batch');
  expect(whatChanged(doc, { ...doc, name: 'other' })).toBe('other');
});
