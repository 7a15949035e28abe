import { describe, expect, it } from 'vitest';
import { rowOf } from '../../graph/testing';
import { adopt, adoptBlocks, closure } from './library';

const block = (title: string, ...types: string[]) => ({
  title,
  body: {
    nodes: Object.fromEntries(types.map((type, i) => [`n${i}`, { type, v: 1, params: {} }])),
    edges: {},
    output: 'n0',
  },
});
const outer = block('Outer', 'my-inner', 'activation');
const inner = block('Inner', 'activation');
const blocks = { outer, inner, other: block('Other', 'batch-norm') };

describe('a block of the library', () => {
  it('is taken with the blocks that it is made of, and no others', () => {
    expect(closure(blocks, 'outer')).toEqual({ outer, inner });
    expect(closure(blocks, 'inner')).toEqual({ inner });
    expect(closure(blocks, 'missing')).toEqual({});
  });

  it('that is there already is not taken again', () => {
    expect(adopt(blocks, { inner })).toEqual({ blocks, ids: new Map([['inner', 'inner']]) });
  });

  it('whose name is taken gets another, in those that use it too', () => {
    const mine = { inner: block('Mine', 'batch-norm') };
    const { blocks: all, ids } = adopt(mine, { outer, inner });
    const name = ids.get('inner')!;
    expect(name).not.toBe('inner');
    expect(all['inner']).toEqual(mine.inner);
    expect(all[name]).toEqual(inner);
    expect(JSON.stringify(all['outer'])).toContain(`"my-${name}"`);
  });

  it('that holds itself comes to an end', () => {
    const round = { a: block('A', 'my-b'), b: block('B', 'my-a') };
    expect(Object.keys(closure(round, 'a')).sort()).toEqual(['a', 'b']);
  });

  it('comes into a document as one step, and into one that has it as none', () => {
    const doc = rowOf([['input'], ['output']]);
    const next = adoptBlocks.run(doc, { blocks: { outer, inner } });
    expect(Object.keys(next.blocks).sort()).toEqual(['inner', 'outer']);
    expect(adoptBlocks.run(next, { blocks: { outer, inner } })).toBe(next);
  });
});
