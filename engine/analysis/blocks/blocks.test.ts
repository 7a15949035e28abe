import { describe, expect, it } from 'vitest';
import { NetBuilder } from '../../../scripts/templates/builder';
import { UserError } from '../../errors';
import type { GraphDocument } from '../../graph/document';
import { openDocument, saveDocument } from '../../graph/file';
import { topological } from '../../ir/ir';
import { analyse } from '../analyse';
import { elaborate } from '../elaborate';
import { link } from '../link';
import { dissolveBlock, groupNodes } from './group';
import { editInside, resetBlock } from './inside';
import { deleteBlock, describeBlock, detachBlock, exposeParams, importBlock, makeBlock } from './own';

/** input, conv1, bn, relu, three residual blocks, classifier. */
const net = (): GraphDocument =>
  new NetBuilder([16, 16, 3])
    .convBnRelu('conv1', { filters: 8, kernel: 3 })
    .add('block1', 'residual', { filters: 8 })
    .add('block2', 'residual', { filters: 16, stride: 2 })
    .add('block3', 'residual', { filters: 16 })
    .add('pool', 'global-avg-pool')
    .add('fc', 'dense', { units: 10 })
    .add('output', 'output', { classes: 10 })
    .document({ name: 'small', source: 'Nobody. 2026', note: '' });

/** Names and sizes of all weights in the order of the ops: what a checkpoint is made of. */
function weightsOf(doc: GraphDocument) {
  const { output, paths } = link(elaborate(doc));
  return topological([output]).flatMap((v) =>
    v.op === 'weight' ? [`${paths.get(v)}/${(v.attrs as { name: string }).name} ${v.shape.join('×')}`] : [],
  );
}
const figuresOf = (doc: GraphDocument) => {
  const { total, field, problems } = analyse(doc);
  return { total, field, problems };
};
const inner = (path: string, command: string, args: unknown) => ({ path, command, args });
const setGroups = (doc: GraphDocument, value?: number) =>
  editInside.run(doc, inner('block2', 'node.param', { id: 'conv2', param: 'groups', value }));
function faultOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a block that is changed inside', () => {
  it('becomes a group with the same names, cost and receptive field as long as nothing else changed', () => {
    const labelled = editInside.run(net(), inner('block2', 'node.rename', { id: 'conv2', label: 'second' }));
    expect(labelled.nodes['block2']!.type).toBe('group');
    expect(weightsOf(labelled)).toEqual(weightsOf(net()));
    expect(figuresOf(labelled)).toEqual(figuresOf(net()));
  });

  it('has the new parameter, at the same paths', () => {
    const doc = setGroups(net(), 2);
    const { nodes, problems } = analyse(doc);
    expect(nodes.get('block2/conv2')!.cost.params.trainable).toBe((9 * 16 * 16) / 2);
    expect(weightsOf(doc).map((w) => w.split(' ')[0])).toEqual(weightsOf(net()).map((w) => w.split(' ')[0]));
    expect(problems).toEqual([]);
  });

  it('folds back into the block when the change is taken back, byte for byte', () => {
    const before = net();
    const after = setGroups(setGroups(before, 2));
    expect(after.nodes['block2']).toEqual(before.nodes['block2']);
    expect(saveDocument(after)).toBe(saveDocument(before));
  });

  it('gets its first form back by a reset', () => {
    const doc = resetBlock.run(setGroups(net(), 4), { path: 'block2' });
    expect(doc).toEqual(net());
  });

  it('lives through save and open', () => {
    const doc = setGroups(net(), 4);
    expect(openDocument(saveDocument(doc))).toEqual(doc);
    expect(weightsOf(openDocument(saveDocument(doc)))).toEqual(weightsOf(doc));
  });

  it('takes nodes and wires: an activation between two layers, and away again', () => {
    const before = net();
    const wire = { edge: 'e4', type: 'dropout', v: 1, params: { rate: 0.1 } };
    const doc = editInside.run(before, inner('block1', 'edge.insert', wire));
    expect(elaborate(doc).flat.map((n) => n.path)).toContain('block1/dropout-1');
    expect(elaborate(doc).problems).toEqual([]);
    const without = editInside.run(doc, inner('block1', 'node.delete', { ids: ['dropout-1'] }));
    expect(elaborate(without).problems.map((p) => p.code)).toContain('node/unconnected');
  });

  it('gives the result of what fed its last node when that one is deleted', () => {
    const doc = editInside.run(net(), inner('block1', 'node.delete', { ids: ['relu'] }));
    expect(elaborate(doc).nodes.get('block1')!.result).toEqual({ node: 'add', port: 'out' });
    expect(elaborate(doc).problems).toEqual([]);
  });

  it('is changed however deep it lies', () => {
    const grouped = groupNodes.run(net(), { ids: ['block1', 'block2'], id: 'stage' });
    const doc = editInside.run(
      grouped,
      inner('stage/block2', 'node.param', { id: 'conv1', param: 'kernel', value: 5 }),
    );
    expect(analyse(doc).nodes.get('stage/block2/conv1')!.instance.title).toBe('Conv 5×5');
    const back = editInside.run(
      doc,
      inner('stage/block2', 'node.param', { id: 'conv1', param: 'kernel', value: 3 }),
    );
    expect(back).toEqual(grouped);
  });

  it('leaves the document as it is for what is not there', () => {
    const doc = net();
    expect(editInside.run(doc, inner('nothing', 'node.param', { id: 'a', param: 'b', value: 1 }))).toBe(doc);
    expect(editInside.run(doc, inner('block1', 'no.command', {}))).toBe(doc);
    expect(editInside.run(doc, inner('conv1', 'node.param', { id: 'a', param: 'b', value: 1 }))).toBe(doc);
    expect(resetBlock.run(doc, { path: 'block1' })).toBe(doc);
  });
});

describe('nodes that are grouped', () => {
  it('have one output and an input for each source; the figures stay', () => {
    const doc = groupNodes.run(net(), { ids: ['conv1-bn', 'conv1-relu', 'block1'], title: 'Stem' });
    expect(figuresOf(doc)).toEqual(figuresOf(net()));
    const group = elaborate(doc).nodes.get('group-1')!;
    expect([group.title, group.children.length]).toEqual(['Stem', 3]);
  });

  it('come back in place by dissolving, with the group’s name before their own', () => {
    const doc = dissolveBlock.run(groupNodes.run(net(), { ids: ['block1', 'block2'], id: 'stage' }), {
      path: 'stage',
    });
    expect(Object.keys(doc.nodes)).toContain('stage-block2');
    expect(figuresOf(doc)).toEqual(figuresOf(net()));
  });

  it('may be any block: a residual is dissolved into its layers', () => {
    const doc = dissolveBlock.run(net(), { path: 'block2' });
    expect(doc.nodes['block2-conv1']).toMatchObject({ type: 'conv2d', params: { filters: 16, stride: 2 } });
    expect(figuresOf(doc)).toEqual(figuresOf(net()));
  });

  it('are refused in words when they make no block', () => {
    expect(faultOf(() => groupNodes.run(net(), { ids: [] }))).toBe('group/empty');
    expect(faultOf(() => groupNodes.run(net(), { ids: ['conv1', 'block1'] }))).toBe('group/outputs');
    const open = dissolveBlock.run(net(), { path: 'block1' });
    const ids = ['block1-conv1', 'block1-add'];
    expect(faultOf(() => groupNodes.run(open, { ids }))).toBe('group/outputs');
    const chain = ['conv1', 'conv1-bn', 'block1'];
    expect(faultOf(() => groupNodes.run(net(), { ids: chain }))).toBe('group/outputs');
  });
});

describe('a block of the user’s own', () => {
  const made = () =>
    makeBlock.run(net(), {
      ids: ['block3'],
      title: 'My unit',
      id: 'unit',
      expose: [{ node: 'conv2', param: 'kernel', name: 'kernel', title: 'Kernel' }],
    });

  it('takes the place of what it is made of; names and figures stay', () => {
    expect(made().nodes['block3']).toMatchObject({ type: 'my-unit', params: { kernel: 3 } });
    expect(weightsOf(made())).toEqual(weightsOf(net()));
    expect(figuresOf(made())).toEqual(figuresOf(net()));
  });

  it('has parameters of its own, that reach what is inside', () => {
    const doc = structuredClone(made());
    doc.nodes['block3']!.params = { kernel: 5 };
    expect(analyse(doc).nodes.get('block3/conv2')!.instance.title).toBe('Conv 5×5');
    doc.nodes['block3']!.params = { kernel: 'much' };
    expect(elaborate(doc).problems[0]).toMatchObject({ code: 'node/parameter', place: { node: 'block3' } });
  });

  it('changes at every use when it is changed at one', () => {
    const twice = structuredClone(made());
    twice.nodes['block1'] = { type: 'my-unit', v: 1, params: { kernel: 3 } };
    twice.nodes['block2'] = { type: 'residual', v: 1, params: { filters: 16 } };
    twice.nodes['block1'] = { type: 'residual', v: 1, params: { filters: 16 } };
    twice.nodes['block2'] = { type: 'my-unit', v: 1, params: { kernel: 3 } };
    const doc = editInside.run(
      twice,
      inner('block2', 'node.param', { id: 'conv1', param: 'groups', value: 4 }),
    );
    const titles = ['block2/conv1', 'block3/conv1'].map((p) => analyse(doc).nodes.get(p)!.instance.detail);
    expect(titles).toEqual([expect.stringContaining('4 groups'), expect.stringContaining('4 groups')]);
  });

  it('is made of loose nodes too, and lives through save and open', () => {
    const doc = makeBlock.run(net(), { ids: ['conv1', 'conv1-bn', 'conv1-relu'], title: 'Conv BN ReLU' });
    expect(Object.keys(doc.blocks)).toEqual(['conv-bn-relu-1']);
    expect(figuresOf(doc)).toEqual(figuresOf(net()));
    expect(openDocument(saveDocument(doc))).toEqual(doc);
  });

  it('is detached into a group, described, imported, and deleted when nothing uses it', () => {
    expect(faultOf(() => deleteBlock.run(made(), { id: 'unit' }))).toBe('block/used');
    const free = detachBlock.run(made(), { path: 'block3' });
    expect(free.nodes['block3']!.type).toBe('group');
    expect(weightsOf(free)).toEqual(weightsOf(net()));
    const gone = deleteBlock.run(free, { id: 'unit' });
    expect(gone.blocks).toEqual({});
    const back = importBlock.run(gone, { id: 'unit', block: made().blocks['unit'] });
    expect(back.blocks['unit']).toEqual(made().blocks['unit']);
    expect(describeBlock.run(back, { id: 'unit', title: 'Other' }).blocks['unit']).toMatchObject({
      title: 'Other',
    });
  });

  it('gets more parameters later, with the values that stood there', () => {
    const expose = [{ node: 'conv1', param: 'stride', name: 'stride', title: 'Stride' }];
    const doc = exposeParams.run(made(), { id: 'unit', expose });
    expect(doc.blocks['unit']).toMatchObject({
      params: [{ name: 'kernel' }, { name: 'stride', kind: 'int', default: 1 }],
    });
    expect(figuresOf(doc)).toEqual(figuresOf(net()));
  });

  it('that holds itself is a problem, not the end', () => {
    const doc = structuredClone(made());
    const body = (doc.blocks['unit'] as any).body;
    body.nodes.conv2 = { type: 'my-unit', v: 1, params: {} };
    const { problems } = elaborate(doc);
    expect(problems.map((p) => p.code)).toContain('graph/too-deep');
  });

  it('that is damaged is an unknown kind, and is kept', () => {
    const doc = structuredClone(made());
    doc.blocks['unit'] = { nonsense: true };
    expect(elaborate(doc).problems[0]).toMatchObject({ code: 'node/unknown' });
    expect(openDocument(saveDocument(doc)).blocks['unit']).toEqual({ nonsense: true });
  });
});

describe('repeat', () => {
  const repeated = (params: Record<string, unknown>) =>
    new NetBuilder([16, 16, 8])
      .add('stage', 'repeat', params)
      .add('pool', 'global-avg-pool')
      .add('output', 'output', { classes: 16 })
      .document({ name: 'r', source: 'Nobody. 2026', note: '' });

  it('puts copies in a row, the first with parameters of its own', () => {
    const doc = repeated({ block: 'residual', count: 3, params: { filters: 16 }, first: { stride: 2 } });
    const { nodes, problems } = elaborate(doc);
    expect(problems).toEqual([]);
    const shapes = nodes.get('stage')!.children.map((c) => c.output!.shape.join('×'));
    expect(shapes).toEqual(['8×8×16', '8×8×16', '8×8×16']);
  });

  it('tells a kind that is not there, and stops where copies of copies get too many', () => {
    expect(elaborate(repeated({ block: 'nothing' })).problems.map((p) => p.code)).toContain('node/unknown');
    const many = {
      block: 'repeat',
      count: 1000,
      params: { block: 'repeat', count: 1000, params: { block: 'dropout', count: 1000 } },
    };
    expect(elaborate(repeated(many)).problems.map((p) => p.code)).toContain('graph/too-large');
  });
});
