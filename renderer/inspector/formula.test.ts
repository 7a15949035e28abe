import { describe, expect, it } from 'vitest';
import { calculate } from './formula';

describe('a formula', () => {
  it.each([
    ['64*2', 128],
    ['512/4+1', 129],
    ['2^6', 64],
    ['2**3**2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['(3+1)×16', 64],
    ['10 − 2 − 3', 5],
    ['64÷4÷2', 8],
    ['50%*8', 4],
    ['1e-4*10', 0.001],
    ['.5', 0.5],
    ['--3', 3],
  ])('%s is %d', (text, value) => {
    expect(calculate(text)).toEqual({ value: expect.closeTo(value, 12) });
  });

  it.each([
    ['', 'a number is missing'],
    ['64*', "a number is missing behind '*'"],
    ['*2', 'a number is missing'],
    ['(2+3', 'a bracket is not closed'],
    ['2)', 'a bracket is closed that was never opened'],
    ['2 3', "a sign is missing before '3'"],
    ['1/0', 'it divides by zero'],
    ['9^999', 'it grows beyond all numbers'],
    ['(-8)^0.5', 'a root of a negative number is no number'],
    ['alert(1)', "'alert' is no number and none of + - * / ^ % ( )"],
    ['2;3', "';' is no number and none of + - * / ^ % ( )"],
    ['('.repeat(60), 'it is too deep for a formula'],
    ['-'.repeat(190), 'it is too deep for a formula'],
    ['1'.repeat(201), 'it is too long for a formula'],
  ])('%s says what is wrong', (text, fault) => {
    expect(calculate(text)).toEqual({ fault });
  });
});
