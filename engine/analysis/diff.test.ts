import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { openDocument } from '../graph/file';
import { documentOf, rowOf, type Spec } from '../graph/testing';
import { diff, diffReport, type GraphDiff, type NodeDiff } from './diff';

const template = (id: string): GraphDocument =>
  openDocument(readFileSync(new URL(`../../assets/templates/${id}.json`, import.meta.url), 'utf8'));

const named = (result: GraphDiff, state: NodeDiff['state']) =>
  result.nodes.filter((n) => n.state === state).map((n) => (n.after ?? n.before)!.path);
const pairs = (result: GraphDiff) =>
  result.nodes.flatMap((n) => (n.before && n.after ? [[n.before.path, n.after.path]] : []));

const net: Spec = {
  in: ['input', { shape: [16, 16, 3] }],
  conv1: ['conv2d', { filters: 8 }, 'in'],
  relu: ['activation', {}, 'conv1'],
  conv2: ['conv2d', { filters: 8 }, 'relu'],
  sum: ['add', {}, 'conv2', 'relu'],
  pool: ['global-avg-pool', {}, 'sum'],
  fc: ['dense', { units: 10 }, 'pool'],
  out: ['output', { classes: 10 }, 'fc'],
};

/** The same net with every id made anew. */
function renamed(doc: GraphDocument, name = (id: string) => `other-${id}`): GraphDocument {
  const end = (e: { node: string; port: string }) => ({ ...e, node: name(e.node) });
  return {
    ...doc,
    nodes: Object.fromEntries(Object.entries(doc.nodes).map(([id, n]) => [name(id), n])),
    edges: Object.fromEntries(
      Object.entries(doc.edges).map(([id, e]) => [id, { from: end(e.from), to: end(e.to) }]),
    ),
  };
}

describe('two documents', () => {
  const a = documentOf(net);

  it('are equal where only places, names and defaults that are written out differ', () => {
    const { conv1 } = a.nodes;
    const moved = { ...conv1!, label: 'first', position: { x: 5, y: 5 }, params: { filters: 8, stride: 1 } };
    const b = { ...a, name: 'other', nodes: { ...a.nodes, conv1: moved } };
    expect(diff(a, b).equal).toBe(true);
  });

  it('differ by a parameter, and by what follows from it', () => {
    const b = documentOf({ ...net, conv2: ['conv2d', { filters: 8, kernel: 5 }, 'relu'] });
    const result = diff(a, b);
    expect(named(result, 'changed')).toEqual(['conv2']);
    const conv2 = result.nodes.find((n) => n.after?.path === 'conv2')!;
    expect(conv2.params).toEqual([{ name: 'kernel', from: 3, to: 5 }]);
    expect(conv2.follows).toBe(false);
    const wider = diff(a, documentOf({ ...net, in: ['input', { shape: [32, 32, 3] }] }));
    expect(wider.nodes.find((n) => n.after?.path === 'conv1')).toMatchObject({
      ...{ state: 'changed', follows: true, params: [] },
      shape: { from: [16, 16, 8], to: [32, 32, 8] },
    });
    expect(wider.total.to.macs).toBeGreaterThan(wider.total.from.macs);
  });

  it('differ by a moved wire, at the node that it leads to', () => {
    const b = documentOf({ ...net, sum: ['add', {}, 'conv2', 'conv1'] });
    const result = diff(a, b);
    expect(named(result, 'changed')).toEqual(['sum']);
    expect(result.nodes.find((n) => n.after?.path === 'sum')!.sources).toEqual([
      { port: 'x2', from: 'relu', to: 'conv1' },
    ]);
    expect(result.wires.filter((w) => w.state !== 'unchanged').map((w) => [w.state, w.from])).toEqual([
      ['removed', 'relu|relu'],
      ['added', 'conv1|conv1'],
    ]);
  });

  it('hold one node of two types as one removed and one added', () => {
    const b = documentOf({ ...net, pool: ['flatten', {}, 'sum'] });
    const result = diff(a, b);
    expect([named(result, 'removed'), named(result, 'added')]).toEqual([['pool'], ['pool']]);
    expect(new Set(result.nodes.map((n) => n.key)).size).toBe(result.nodes.length);
  });

  it('are equal where every node has another name', () => {
    const result = diff(a, renamed(a));
    expect(result.equal).toBe(true);
    expect(pairs(result).every(([x, y]) => y === `other-${x}`)).toBe(true);
  });

  it('are equal where only places inside of a group differ', () => {
    const group = (x: number) => {
      const c = { type: 'conv2d', params: { filters: 4 }, position: { x, y: 0 } };
      const e = { from: { node: '', port: 'x' }, to: { node: 'c', port: 'x' } };
      return rowOf([
        ['input', { shape: [8, 8, 1] }],
        ['group', { body: { nodes: { c }, edges: { e }, output: 'c' } }],
      ]);
    };
    expect(diff(group(0), group(90)).equal).toBe(true);
  });

  it('differ by a block that was changed inside, though its uses have the same parameters', () => {
    const block = (filters: number) => ({
      title: 'Mine',
      body: {
        nodes: { c: { type: 'conv2d', params: { filters } } },
        edges: { e: { from: { node: '', port: 'x' }, to: { node: 'c', port: 'x' } } },
        output: 'c',
      },
    });
    const uses = rowOf([
      ['input', { shape: [8, 8, 1] }],
      ['my-b', {}],
    ]);
    const result = diff({ ...uses, blocks: { b: block(4) } }, { ...uses, blocks: { b: block(6) } });
    expect(result.nodes.map((n) => [n.state, n.inside])).toEqual([
      ['unchanged', false],
      ['changed', true],
    ]);
  });
});

describe('templates', () => {
  it('match along the order of execution where no name is the same', () => {
    const result = diff(template('plain-20'), renamed(template('resnet-20')));
    const of = (type: string) => result.nodes.filter((n) => n.after?.instance.type === type);
    expect(of('input')[0]!.state).toBe('unchanged');
    expect(of('dense')[0]!.before?.instance.type).toBe('dense');
    expect(of('output')[0]!.state).toBe('unchanged');
    for (const [x, y] of pairs(result)) expect([x, y]).not.toContain(undefined);
  });

  it('show a longer net as a shorter one with blocks added', () => {
    const result = diff(template('resnet-20'), renamed(template('resnet-56')));
    expect(named(result, 'removed')).toEqual([]);
    expect(named(result, 'added').length).toBe(18);
  });

  it('are compared layer by layer where blocks are opened', () => {
    const a = template('resnet-20');
    expect(diff(a, a, { flat: true }).equal).toBe(true);
    const id = Object.keys(a.nodes).find((n) => a.nodes[n]!.type === 'residual')!;
    const node = a.nodes[id]!;
    const b = { ...a, nodes: { ...a.nodes, [id]: { ...node, params: { ...node.params, kernel: 5 } } } };
    const changed = diff(a, b, { flat: true }).nodes.filter((n) => n.params.length > 0);
    for (const n of changed) expect(n.after!.path.startsWith(`${id}/`)).toBe(true);
    expect(diff(a, a, { flat: true }).wires.length).toBeGreaterThan(diff(a, a).wires.length);
  });
});

describe('a net of a thousand layers', () => {
  const deep = Array.from({ length: 1200 }, (_, i) => 1 + (i % 7));

  it('is compared with one of its layers edited, and with new names', () => {
    const a = rowWith(deep);
    const result = diff(a, rowWith(deep.map((f, i) => (i === 700 ? 9 : f))));
    expect(result.nodes.filter((n) => n.params.length > 0).map((n) => n.after!.path)).toEqual(['c700']);
    expect(diff(a, renamed(a)).equal).toBe(true);
  });

  it('finds one layer that is missing where every name is new', () => {
    const result = diff(rowWith(deep), renamed(rowWith(deep.filter((_, i) => i !== 700))));
    expect([named(result, 'removed').length, named(result, 'added').length]).toEqual([1, 0]);
    expect(result.nodes.filter((n) => n.params.length > 0)).toEqual([]);
  });
});

/** An edit that leaves its mark on one place of a net in a row. */
type Edit =
  | { readonly sort: 'set'; readonly filters: number }
  | { readonly sort: 'insert' | 'delete' | 'rename' };
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ sort: fc.constant('set' as const), filters: fc.integer({ min: 20, max: 40 }) }),
  fc.record({ sort: fc.constantFrom('insert' as const, 'delete' as const, 'rename' as const) }),
);
const convs = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });
/** Convolutions, some of them edited; between two there is always a batch norm, which is not. */
const edited = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.option(edit, { nil: null })), {
  minLength: 1,
  maxLength: 12,
});

/** Ids by kind and filters in a row. */
type Row = readonly (readonly [id: string, type: string, params: Record<string, unknown>])[];
const wired = (row: Row): GraphDocument =>
  documentOf(
    Object.fromEntries(
      row.map(([id, type, params], i) => [id, [type, params, ...(i > 0 ? [row[i - 1]![0]] : [])] as const]),
    ),
  );
const START: Row = [['in', 'input', { shape: [8, 8, 3] }]];
const rowWith = (filters: readonly number[]): GraphDocument =>
  wired([...START, ...filters.map((f, i) => [`c${i}`, 'conv2d', { filters: f }] as const)]);

const mirrored = (n: NodeDiff) => ({
  ...n,
  key: n.key.split('|').reverse().join('|'),
  state: ({ added: 'removed', removed: 'added' } as Record<string, string>)[n.state] ?? n.state,
  ...{ before: n.after?.path, after: n.before?.path },
  params: n.params.map((p) => ({ ...p, from: p.to, to: p.from })),
  sources: n.sources.map((p) => ({ ...p, from: p.to, to: p.from })),
  shape: n.shape && { from: n.shape.to, to: n.shape.from },
});
const plain = (n: NodeDiff) => ({ ...n, before: n.before?.path, after: n.after?.path });
const sorted = <T extends { key: string }>(rows: readonly T[]) =>
  [...rows].sort((x, y) => (x.key < y.key ? -1 : 1));

describe('every comparison', () => {
  it('of a net with itself is empty, whatever its nodes are called', () => {
    fc.assert(
      fc.property(convs, fc.boolean(), (filters, flat) => {
        const a = rowWith(filters);
        expect(diff(a, a, { flat }).equal).toBe(true);
        expect(diff(a, renamed(a), { flat }).equal).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('says the same the other way round', () => {
    fc.assert(
      fc.property(convs, convs, fc.boolean(), (x, y, names) => {
        const [a, b] = [rowWith(x), names ? renamed(rowWith(y)) : rowWith(y)];
        const [there, back] = [diff(a, b), diff(b, a)];
        expect(sorted(back.nodes.map(plain))).toEqual(sorted(there.nodes.map(mirrored)));
        expect(back.wires.length).toBe(there.wires.length);
        expect(back.total).toEqual({ from: there.total.to, to: there.total.from });
      }),
      { numRuns: 100 },
    );
  });

  it('tells exactly the edits that were made', () => {
    fc.assert(
      fc.property(edited, (steps) => {
        const [a, b]: [[string, string, object][], [string, string, object][]] = [[], []];
        const made: Record<'added' | 'removed' | 'set' | 'renamed', string[]> = {
          ...{ added: [], removed: [], set: [], renamed: [] },
        };
        steps.forEach(([filters, e], i) => {
          const id = `c${i}`;
          a.push([id, 'conv2d', { filters }], [`n${i}`, 'batch-norm', {}]);
          if (e?.sort === 'insert') b.push([`new${i}`, 'dropout', {}]);
          if (e?.sort === 'insert') made.added.push(`new${i}`);
          if (e?.sort === 'delete') made.removed.push(id);
          if (e?.sort === 'set') made.set.push(id);
          if (e?.sort === 'rename') made.renamed.push(`${id}>r${i}`);
          const name = e?.sort === 'rename' ? `r${i}` : id;
          if (e?.sort !== 'delete')
            b.push([name, 'conv2d', { filters: e?.sort === 'set' ? e.filters : filters }]);
          b.push([`n${i}`, 'batch-norm', {}]);
        });
        const result = diff(wired([...START, ...a] as Row), wired([...START, ...b] as Row));
        expect(named(result, 'added')).toEqual(made.added);
        expect(named(result, 'removed')).toEqual(made.removed);
        expect(result.nodes.filter((n) => n.params.length > 0).map((n) => n.after!.path)).toEqual(made.set);
        const others = pairs(result).filter(([x, y]) => x !== y);
        expect(others.map(([x, y]) => `${x}>${y}`)).toEqual(made.renamed);
        const rewired = result.nodes.filter((n) => n.sources.length > 0).length;
        expect(rewired).toBe(made.added.length + made.removed.length);
      }),
      { numRuns: 100 },
    );
  });

  it('is plain data that names each change', () => {
    const report = diffReport(diff(rowWith([4, 4]), rowWith([4, 6])));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.nodes.find((n) => n.state === 'changed')).toMatchObject({
      ...{ before: 'c1', after: 'c1', params: [{ name: 'filters', from: 4, to: 6 }] },
      output: { from: [8, 8, 4], to: [8, 8, 6] },
    });
  });
});
