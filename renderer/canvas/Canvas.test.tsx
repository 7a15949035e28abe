// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { setParam } from '../../engine/graph/commands/nodes';
import type { Category } from '../../engine/nodes/define';
import { columnOf } from './testing';

/** One glyph is drawn each time that a node is. */
const drawn = vi.hoisted(() => ({ count: 0 }));
vi.mock('../ui/Glyph', () => ({
  categoryColour: (c: Category | undefined) => c ?? 'none',
  Glyph: () => {
    drawn.count += 1;
    return null;
  },
}));

/** What React Flow asks of a browser and jsdom lacks. */
function standIn(): void {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal(
    'DOMMatrixReadOnly',
    class {
      m22 = 1;
    },
  );
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 1000 });
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 800 });
  (globalThis as { bridge?: unknown }).bridge = {
    call: async () => ({ ok: true, value: null }),
    on: () => () => {},
  };
}

const net = columnOf({
  in: ['input', { shape: [28, 28, 1] }],
  conv: ['conv2d', { filters: 16 }, 'in'],
  relu: ['activation', {}, 'conv'],
  block: ['residual', { filters: 16 }, 'relu'],
  gap: ['global-avg-pool', {}, 'block'],
  fc: ['dense', { units: 10 }, 'gap'],
  out: ['output', {}, 'fc'],
});

describe('the canvas', () => {
  let useEditor: typeof import('../app/store').useEditor;
  let Canvas: typeof import('./Canvas').Canvas;
  beforeAll(async () => {
    standIn();
    ({ useEditor } = await import('../app/store'));
    ({ Canvas } = await import('./Canvas'));
  });
  beforeEach(() => act(() => useEditor.getState().load(net, null)));
  afterEach(cleanup);

  it('shows every node under its name for screen readers, and the totals', () => {
    render(<Canvas />);
    expect(screen.getByTestId('node-conv').getAttribute('aria-label')).toBe(
      'Conv 3×3, 16 filters, output 28×28×16',
    );
    expect(screen.getByTestId('port-conv-out').getAttribute('aria-label')).toBe(
      'Output of Conv 3×3, to ReLU',
    );
    expect(screen.getByTestId('totals').textContent).toContain('no problems');
  });

  it('draws only the nodes that change when one parameter is edited', async () => {
    render(<Canvas />);
    drawn.count = 0;
    act(() => useEditor.getState().run(setParam, { id: 'fc', param: 'units', value: 12 }));
    expect(drawn.count).toBe(0); // what was typed shows first
    await act(() => new Promise((resolve) => setTimeout(resolve, 150)));
    expect(drawn.count).toBe(2); // the Dense, and the Output that now refuses 12 scores
  });

  it('draws no node but two when the selection moves from one to the other', () => {
    render(<Canvas />);
    act(() => useEditor.getState().select({ nodes: ['conv'] }));
    drawn.count = 0;
    act(() => useEditor.getState().select({ nodes: ['gap'] }));
    expect(drawn.count).toBe(2);
  });

  it('gives places to nodes that have none, without a step of undo and without a change to save', () => {
    const { position: _, ...bare } = net.nodes['conv']!;
    act(() => useEditor.getState().load({ ...net, nodes: { ...net.nodes, conv: bare } }, null));
    render(<Canvas />);
    const { history, saved } = useEditor.getState();
    expect(history.present.nodes['conv']!.position).toBeDefined();
    expect(history.past).toEqual([]);
    expect(saved).toBe(history.present);
  });

  it('opens a block by the key O and shows its inside', () => {
    render(<Canvas />);
    act(() => useEditor.getState().select({ nodes: ['block'] }));
    fireEvent.keyDown(screen.getByTestId('node-block'), { key: 'o' });
    expect(useEditor.getState().history.present.layout.open).toEqual(['block']);
    expect(screen.getByTestId('node-block/conv1')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Fold Residual' }));
    expect(screen.queryByTestId('node-block/conv1')).toBeNull();
  });

  it('connects from the keyboard: C, a name, Enter', () => {
    render(<Canvas />);
    act(() => useEditor.getState().select({ nodes: ['conv'] }));
    fireEvent.keyDown(screen.getByTestId('node-conv'), { key: 'c' });
    const field = screen.getByRole('combobox', { name: 'Connect Conv 3×3 to' });
    fireEvent.change(field, { target: { value: 'global' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    const wires = Object.values(useEditor.getState().history.present.edges);
    expect(wires.find((e) => e.to.node === 'gap')!.from.node).toBe('conv');
  });

  it('moves selected nodes by the arrows, a run of presses in one step of undo', () => {
    render(<Canvas />);
    act(() => useEditor.getState().select({ nodes: ['conv', 'relu'] }));
    for (let i = 0; i < 3; i++) fireEvent.keyDown(screen.getByLabelText('Canvas'), { key: 'ArrowRight' });
    const { history } = useEditor.getState();
    expect(history.present.nodes['conv']!.position).toEqual({ x: 60, y: 80 });
    expect(history.past.length).toBe(1);
  });

  it('explains the selected node that is wrong, and mends it by a button with its price', () => {
    const wrong = columnOf({
      in: ['input', { shape: [7, 7, 64] }],
      fc: ['dense', { units: 10 }, 'in'],
      out: ['output', {}, 'fc'],
    });
    act(() => useEditor.getState().load(wrong, null));
    render(<Canvas />);
    act(() => useEditor.getState().select({ nodes: ['fc'] }));
    expect(screen.getByTestId('fault-card').textContent).toContain('A map of 7×7×64 comes in');
    fireEvent.click(screen.getByRole('button', { name: /^Global average pool/ }));
    expect(screen.queryByTestId('fault-card')).toBeNull();
    expect(screen.getByTestId('totals').textContent).toContain('no problems');
  });

  it('says how to start while it is empty', () => {
    act(() => useEditor.getState().load(columnOf({}), null));
    render(<Canvas />);
    expect(screen.getByTestId('empty-hint').textContent).toContain('Drag a node from the palette');
    expect(screen.queryByTestId('totals')).toBeNull();
  });
});
