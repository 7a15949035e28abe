// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { worstMistakes } from '../../engine/analysis/class-report';
import { ConfusionMatrix } from './ConfusionMatrix';
import { cellStrength, describeCell, moveCell, recall } from './confusion';

const matrix = [
  [90, 0, 10],
  [1, 99, 0],
  [0, 0, 0],
];
const names = ['cat', 'dog', 'owl'];
afterEach(cleanup);

it('paints mistakes beside the worst one and the diagonal by its share', () => {
  const strength = cellStrength(matrix);
  expect(strength[0]![0]).toBe(0.9);
  expect(strength[0]![2]).toBe(1);
  expect(strength[1]![0]).toBeCloseTo(Math.sqrt(0.1), 12);
  expect(strength[2]![2]).toBe(0);
});

it('names the worst mistakes and the recall of every class', () => {
  expect(worstMistakes(matrix, 5)).toEqual([
    { truth: 0, predicted: 2, count: 10 },
    { truth: 1, predicted: 0, count: 1 },
  ]);
  expect(recall(matrix)).toEqual([0.9, 0.99, null]);
  expect(describeCell(matrix, names, { truth: 1, predicted: 0 })).toBe('true dog, predicted cat: 1 picture');
});

it('stays inside the matrix', () => {
  expect(moveCell({ truth: 0, predicted: 0 }, 'ArrowUp', 3)).toEqual({ truth: 0, predicted: 0 });
  expect(moveCell({ truth: 0, predicted: 0 }, 'End', 3)).toEqual({ truth: 0, predicted: 2 });
  expect(moveCell({ truth: 0, predicted: 0 }, 'a', 3)).toBeUndefined();
});

it('tells the cell that the keyboard is at, and offers a table', () => {
  render(<ConfusionMatrix matrix={matrix} names={names} />);
  expect(screen.getByText('Worst: true cat, predicted owl: 10 pictures')).toBeTruthy();
  const map = screen.getByRole('img');
  fireEvent.keyDown(map, { key: 'ArrowRight' });
  expect(screen.getByText('true cat, predicted cat: 90 pictures')).toBeTruthy();
  fireEvent.keyDown(map, { key: 'ArrowDown' });
  expect(screen.getByText('true dog, predicted cat: 1 picture')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
  expect(screen.getByRole('rowheader', { name: 'owl' })).toBeTruthy();
});
