import { beforeEach, describe, expect, it } from 'vitest';
import { useEditor } from '../app/store';
import { smallNet } from '../app/testing';
import { addKind } from './add-kind';
import { findKinds } from './kinds';

const editor = () => useEditor.getState();
const nodes = () => editor().history.present.nodes;
const into = (id: string) => Object.values(editor().history.present.edges).filter((e) => e.to.node === id);

beforeEach(() => editor().load(smallNet(), null));

describe('adding a node from the palette', () => {
  it('puts it below the selected node, wired to it and selected, as one step of undo', () => {
    editor().select({ nodes: ['dense'] });
    addKind('activation');
    expect(nodes()['activation-1']!.position).toEqual({ x: 220, y: 400 });
    expect(into('activation-1')).toEqual([
      { from: { node: 'dense', port: 'out' }, to: { node: 'activation-1', port: 'x' } },
    ]);
    expect(editor().selection.nodes).toEqual(['activation-1']);
    editor().undo();
    expect(nodes()).toEqual(smallNet().nodes);
    expect(Object.keys(editor().history.present.edges)).toHaveLength(5);
  });

  it('draws a net from top to bottom, one after the other', () => {
    editor().load({ ...smallNet(), nodes: {}, edges: {} }, null);
    for (const type of ['input', 'conv2d', 'activation']) addKind(type);
    expect(Object.values(nodes()).map((n) => n.position?.y)).toEqual([0, 80, 160]);
    expect(Object.keys(editor().history.present.edges)).toHaveLength(2);
  });

  it('joins all selected nodes by a kind that joins', () => {
    editor().select({ nodes: ['conv', 'block'] });
    addKind('add');
    expect(into('add-1').map((e) => [e.from.node, e.to.port])).toEqual([
      ['conv', 'x1'],
      ['block', 'x2'],
    ]);
  });

  it('draws no wire from an output, nor to an input', () => {
    editor().select({ nodes: ['out'] });
    addKind('conv2d');
    expect(into('conv2d-1')).toEqual([]);
    editor().select({ nodes: ['conv'] });
    addKind('input');
    expect(into('input-1')).toEqual([]);
  });

  it('gives an input the shape of the data', () => {
    editor().setData({ title: 'Data', shape: [32, 32, 3], classes: 7 });
    addKind('input');
    addKind('output');
    expect(nodes()['input-1']!.params).toEqual({ shape: [32, 32, 3] });
    expect(nodes()['output-1']!.params).toEqual({ classes: 7 });
    editor().setData(null);
  });
});

describe('finding a kind', () => {
  const found = (query: string) => findKinds(query).flatMap((g) => g.kinds.map((k) => k.type));

  it('goes by name, and by description only where no name fits', () => {
    expect(found('adaptive')).toEqual(['adaptive-pool']);
    expect(found('max pool')).toEqual(expect.arrayContaining(['max-pool', 'max-pool1d']));
    expect(found('max pool')).not.toContain('avg-pool');
    expect(found('gradients pass the sum')).toEqual(['residual']);
    expect(found('nothing of the kind')).toEqual([]);
  });

  it('shows every kind that there is', async () => {
    const { nodeKinds } = await import('../../engine/nodes/catalogue');
    expect(new Set(found(''))).toEqual(new Set(nodeKinds.map((k) => k.type)));
  });
});
