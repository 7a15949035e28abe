// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { focusNode, onFocusNode } from '../app/focus';
import { useEditor } from '../app/store';
import { smallNet } from '../app/testing';
import { ProblemsList } from './ProblemsList';

const editor = () => useEditor.getState();
afterEach(() => {
  cleanup();
  editor().setData(null);
});

describe('the list of problems', () => {
  it('says so when there are none', () => {
    editor().load(smallNet(), null);
    render(<ProblemsList />);
    expect(screen.getByText('No problems.')).toBeDefined();
  });

  it('tells what, why and what to do, and mends by a click', () => {
    editor().load(smallNet({ filters: 0 }), null);
    render(<ProblemsList />);
    const row = screen.getAllByRole('listitem')[0]!;
    expect(row.textContent).toContain('Error');
    expect(row.textContent).toContain('filters does not hold a value that works');
    fireEvent.click(screen.getByRole('button', { name: 'Set filters to 64' }));
    expect(editor().history.present.nodes['conv']!.params).toEqual({ filters: 64 });
  });

  it('shows the place on the canvas', () => {
    const asked = vi.fn();
    const stop = onFocusNode(asked);
    editor().load(smallNet({ filters: 0 }), null);
    render(<ProblemsList />);
    fireEvent.click(screen.getByRole('button', { name: 'Conv · filters' }));
    expect(editor().selection.nodes).toEqual(['conv']);
    expect(asked).toHaveBeenCalledWith({ path: 'conv', move: 'centre' });
    stop();
  });

  it('opens the block that a place lies in', () => {
    editor().load(smallNet(), null);
    focusNode('block/conv1');
    expect(editor().history.present.layout.open).toEqual(['block']);
    expect(editor().selection.nodes).toEqual(['block/conv1']);
  });

  it('has the faults of the data, and of a net that does not fit it', () => {
    editor().load(smallNet(), null);
    editor().setData({ title: 'MNIST', shape: [28, 28, 1], classes: 10 });
    const { rerender } = render(<ProblemsList />);
    expect(screen.getByText(/MNIST has 28×28×1/)).toBeDefined();
    editor().setData(null, {
      ...{ code: 'data/missing', what: 'No data.', why: 'None.', remedy: 'Choose.' },
      ...{ place: {}, repairs: [] },
    });
    rerender(<ProblemsList />);
    expect(screen.getByRole('button', { name: 'Training · data' })).toBeDefined();
  });
});
