import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { openDocument, saveDocument } from '../graph/file';
import { documentOf, rowOf, type Spec } from '../graph/testing';
import { analyse } from './analyse';
import { elaborate } from './elaborate';
import { fitDocument } from './fit-command';

const MANY = 30_000;
const list = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** A hang shows as the time limit of the test. */
const timed = <T>(words: string, work: () => T): T => {
  const start = performance.now();
  const result = work();
  console.info(`${words}: ${(performance.now() - start).toFixed(0)} ms`);
  return result;
};
const wired = (
  wires: readonly (readonly [from: string, to: string, port?: string])[],
): GraphDocument['edges'] =>
  Object.fromEntries(
    wires.map(([from, to, port = 'x'], i) => [
      `e${i}`,
      { from: { node: from, port: 'out' }, to: { node: to, port } },
    ]),
  );
const nodesOf = (count: number, type: string): GraphDocument['nodes'] =>
  Object.fromEntries(list(count).map((i) => [`n${i}`, { type, v: 1, params: {} }]));

const resnet1202 = rowOf([
  ['input', { shape: [32, 32, 3] }],
  ['conv2d', { filters: 16, bias: false }],
  ['batch-norm'],
  ['activation'],
  ...[16, 32, 64].flatMap((filters, stage) =>
    list(200).map((i) => ['residual', { filters, stride: stage > 0 && i === 0 ? 2 : 1 }] as const),
  ),
  ['global-avg-pool'],
  ['dense', { units: 10 }],
  ['output'],
]);

describe('a net of 1,202 layers', () => {
  it('is analysed, with the 19.4 million parameters of table 6 (He et al. 2015)', () => {
    const { total, problems } = timed('1,202 layers, first time', () => analyse(resnet1202));
    expect(total.params.trainable / 1e6).toBeCloseTo(19.4, 1);
    expect(problems).toEqual([]);
    timed('1,202 layers, after an edit', () => analyse({ ...resnet1202, edges: { ...resnet1202.edges } }));
  });

  it('is opened and saved', () => {
    const text = saveDocument(resnet1202);
    expect(timed('1,202 layers, opened', () => openDocument(text))).toEqual(resnet1202);
  });
});

describe('a graph made to harm', () => {
  const base = documentOf({ in: ['input', { shape: [8, 8, 1] }], out: ['output', {}, 'in'] });
  const worked = (words: string, nodes: GraphDocument['nodes'], edges: GraphDocument['edges']) =>
    timed(words, () => {
      const doc = { ...base, nodes: { ...base.nodes, ...nodes }, edges: { ...base.edges, ...edges } };
      fitDocument.run(doc, { shape: [8, 8, 3], classes: 3 });
      return analyse(doc);
    });

  it('of a row of 30,000 nodes is worked out', () => {
    const chain = list(MANY).map((i) => [i === 0 ? 'in' : `n${i - 1}`, `n${i}`] as const);
    const { nodes } = worked('row', nodesOf(MANY, 'activation'), wired(chain));
    expect(nodes.get(`n${MANY - 1}`)!.output).toEqual([8, 8, 1]);
  });

  it('of 30,000 nodes at one output is worked out', () => {
    const star = list(MANY).map((i) => ['in', `n${i}`] as const);
    const { problems } = worked('star', nodesOf(MANY, 'activation'), wired(star));
    expect(problems.filter((p) => p.code === 'node/dead-end').length).toBe(MANY);
  });

  it('of 30,000 inputs is told as that many problems', () => {
    const { problems } = worked('inputs', nodesOf(MANY, 'input'), {});
    expect(problems.filter((p) => p.code === 'graph/two-inputs')).toHaveLength(MANY);
  });

  it('of a cycle through 30,000 nodes is told in a few words', () => {
    const circle = list(MANY).map((i) => [`n${i}`, `n${(i + 1) % MANY}`] as const);
    const { problems } = worked('cycle', nodesOf(MANY, 'activation'), wired(circle));
    const found = problems.filter((p) => p.code === 'graph/cycle');
    expect(found).toHaveLength(1);
    expect(found[0]!.what.length).toBeLessThan(200);
  });

  it('of 9,999 wires into one sum is worked out', () => {
    const doc = { many: { type: 'add', v: 1, params: {} } };
    const wires = list(9_999).map((i) => ['in', 'many', `x${i + 1}`] as const);
    const { nodes } = worked('sum', doc, wired(wires));
    expect(nodes.get('many')!.output).toEqual([8, 8, 1]);
  });

  it('of 30,000 wires into a kind that is not known is worked out', () => {
    const wires = list(MANY).map((i) => ['in', 'later', `port${i}`] as const);
    const { problems } = worked('unknown kind', { later: { type: 'later', v: 1, params: {} } }, wired(wires));
    expect(problems.map((p) => p.code)).toContain('node/unknown');
  });

  it('of sizes past all memory is worked out in figures', () => {
    const spec = {
      in: ['input', { shape: [16_384, 16_384, 65_536] }],
      conv: ['conv2d', { filters: 65_536, kernel: 1024 }, 'in'],
      flat: ['flatten', {}, 'conv'],
      dense: ['dense', { units: 65_536 }, 'flat'],
    } satisfies Spec;
    const { total, memory } = analyse(documentOf(spec));
    expect(Number.isFinite(total.macs)).toBe(true);
    expect(memory.total).toBeGreaterThan(1e15);
  });

  it('of every kind with no input and no output tells of both', () => {
    expect(elaborate(documentOf({})).problems.map((p) => p.code)).toEqual([
      'graph/no-input',
      'graph/no-output',
    ]);
  });
});
