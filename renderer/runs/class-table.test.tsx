// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { ClassTable } from './ClassTable';
import { doneEvent } from './testing';

afterEach(cleanup);
const names = () => screen.getAllByRole('rowheader').map((th) => th.textContent);
const show = () =>
  render(
    <ClassTable
      done={doneEvent({
        confusion: [
          [90, 10, 0],
          [1, 99, 0],
          [4, 0, 0],
        ],
        classNames: ['cat', 'dog', 'owl'],
      })}
    />,
  );

it('lists each class with its figures, and the means below', () => {
  show();
  const cells = [...screen.getAllByRole('row')[1]!.querySelectorAll('td')].map((td) => td.textContent);
  expect(cells).toEqual(['94.7 %', '90.0 %', '92.3 %', '100']);
  expect(names()).toEqual(['cat', 'dog', 'owlnever predicted', 'Macro mean', 'Weighted mean']);
  expect(screen.getByText('63.0 %', { selector: 'b' })).toBeTruthy();
});

it('sorts by a column, up and down, and puts the worst classes first on wish', () => {
  show();
  const recall = screen.getByRole('button', { name: 'Recall' });
  fireEvent.click(recall);
  expect(names().slice(0, 2)).toEqual(['dog', 'cat']);
  expect(screen.getByRole('columnheader', { name: /Recall/ }).getAttribute('aria-sort')).toBe('descending');
  fireEvent.click(recall);
  expect(names()[0]).toContain('owl');
  fireEvent.click(screen.getByRole('button', { name: /Class/ }));
  expect(names()[0]).toBe('cat');
  fireEvent.click(screen.getByRole('switch', { name: 'Worst classes first' }));
  expect(names().slice(0, 3)).toEqual(['owlnever predicted', 'cat', 'dog']);
});
