import { describe, expect, it } from 'vitest';
import { findKind, nodeKinds } from './catalogue';
import { readLine, typedNode } from './shorthand';

const read = (type: string, line: string) => readLine(findKind(type)!, line);
const params = (type: string, line: string) => read(type, line)?.params;
const unread = (type: string, line: string) => read(type, line)?.unread.map((u) => u.word);

describe('a node typed in one line', () => {
  it('has its parameters by bare numbers, sides, letters and names, in any order', () => {
    expect(params('conv2d', 'conv 64 3x3 s2')).toEqual({ filters: 64, kernel: 3, stride: 2 });
    expect(params('conv2d', 'conv s2 1x7 32')).toEqual({ filters: 32, kernel: [1, 7], stride: 2 });
    expect(params('conv2d', 'conv k5 p2 d2 g4')).toEqual({ kernel: 5, padding: 2, dilation: 2, groups: 4 });
    expect(params('conv2d', 'conv filters=8 stride 2 valid no-bias')).toEqual({
      ...{ filters: 8, stride: 2, padding: 'valid', bias: false },
    });
    expect(params('max-pool', 'pool 2')).toEqual({ kernel: 2 });
    expect(params('dense', 'dense 10')).toEqual({ units: 10 });
    expect(params('dropout', 'dropout .5')).toEqual({ rate: 0.5 });
    expect(params('dropout', 'drop 20%')).toEqual({ rate: 0.2 });
    expect(params('input', 'input 32x32x3')).toEqual({ shape: [32, 32, 3] });
    expect(params('input', 'input 32 32 3')).toEqual({ shape: [32, 32, 3] });
  });

  it('is named by a choice where the kind says so', () => {
    expect(params('activation', 'gelu')).toEqual({ function: 'gelu' });
    expect(params('activation', 'leaky 0.2')).toEqual({ function: 'leaky-relu', slope: 0.2 });
    expect(read('dense', 'gelu')).toBeUndefined();
  });

  it('counts copies of a block, and keeps the stride with the first', () => {
    const residual = findKind('residual')!;
    expect(typedNode(residual, read('residual', 'res 3 64')!)).toEqual({
      type: 'repeat',
      params: { block: 'residual', count: 3, params: { filters: 64 }, first: {} },
    });
    const halving = typedNode(residual, read('residual', 'residual 128 s2 x4')!);
    expect(halving.params).toMatchObject({ count: 4, params: { filters: 128 }, first: { stride: 2 } });
    expect(typedNode(residual, read('residual', 'res 64')!)).toEqual({
      ...{ type: 'residual', params: { filters: 64 } },
    });
    expect(unread('conv2d', 'conv x3')).toEqual(['x3']);
  });

  it('takes with a setting the choice without which it has no meaning', () => {
    expect(params('residual', 'res 256 g32')).toMatchObject({ groups: 32, form: 'bottleneck' });
    const pad = findKind('conv1d')!.params.parse(params('conv1d', 'conv 1d 8 p2')) as Record<string, unknown>;
    expect([pad['pad'], pad['padding']]).toEqual([2, 'pixels']);
  });

  it('tells every word that it does not understand, and why', () => {
    expect(read('conv2d', 'conv 64 fast s0')?.unread).toEqual([
      { word: 'fast', why: 'says nothing to Conv' },
      { word: 's0', why: expect.stringContaining('Stride takes 1 to 1,024') },
    ]);
    expect(unread('dense', 'dense 10 20 30')).toEqual(['20', '30']);
    expect(unread('dropout', 'dropout 5')).toEqual(['5']);
  });

  it('ranks a name before a word of it, and that before its beginning', () => {
    const rank = (type: string, line: string) => read(type, line)?.rank;
    expect([rank('conv2d', 'conv 64'), rank('conv1d', 'conv 64'), rank('conv2d', 'con')]).toEqual([0, 1, 2]);
    expect([rank('residual', 'res 3 64'), rank('resnext', 'res 3 64')]).toEqual([0, 2]);
    expect(rank('max-pool', 'dense')).toBeUndefined();
  });

  it('gives of every kind parameters that its schema takes, by its title alone and with numbers', () => {
    for (const def of nodeKinds) {
      for (const line of [def.title, `${def.title} 2`, `${def.title} 4 3 2 1`]) {
        const typed = readLine(def, line);
        expect(typed, line).toBeDefined();
        expect(def.params.safeParse(typed!.params).success, line).toBe(true);
      }
    }
  });
});
