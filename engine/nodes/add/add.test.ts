import { describe, expect, it } from 'vitest';
import type { Shape } from '../../ir/shape';
import { lower } from '../testing';

// What add, multiply and concat have in common: how they join inputs, and what they say when these differ.
const message =
  (type: string, ...shapes: Shape[]) =>
  () =>
    lower(type, {}, ...shapes);

describe.each(['add', 'multiply'])('%s', (type) => {
  it('keeps the shape, of any number of inputs', () => {
    expect(lower(type, {}, [7, 7, 8], [7, 7, 8], [7, 7, 8]).shape).toEqual([7, 7, 8]);
    expect(lower(type, {}, [10], [10]).shape).toEqual([10]);
  });

  it('names both shapes and the filters to set where channels differ', () => {
    expect(message(type, [8, 8, 16], [8, 8, 16], [8, 8, 32])).toThrow(
      /x1 is 8×8×16, but x3 is 8×8×32.*Conv 1×1 of 16 filters on the wire of x3[.]/s,
    );
  });

  it('names the stride and filters that bring the bigger map to the smaller', () => {
    const fix = 'Put a Conv 1×1 of 32 filters with stride 2 on the wire of x1.';
    expect(message(type, [15, 15, 16], [8, 8, 32])).toThrow(fix);
    expect(message(type, [8, 8, 32], [15, 15, 16])).toThrow(fix.replace('x1', 'x2'));
    const mended = lower('conv2d', { kernel: 1, filters: 32, stride: 2 }, [15, 15, 16]);
    expect(lower(type, {}, mended.shape, [8, 8, 32]).shape).toEqual([8, 8, 32]);
  });

  it('names no stride where none fits', () => {
    expect(message(type, [7, 7, 8], [5, 5, 8])).toThrow('so that both are 5×5');
  });

  it('names the units where vectors differ, and the map where only one is a vector', () => {
    expect(message(type, [10], [12])).toThrow('Put a Dense of 10 units on the wire of x2.');
    expect(message(type, [10], [4, 4, 8])).toThrow('on the wire of x2, or connect x1 to a map');
  });
});

describe('concat', () => {
  it('adds up channels in the order of its ports', () => {
    const y = lower('concat', {}, [28, 28, 64], [28, 28, 128], [28, 28, 32], [28, 28, 32]);
    expect(y.shape).toEqual([28, 28, 256]);
    expect(y.inputs.map((v) => v.shape[2])).toEqual([64, 128, 32, 32]);
  });

  it('puts vectors end to end', () => {
    expect(lower('concat', {}, [10], [5]).shape).toEqual([15]);
  });

  it('needs one height and width, and keeps the channels of the map that it asks to shrink', () => {
    expect(message('concat', [28, 28, 64], [14, 14, 32])).toThrow(
      'Put a Conv 1×1 of 64 filters with stride 2 on the wire of x1.',
    );
  });
});
