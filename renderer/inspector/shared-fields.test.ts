import { describe, expect, it } from 'vitest';
import { documentOf } from '../../engine/graph/testing';
import { analysisOf } from '../app/store';
import { editables, sharedFields } from './shared-fields';

const doc = documentOf({
  in: ['input', { shape: [8, 8, 4] }],
  a: ['conv2d', { filters: 8 }, 'in'],
  b: ['separable-conv2d', { filters: 16, kernel: 5 }, 'a'],
  pool: ['max-pool', {}, 'b'],
  r1: ['activation', { function: 'leaky-relu' }, 'pool'],
  r2: ['activation', {}, 'r1'],
});
function shared(...ids: string[]) {
  const { nodes } = analysisOf(doc);
  const all = editables(
    doc,
    ids.map((id) => nodes.get(id)!),
  )!;
  return new Map(sharedFields(doc, all, (p) => nodes.get(p)?.instance.type).map((s) => [s.field.name, s]));
}

describe('the fields that nodes share', () => {
  it('are those of one name and sort, with the presets that all have', () => {
    const fields = shared('a', 'b');
    expect([...fields.keys()]).toEqual(expect.arrayContaining(['filters', 'kernel', 'stride', 'padding']));
    expect(fields.has('groups')).toBe(false);
    expect(fields.get('kernel')!.field.quick).toEqual([3, 5, 7]);
    expect(fields.get('filters')!.values).toEqual([8, 16]);
    expect([...shared('a', 'pool').keys()]).toEqual(['kernel', 'stride', 'padding']);
  });

  it('leave out what has no meaning for one of them', () => {
    expect([...shared('r1', 'r2').keys()]).toEqual(['function']);
  });

  it('take what every kind takes', () => {
    const { field, accepts } = shared('a', 'pool').get('kernel')!;
    expect('max' in field && field.max).toBe(1024);
    expect([accepts(3), accepts([1, 2]), accepts(0)]).toEqual([true, true, false]);
  });
});
