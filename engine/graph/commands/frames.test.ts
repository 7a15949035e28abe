import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../document';
import { execute, newHistory, undo } from '../history';
import { rowOf } from '../testing';
import { deleteSelection } from './edges';
import { colourFrame, deleteFrame, frameNodes, frameOf, renameFrame, unframeNodes } from './frames';
import { addNode, deleteNodes } from './nodes';

const start = rowOf([['input'], ['conv2d'], ['activation'], ['flatten'], ['dense'], ['output']]);
const framed = (ids: readonly string[], doc: GraphDocument = start) => frameNodes.run(doc, { ids });
const members = (doc: GraphDocument) => Object.values(doc.groups).map((g) => g.nodes.join(' '));

describe('a frame', () => {
  it('stands around the nodes that are there, and around nothing when none is', () => {
    expect(members(framed(['n1', 'n2', 'gone']))).toEqual(['n1 n2']);
    expect(framed(['gone'])).toBe(start);
  });

  it('takes in nodes without a frame that are framed together with its own', () => {
    expect(members(framed(['n2', 'n3'], framed(['n1', 'n2'])))).toEqual(['n1 n2 n3']);
  });

  it('gives nodes up to a new one, and goes when it has none left', () => {
    const two = framed(['n3', 'n4'], framed(['n1', 'n2']));
    const next = framed(['n2', 'n3', 'n4'], two);
    expect(members(next)).toEqual(['n1', 'n2 n3 n4']);
    expect(frameOf(next.groups, 'n2')).toBe('frame-3');
  });

  it('stays as it is when exactly its nodes are framed again', () => {
    const once = framed(['n1', 'n2']);
    expect(framed(['n2', 'n1'], once)).toBe(once);
  });

  it('is renamed, coloured, left and removed without a change to nodes and wires', () => {
    const once = framed(['n1', 'n2']);
    const titled = renameFrame.run(once, { id: 'frame-1', title: 'Stem' });
    const blue = colourFrame.run(titled, { id: 'frame-1', colour: 'blue' });
    expect(blue.groups['frame-1']).toEqual({ title: 'Stem', nodes: ['n1', 'n2'], colour: 'blue' });
    expect(colourFrame.run(blue, { id: 'frame-1', colour: 'blue' })).toBe(blue);
    expect(members(unframeNodes.run(blue, { ids: ['n1'] }))).toEqual(['n2']);
    expect(members(unframeNodes.run(blue, { ids: ['n1', 'n2'] }))).toEqual([]);
    const gone = deleteFrame.run(blue, { id: 'frame-1' });
    expect([gone.groups, gone.nodes === start.nodes, gone.edges === start.edges]).toEqual([{}, true, true]);
  });

  it('forgets nodes that are deleted, so that a new one under the same id stands outside', () => {
    let h = newHistory(framed(['n1', 'n2']));
    h = execute(h, deleteNodes, { ids: ['n1'] });
    h = execute(h, addNode, { id: 'n1', type: 'conv2d', v: 1, params: {}, position: { x: 0, y: 0 } });
    expect(members(h.present)).toEqual(['n2']);
    h = execute(h, deleteSelection, { nodes: ['n2'], edges: [] });
    expect(members(h.present)).toEqual([]);
    expect(members(undo(h).present)).toEqual(['n2']);
  });
});
