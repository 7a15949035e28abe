// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onFocusNode } from '../app/focus';
import { useEditor } from '../app/store';
import { fakeBridge, smallNet } from '../app/testing';

fakeBridge({});
vi.mock('../runs/TrainingPanel', () => ({ TrainingPanel: () => <p>training</p> }));
const { Inspector } = await import('./Inspector');

const editor = () => useEditor.getState();
const paramsOf = (id: string) => editor().history.present.nodes[id]!.params;
function show(nodes: readonly string[], doc = smallNet()) {
  editor().load(doc, null);
  editor().select({ nodes });
  render(<Inspector />);
}
beforeEach(() => editor().load(smallNet(), null));
afterEach(cleanup);

describe('the inspector', () => {
  it('shows the training where nothing is selected, or what was selected is gone', () => {
    show(['gone']);
    expect(screen.getByText('training')).toBeDefined();
  });

  it('shows shapes, cost and parameters of a node, with the defaults of its kind', () => {
    show(['conv']);
    expect(screen.getByText('8×8×1')).toBeDefined();
    expect(screen.getByText('8×8×4')).toBeDefined();
    // 3·3·1·4 weights and 4 biases
    expect(screen.getByText('Parameters').nextElementSibling!.textContent).toMatch(/^40 /);
    expect(screen.getByRole('radio', { name: 'same' }).getAttribute('aria-checked')).toBe('true');
  });

  it('writes an edit to the document, which undo takes back', () => {
    show(['conv']);
    fireEvent.click(screen.getByRole('button', { name: 'Filters 128' }));
    expect(paramsOf('conv')).toEqual({ filters: 128 });
    editor().undo();
    expect(paramsOf('conv')).toEqual({ filters: 4 });
  });

  it('shows a fault of a parameter at its field, with what mends it', () => {
    show(['conv'], smallNet({ filters: 0 }));
    expect(screen.getByRole('textbox', { name: 'Filters' }).getAttribute('aria-invalid')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'Set filters to 64' }));
    expect(paramsOf('conv')).toEqual({ filters: 64 });
  });

  it('names the node after the user, and after its kind when the name is emptied', () => {
    show(['conv']);
    const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of the node' });
    const rename = (text: string) => {
      fireEvent.focus(name);
      fireEvent.change(name, { target: { value: text } });
      fireEvent.blur(name);
    };
    expect(name.placeholder).toBe('Conv 3×3');
    rename('stem');
    expect(editor().history.present.nodes['conv']!.label).toBe('stem');
    rename('');
    expect(editor().history.present.nodes['conv']!.label).toBeUndefined();
  });

  it('sets several nodes of one kind at once, as one step of undo', () => {
    const doc = smallNet();
    show(['conv', 'other'], {
      ...doc,
      nodes: { ...doc.nodes, other: { type: 'conv2d', v: 1, params: { filters: 9 } } },
    });
    expect(screen.getByRole('textbox', { name: 'Filters' }).getAttribute('placeholder')).toBe('mixed');
    fireEvent.click(screen.getByRole('radio', { name: '5' }));
    expect([paramsOf('conv'), paramsOf('other')]).toEqual([
      { filters: 4, kernel: 5 },
      { filters: 9, kernel: 5 },
    ]);
    editor().undo();
    expect([paramsOf('conv'), paramsOf('other')]).toEqual([{ filters: 4 }, { filters: 9 }]);
  });

  it('edits the inside of a block, which then is one of its own', () => {
    const asked = vi.fn();
    const stop = onFocusNode(asked);
    show(['block/conv1']);
    expect(
      screen.getByText('Part of Residual: a change here makes that block one of its own.'),
    ).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Select Residual' }));
    expect(editor().selection.nodes).toEqual(['block']);
    expect(asked).toHaveBeenCalledWith({ path: 'block', move: 'if-hidden' });
    stop();
  });

  it('shows a kind that is not known here as the file has it', () => {
    const doc = smallNet();
    show(['odd'], { ...doc, nodes: { ...doc.nodes, odd: { type: 'quantum', v: 2, params: { qubits: 8 } } } });
    expect(screen.getByText(/"qubits": 8/)).toBeDefined();
    expect(screen.getAllByText('quantum').length).toBeGreaterThan(0);
  });
});
