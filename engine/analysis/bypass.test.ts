import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { openDocument } from '../graph/file';
import { documentOf, rowOf } from '../graph/testing';
import { isOp, topological } from '../ir/ir';
import { analyse } from './analyse';
import { groupNodes } from './blocks/group';
import { elaborate } from './elaborate';
import { link } from './link';
import { bypassNodes, dissolveNodes } from './rewire';

/** All that is compiled: ops in order with their attributes, shapes and inputs, and weights by their names. */
function lowered(doc: GraphDocument) {
  const { input, output, auxiliaries, paths } = link(elaborate(doc));
  const values = topological([output, ...auxiliaries.map((a) => a.output)]);
  const index = new Map(values.map((v, i) => [v, i]));
  const ops = values.map((v) => [
    v.op,
    v.attrs,
    v.shape,
    v.inputs.map((i) => index.get(i)),
    paths.get(v),
    isOp(v, 'weight') && `${paths.get(v)}/${v.attrs.name}`,
  ]);
  return { ops, input: index.get(input), weights: ops.map((o) => o[5]).filter(Boolean) };
}

const template = (name: string): GraphDocument =>
  openDocument(readFileSync(new URL(`../../assets/templates/${name}.json`, import.meta.url), 'utf8'));
const dropouts = Object.entries(template('vgg-a').nodes).flatMap(([id, n]) =>
  /drop/.test(n.type) ? [id] : [],
);
const bypass = (doc: GraphDocument, ...ids: string[]) => bypassNodes.run(doc, { ids, on: false });
const dissolve = (doc: GraphDocument, ...ids: string[]) => dissolveNodes.run(doc, { ids });

const twoPaths = documentOf({
  in: ['input', { shape: [8, 8, 3] }],
  conv: ['conv2d', { filters: 4 }, 'in'],
  bn: ['batch-norm', {}, 'conv'],
  relu: ['activation', {}, 'bn'],
  side: ['conv2d', { filters: 4 }, 'conv'],
  sum: ['add', {}, 'relu', 'side'],
  pool: ['global-avg-pool', {}, 'sum'],
  dense: ['dense', { units: 10 }, 'pool'],
  out: ['output', {}, 'dense'],
});

describe('a net with bypassed nodes', () => {
  it.each([
    ['one layer', twoPaths, ['bn']],
    ['a row of layers', twoPaths, ['bn', 'relu']],
    ['a merge, by its first input', twoPaths, ['sum']],
    ['a layer and what it feeds', twoPaths, ['relu', 'sum']],
    ['a block', template('resnet-20'), ['stage1-block2']],
    ['every dropout', template('vgg-a'), dropouts],
  ] as const)('is compiled as the one where they are taken out: %s', (_, doc, ids) => {
    expect(ids.length).toBeGreaterThan(0);
    const [skipped, gone] = [bypass(doc, ...ids), dissolve(doc, ...ids)];
    expect(Object.keys(skipped.nodes)).toEqual(Object.keys(doc.nodes));
    expect(lowered(skipped)).toEqual(lowered(gone));
    const { nodes: _nodes, elaboration, ...sums } = analyse(skipped);
    const { nodes: _other, elaboration: without, ...expected } = analyse(gone);
    expect(sums).toEqual(expected);
    expect(elaboration.flat.map((n) => n.path)).toEqual(without.flat.map((n) => n.path));
  });

  it('shows each of them with its name and what it lets through, and without cost', () => {
    const { nodes, elaboration } = analyse(bypass(twoPaths, 'conv', 'bn'));
    expect([...elaboration.bypassed.keys()]).toEqual(['conv', 'bn']);
    expect(nodes.get('bn')).toMatchObject({ output: [8, 8, 3], share: 0, cost: { macs: 0 } });
    expect(nodes.get('conv')!.instance.title).toBe('Conv 3×3');
    expect(elaboration.nodes.has('bn')).toBe(false);
  });

  it('has the problems of the graph without them', () => {
    const doc = rowOf([['input'], ['flatten'], ['conv2d'], ['flatten'], ['dense'], ['output']]);
    expect(elaborate(doc).problems.map((p) => p.place.node)).toContain('n2');
    expect(elaborate(bypass(doc, 'n2')).problems).toEqual([]);
    const bare = { ...doc, nodes: { ...doc.nodes, later: { type: 'not-known', v: 1, params: {} } } };
    expect(elaborate(bypass(bare, 'n2', 'later')).problems).toEqual([]);
  });

  it('is the net as before once they are switched on', () => {
    const back = bypassNodes.run(bypass(twoPaths, 'bn'), { ids: ['bn'], on: true });
    expect(back).toEqual(twoPaths);
    expect(bypassNodes.run(twoPaths, { ids: ['bn'], on: true })).toBe(twoPaths);
  });

  it('has its ends: they are refused, and take part where a file says otherwise', () => {
    expect(() => bypass(twoPaths, 'in', 'out')).toThrow(/no way past/);
    expect(bypass(twoPaths, 'in', 'bn').nodes['in']!.bypassed).toBeUndefined();
    const marked = (id: string) => ({ ...twoPaths.nodes[id]!, bypassed: true as const });
    const file = { ...twoPaths, nodes: { ...twoPaths.nodes, in: marked('in') } };
    expect(lowered(file)).toEqual(lowered(twoPaths));
    const [problem] = elaborate(file).problems;
    expect(problem).toMatchObject({ code: 'node/bypassed-end', severity: 'warning', place: { node: 'in' } });
    const { args } = problem!.repairs[0]!;
    expect(bypassNodes.run(file, args as { ids: string[]; on: boolean })).toEqual(twoPaths);
  });

  it('is not grouped by halves: in a block every node takes part', () => {
    expect(() => groupNodes.run(bypass(twoPaths, 'bn'), { ids: ['bn', 'relu'] })).toThrow(/bypassed/);
  });
});
