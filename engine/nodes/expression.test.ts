import { expect, it } from 'vitest';
import { evaluate, isExpression } from './expression';

const names = { filters: 3, kernel: [1, 7], zero: 0 };
const code = (text: string): unknown => {
  try {
    return evaluate(text, names);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('counts with the parameters of the block around', () => {
  expect(evaluate('=(filters + 1) * 2', names)).toBe(8);
  expect(evaluate('= filters ^ 2 / 3', names)).toBe(3);
  expect(evaluate('=-filters', names)).toBe(-3);
});
it('hands a name alone on as it is', () => {
  expect(evaluate('= kernel ', names)).toEqual([1, 7]);
});
it('says what is wrong', () => {
  expect(code('=filters *')).toBe('expression/unreadable');
  expect(code('=filters 2')).toBe('expression/unreadable');
  expect(code('=filters; 2')).toBe('expression/unreadable');
  expect(code('=')).toBe('expression/unreadable');
  expect(code('=width')).toBe('expression/name');
  expect(code('=width + 1')).toBe('expression/name');
  expect(code('=toString')).toBe('expression/name');
  expect(code('=kernel + 1')).toBe('expression/number');
  expect(code('=filters / zero')).toBe('expression/number');
});
it('is told from a value by its sign', () => {
  expect([isExpression('=a'), isExpression('a'), isExpression(3)]).toEqual([true, false, false]);
});
