// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { fieldsOf, int, mapShape, padding, pair, real, toggle } from '../../engine/nodes/fields';
import { FieldRow } from './FieldRow';

const params = z.strictObject({
  filters: int(64, { title: 'Filters', quick: [16, 32, 64, 128] }),
  kernel: pair(3, { title: 'Kernel', quick: [1, 3, 5] }),
  dilation: pair(1, { title: 'Dilation', max: 64 }),
  padding: padding('same', { title: 'Padding' }),
  rate: real(0.5, { title: 'Rate', max: 0.99 }),
  shape: mapShape([28, 28, 1], { title: 'Shape' }),
  bias: toggle(true, { title: 'Bias' }),
});
type Name = keyof typeof params.shape;

const onSet = vi.fn<(value: unknown, gesture: string) => void>();

function Row({ name, start }: { name: Name; start: unknown }) {
  const [value, setValue] = useState(start);
  return (
    <FieldRow
      field={fieldsOf(params).find((f) => f.name === name)!}
      value={value}
      accepts={(v) => params.shape[name].safeParse(v).success}
      onSet={(v, gesture) => {
        onSet(v, gesture);
        setValue(v);
      }}
    />
  );
}
const show = (name: Name, start: unknown) => render(<Row name={name} start={start} />);
const type = (label: string, text: string) => {
  const input = screen.getByRole<HTMLInputElement>('textbox', { name: label });
  fireEvent.change(input, { target: { value: text } });
  fireEvent.keyDown(input, { key: 'Enter' });
  return input;
};
const values = () => onSet.mock.calls.map(([value]) => value);

beforeEach(() => onSet.mockClear());
afterEach(cleanup);

describe('a pair', () => {
  it('is set by one click on a quick value', () => {
    show('kernel', 3);
    fireEvent.click(screen.getByRole('radio', { name: '5' }));
    expect(values()).toEqual([5]);
    expect(screen.getByRole('radio', { name: '5' }).getAttribute('aria-checked')).toBe('true');
  });

  it.each([
    ['1x7', [1, 7]],
    ['1×7', [1, 7]],
    ['7, 1', [7, 1]],
    ['4 x 4', 4],
    ['9', 9],
  ])('takes %s', (text, value) => {
    show('kernel', 3);
    fireEvent.click(screen.getByRole('radio', { name: 'Other kernel' }));
    type('Kernel', text);
    expect(values()).toEqual([value]);
  });

  it('shows a value that is no quick one as its last segment', () => {
    show('kernel', [1, 7]);
    const last = screen.getByRole('radio', { name: 'Kernel 1×7, change' });
    expect(last.textContent).toBe('1×7');
    expect(last.getAttribute('aria-checked')).toBe('true');
  });

  it('keeps the last good value when an entry is wrong, and says what it takes', () => {
    show('kernel', 3);
    fireEvent.click(screen.getByRole('radio', { name: 'Other kernel' }));
    const input = type('Kernel', '3×banana');
    expect(screen.getByRole('alert').textContent).toContain('height×width');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(values()).toEqual([]);
    fireEvent.keyDown(input, { key: 'Escape' });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('radio', { name: '3' }).getAttribute('aria-checked')).toBe('true');
  });

  it('moves both sides by the arrow keys', () => {
    show('dilation', [1, 2]);
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Dilation' }), { key: 'ArrowUp' });
    expect(values()).toEqual([[2, 3]]);
  });
});

describe('a stepper', () => {
  it('goes by one, by ten with Shift, and not out of its range', () => {
    show('filters', 5);
    const input = screen.getByRole('textbox', { name: 'Filters' });
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    fireEvent.keyDown(input, { key: 'ArrowUp', shiftKey: true });
    fireEvent.keyDown(input, { key: 'ArrowDown', shiftKey: true });
    fireEvent.keyDown(input, { key: 'ArrowDown', shiftKey: true });
    expect(values()).toEqual([6, 16, 6, 1]);
  });

  it('joins the arrow keys of one visit into one step of undo, and no typed values', () => {
    show('filters', 5);
    const input = screen.getByRole('textbox', { name: 'Filters' });
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    type('Filters', '40');
    type('Filters', '41');
    const gestures = onSet.mock.calls.map(([, gesture]) => gesture);
    expect(gestures[0]).toBe(gestures[1]);
    expect(new Set(gestures).size).toBe(3);
  });

  it('steps on from what was just typed', () => {
    show('filters', 5);
    const input = screen.getByRole('textbox', { name: 'Filters' });
    fireEvent.change(input, { target: { value: '32' } });
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    expect(values()).toEqual([32, 33]);
  });

  it('takes a quick value below it', () => {
    show('filters', 5);
    fireEvent.click(screen.getByRole('button', { name: 'Filters 128' }));
    expect(values()).toEqual([128]);
  });

  it.each(['0', '1.5', 'many', '', '70000'])('refuses %j', (text) => {
    show('filters', 5);
    const input = type('Filters', text);
    expect(values()).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('Takes a whole number from 1 to 65,536.');
    expect(input.value).toBe(text);
  });

  it('steps a real number by its second digit', () => {
    show('rate', 0.5);
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Rate' }), { key: 'ArrowUp' });
    expect(values()).toEqual([0.51]);
  });

  it('counts a drag on the name, and takes it at its end', () => {
    show('filters', 5);
    const name = screen.getByText('Filters');
    name.setPointerCapture = () => {};
    const send = (type: string, clientX: number) =>
      fireEvent(name, new MouseEvent(type, { bubbles: true, button: 0, clientX }));
    send('pointerdown', 100);
    send('pointermove', 109);
    send('pointermove', 113);
    send('pointerup', 113);
    send('pointermove', 153);
    expect(values()).toEqual([8]);
  });

  it('gives a drag on the name up by Escape', () => {
    show('filters', 5);
    const name = screen.getByText('Filters');
    name.setPointerCapture = () => {};
    const send = (type: string, clientX: number) =>
      fireEvent(name, new MouseEvent(type, { bubbles: true, button: 0, clientX }));
    send('pointerdown', 100);
    send('pointermove', 140);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Filters' }).value).toBe('15');
    fireEvent.keyDown(window, { key: 'Escape' });
    send('pointerup', 140);
    expect(values()).toEqual([]);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Filters' }).value).toBe('5');
  });
});

describe('other fields', () => {
  it('take words and pixels for padding', () => {
    show('padding', 'same');
    fireEvent.click(screen.getByRole('radio', { name: 'valid' }));
    fireEvent.click(screen.getByRole('radio', { name: 'Other padding' }));
    type('Padding', '1×2');
    expect(values()).toEqual(['valid', [1, 2]]);
  });

  it('change one side of a shape', () => {
    show('shape', [28, 28, 1]);
    type('Channels', '3');
    expect(values()).toEqual([[28, 28, 3]]);
  });

  it('switch a toggle', () => {
    show('bias', true);
    fireEvent.click(screen.getByRole('switch', { name: 'Bias' }));
    expect(values()).toEqual([false]);
  });

  it('show that several nodes differ', () => {
    show('filters', undefined);
    expect(screen.getByRole('textbox', { name: 'Filters' }).getAttribute('placeholder')).toBe('mixed');
  });
});
