import { describe, expect, it } from 'vitest';
import { setParam } from '../../engine/graph/commands/nodes';
import { documentOf } from '../../engine/graph/testing';
import { effectOf, isQuiet } from './effect';

const net = documentOf({
  in: ['input', { shape: [8, 8, 3] }],
  a: ['conv2d', { filters: 16, bias: false }, 'in'],
  b: ['conv2d', { filters: 16, bias: false }, 'a'],
  sum: ['add', {}, 'a', 'b'],
  pool: ['global-avg-pool', {}, 'sum'],
  fc: ['dense', { units: 10 }, 'pool'],
  out: ['output', { classes: 10 }, 'fc'],
});
const set = (id: string, param: string, value: unknown) => setParam.run(net, { id, param, value });

describe('the effect of a change', () => {
  it('counts what the node and what the whole net costs more', () => {
    const { output, here, net: whole, faults } = effectOf(net, set('b', 'kernel', 5), ['b']);
    expect(output).toBeUndefined();
    // 16 more places of the kernel, 16 channels in, 16 out; on 64 pixels
    expect(here.params.after - here.params.before).toBe(16 * 16 * 16);
    expect(here.macs.after - here.macs.before).toBe(64 * 16 * 16 * 16);
    expect(whole.macs.after - whole.macs.before).toBe(64 * 16 * 16 * 16);
    expect(whole.memory.after).toBeGreaterThan(whole.memory.before);
    expect(faults).toEqual([]);
  });

  it('tells the new shape, and the faults that come of it further on', () => {
    const { output, faults } = effectOf(net, set('b', 'filters', 32), ['b']);
    expect(output).toEqual({ before: [8, 8, 16], after: [8, 8, 32] });
    expect(faults.map((p) => p.place.node)).toEqual(['sum']);
    const back = effectOf(set('b', 'filters', 32), net, ['b']);
    expect([back.faults, back.mended.length]).toEqual([[], 1]);
  });

  it('is quiet where nothing that is told changes', () => {
    expect(isQuiet(effectOf(net, set('a', 'initial', 'glorot'), ['a']))).toBe(true);
    expect(isQuiet(effectOf(net, set('a', 'filters', 17), ['a']))).toBe(false);
  });

  it('knows the data that the net is to fit', () => {
    const data = { title: 'Digits', shape: [8, 8, 3], classes: 10 };
    const { faults } = effectOf(net, set('in', 'shape', [8, 8, 1]), ['in'], data);
    expect(faults.map((p) => p.code)).toEqual(['data/channels']);
  });
});
