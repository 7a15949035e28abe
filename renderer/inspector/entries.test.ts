import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf, int, mapShape, padding, pair, real } from '../../engine/nodes/fields';
import { readEntry } from './entries';

const params = z.strictObject({
  filters: int(64, { title: 'Filters' }),
  kernel: pair(3, { title: 'Kernel' }),
  padding: padding('same', { title: 'Padding' }),
  rate: real(0.5, { title: 'Rate', max: 0.99 }),
  factor: real(1, { title: 'Factor', min: -10, max: 10 }),
  shape: mapShape([28, 28, 1], { title: 'Shape' }),
});
type Name = keyof typeof params.shape;
function read(name: Name, text: string, old: unknown, axis?: number) {
  const field = fieldsOf(params).find((f) => f.name === name)!;
  return readEntry(field, text, old, (v) => params.shape[name].safeParse(v).success, axis);
}

describe('an entry', () => {
  it.each<[Name, string, unknown, unknown]>([
    ['filters', '1,024', 5, 1024],
    ['filters', '1 024 * 2', 5, 2048],
    ['filters', '0.1*30', 5, 3],
    ['filters', '*2', 24, 48],
    ['filters', '+16', 24, 40],
    ['filters', '-16', 24, 8],
    ['filters', '/2+1', 24, 13],
    ['filters', '^2', 8, 64],
    ['filters', '-=4', 24, 20],
    ['rate', '0,25', 0.5, 0.25],
    ['rate', '20%', 0.5, 0.2],
    ['rate', '0.1*3', 0.5, 0.3],
    ['factor', '-2', 5, -2],
    ['factor', '-=2', 5, 3],
    ['kernel', '2+1 x 7', 3, [3, 7]],
    ['kernel', '*2', [1, 7], [2, 14]],
    ['kernel', '+2', 3, 5],
    ['kernel', '5', [1, 7], 5],
    ['padding', 'valid', 2, 'valid'],
    ['padding', '1x2', 'same', [1, 2]],
  ])('of %s takes %s', (name, text, old, value) => {
    expect(read(name, text, old)).toEqual({ value });
  });

  it('of a side of a shape is a formula, or the whole shape', () => {
    expect(read('shape', '*2', [28, 28, 1], 1)).toEqual({ value: [28, 56, 1] });
    expect(read('shape', '32x32x3', [28, 28, 1], 0)).toEqual({ value: [32, 32, 3] });
    expect(read('shape', '0', [28, 28, 1], 2)).toEqual({ fault: expect.stringContaining('Takes whole') });
  });

  it.each<[Name, string, unknown, string]>([
    ['filters', '100/3', 5, '100/3 is 33.333. Takes a whole number from 1 to 65,536.'],
    ['filters', '64*2000', 5, '64*2000 is 128,000. Takes a whole number from 1 to 65,536.'],
    ['filters', '64*', 5, "A number is missing behind '*'. Takes a whole number from 1 to 65,536."],
    ['filters', '', 5, 'Takes a whole number from 1 to 65,536.'],
    ['filters', '*2', undefined, "There is no number that '*2' could go on from. Takes a whole"],
    ['kernel', '3×banana', 3, "'banana' is no number"],
    ['padding', '*2', 'same', "There is no number that '*2' could go on from."],
    ['padding', 'valod', 'same', 'Takes same, valid'],
  ])('of %s refuses %j of %j and says why', (name, text, old, fault) => {
    expect(read(name, text, old)).toEqual({ fault: expect.stringContaining(fault) });
  });
});
