// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onFocusNode } from '../app/focus';
import { analysisOf, useEditor } from '../app/store';
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

  it('sets what nodes of several kinds share, each from its own value, as one step of undo', () => {
    show(['conv', 'block']);
    const filters = screen.getByRole('textbox', { name: 'Filters' });
    fireEvent.change(filters, { target: { value: '*2+1' } });
    fireEvent.keyDown(filters, { key: 'Enter' });
    expect([paramsOf('conv')['filters'], paramsOf('block')['filters']]).toEqual([9, 9]);
    // the kernel is one of the convolution alone, and a block's stride is one number
    expect(screen.queryByRole('radiogroup', { name: 'Kernel' })).toBeNull();
    expect(screen.queryByRole('radiogroup', { name: 'Stride' })).toBeNull();
    editor().undo();
    expect([paramsOf('conv')['filters'], paramsOf('block')['filters']]).toEqual([4, 4]);
  });

  it('sets several nodes inside of blocks at once', () => {
    show(['block/conv1', 'block/conv2', 'conv']);
    fireEvent.click(screen.getByRole('radio', { name: '5' }));
    const { nodes } = analysisOf(editor().history.present);
    const kernels = ['block/conv1', 'block/conv2', 'conv'].map(
      (p) => nodes.get(p)!.instance.params!['kernel'],
    );
    expect(kernels).toEqual([5, 5, 5]);
    editor().undo();
    expect(editor().history.past).toHaveLength(0);
  });

  it('tells what is typed, without a step of history, and takes it on Enter', async () => {
    show(['conv']);
    const filters = screen.getByRole('textbox', { name: 'Filters' });
    fireEvent.focus(filters);
    fireEvent.change(filters, { target: { value: '4*2' } });
    const card = () => screen.getByTestId('field-card').textContent;
    await waitFor(() => expect(card()).toContain('8×8×4 → 8×8×8'));
    expect(card()).toContain('4 → 8');
    // 9 more weights and a bias for each of 4 filters; the block's first convolution and its shortcut read them all
    expect(card()).toMatch(/Parameters\+40/);
    expect(editor().history.past).toHaveLength(0);
    fireEvent.keyDown(filters, { key: 'Escape' });
    expect(screen.queryByTestId('field-card')).toBeNull();
    expect(paramsOf('conv')['filters']).toBe(4);
    fireEvent.change(filters, { target: { value: '4*' } });
    expect(card()).toContain("A number is missing behind '*'");
    fireEvent.change(filters, { target: { value: '4*2' } });
    fireEvent.keyDown(filters, { key: 'Enter' });
    expect(paramsOf('conv')['filters']).toBe(8);
    expect(editor().history.past).toHaveLength(1);
  });

  it('shows what a preset under the pointer would do', async () => {
    show(['conv']);
    fireEvent.pointerEnter(screen.getByRole('radio', { name: '5' }));
    const card = await screen.findByTestId('field-card');
    expect(card.textContent).toContain('3 → 5');
    await waitFor(() => expect(card.textContent).toMatch(/Parameters\+64/));
    fireEvent.pointerLeave(screen.getByRole('radio', { name: '5' }));
    expect(screen.queryByTestId('field-card')).toBeNull();
    expect(editor().history.past).toHaveLength(0);
  });

  it('has a slider through the usual channels, taken when it is let go', () => {
    show(['conv']);
    const slider = screen.getByRole<HTMLInputElement>('slider', { name: 'Filters, slider' });
    fireEvent.change(slider, { target: { value: String(Number(slider.value) + 1) } });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Filters' }).value).toBe('6');
    fireEvent.change(slider, { target: { value: String(Number(slider.value) + 1) } });
    expect(editor().history.past).toHaveLength(0);
    fireEvent.pointerUp(slider);
    expect(paramsOf('conv')['filters']).toBe(8);
    expect(editor().history.past).toHaveLength(1);
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
