import { describe, expect, it } from 'vitest';
import { findKind, nodeKinds } from '../../engine/nodes/catalogue';
import { type Custom, type Place, suggest } from './suggest';

const followers = {
  conv2d: { activation: 40, 'batch-norm': 60, 'max-pool': 10 },
  activation: { conv2d: 70, dense: 5 },
};
const custom: Custom = { followers, recent: [] };
const behindConv: Place = { after: 'conv2d', shape: [28, 28, 16], fed: true };
const nowhere: Place = { after: undefined, shape: undefined, fed: false };
const list = (line: string, place = behindConv, c = custom) =>
  suggest(nodeKinds, findKind, line, place, c, (def) => def.params.parse({}) as Record<string, unknown>);
const types = (...args: Parameters<typeof list>) => list(...args).map((i) => i.id);

describe('kinds that are offered for a place', () => {
  it('come first that fit and usually follow, then those that fit, then the others', () => {
    expect(types('').slice(0, 3)).toEqual(['batch-norm', 'activation', 'max-pool']);
    const items = list('');
    expect(items).toHaveLength(nodeKinds.length);
    const firstDim = items.findIndex((i) => i.dim);
    expect(items.slice(firstDim).every((i) => i.dim)).toBe(true);
    expect(items.find((i) => i.id === 'dense')).toMatchObject({ dim: true, hint: 'does not fit' });
  });

  it('count what was used of late, also where nothing is known of the kind before', () => {
    expect(types('', behindConv, { followers, recent: ['dropout'] }).slice(0, 3)).toEqual([
      ...['batch-norm', 'activation', 'dropout'],
    ]);
    expect(types('', nowhere)[0]).toBe('conv2d');
    expect(types('', { ...behindConv, after: 'my-block' })[0]).toBe('conv2d');
  });

  it('show what would be added, and say what was not understood', () => {
    expect(list('conv 64 3x3 s2')[0]).toMatchObject({
      ...{ id: 'conv2d', title: 'Conv 3×3', hint: '64 filters · stride 2', dim: false },
    });
    expect(list('res 3 64')[0]).toMatchObject({ id: 'residual', title: '3 × residual', hint: 'filters 64' });
    expect(list('pool 2')[0]!.id).toBe('max-pool');
    expect(list('conv 64 quick')[0]!.note).toBe('“quick” says nothing to Conv.');
  });

  it('keep the kind that was named first, though another would fit', () => {
    expect(list('dense 10')[0]).toMatchObject({ id: 'dense', hint: '10 units · does not fit', dim: true });
    const tooLarge = { ...behindConv, shape: [3, 3, 16] };
    expect(list('pool 5', tooLarge)[0]).toMatchObject({ id: 'max-pool', dim: true });
  });
});
