import { describe, expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { toggleOpen } from '../../engine/graph/commands/document';
import { setParam } from '../../engine/graph/commands/nodes';
import type { GraphDocument } from '../../engine/graph/document';
import { buildFlow } from './flow-model';
import { reuse } from './reuse';
import { columnOf } from './testing';

const net = columnOf({
  in: ['input', { shape: [28, 28, 1] }],
  conv: ['conv2d', { filters: 16 }, 'in'],
  block: ['residual', { filters: 32, stride: 2 }, 'conv'],
  gap: ['global-avg-pool', {}, 'block'],
  fc: ['dense', { units: 10 }, 'gap'],
  out: ['output', {}, 'fc'],
});
function flowOf(doc: GraphDocument, selected: readonly string[] = []) {
  const analysis = analyse(doc);
  return buildFlow({
    doc,
    analysis,
    problems: analysis.problems,
    held: new Map(),
    selected: new Set(selected),
    selectedEdges: new Set(),
  });
}
const opened = toggleOpen.run(net, { path: 'block' });

describe('a document as React Flow draws it', () => {
  it('has a node for every node, in the order of execution, with what it is called and gives', () => {
    const { nodes } = flowOf(net);
    expect(nodes.map((n) => n.id)).toEqual(['in', 'conv', 'block', 'gap', 'fc', 'out']);
    expect(nodes[1]!.data).toMatchObject({
      title: 'Conv 3×3',
      detail: '16 filters',
      shape: '28×28×16',
      ports: 'x',
      problem: '',
    });
    expect(nodes[1]!.ariaLabel).toBe('Conv 3×3, 16 filters, output 28×28×16');
    expect(nodes[2]!.ariaLabel).toContain('folded');
  });

  it('has wires as wide as the logarithm of their channels, labelled where the shape changes', () => {
    const { wires } = flowOf(net);
    const of = (id: string) => wires.find((w) => w.id === id)!.data!;
    expect(of('in-conv-x')).toMatchObject({ stroke: 1.4, changes: false });
    expect(of('conv-block-x')).toMatchObject({ stroke: 2.4, shape: '28×28×16', changes: true });
    expect(of('block-gap-x')).toMatchObject({ stroke: 2.7, shape: '14×14×32', changes: true });
  });

  it('shows the wires of a selected node', () => {
    const hot = flowOf(net, ['conv']).wires.filter((w) => w.data!.tone === 'hot');
    expect(hot.map((w) => w.id)).toEqual(['in-conv-x', 'conv-block-x']);
  });

  it('draws an open block as a frame with its inside, which cannot be moved', () => {
    const { nodes, wires } = flowOf(opened);
    const frame = nodes.find((n) => n.id === 'block')!;
    const inside = nodes.filter((n) => n.parentId === 'block');
    expect(frame.type).toBe('frame');
    expect(inside.map((n) => n.id)).toContain('block/shortcut');
    expect(inside.every((n) => !n.draggable)).toBe(true);
    expect(inside.find((n) => n.id === 'block/conv1')!.data.shape).toBe('14×14×32');
    for (const n of inside) {
      expect(n.position.x).toBeGreaterThanOrEqual(0);
      expect(n.position.x + n.width!).toBeLessThanOrEqual(frame.width!);
      expect(n.position.y + n.height!).toBeLessThanOrEqual(frame.height!);
    }
    const into = wires.filter((w) => w.source === 'block' && w.sourceHandle === 'in:x').map((w) => w.target);
    expect(into).toEqual(['block/conv1', 'block/shortcut']);
    expect(wires.find((w) => w.targetHandle === 'in:out')!.source).toBe('block/relu');
  });

  it('has both ends of every wire at a handle that is there', () => {
    const { nodes, wires } = flowOf(opened);
    for (const w of wires) {
      const handles = (id: string) =>
        nodes.find((n) => n.id === id)!.handles!.map((h) => `${h.type} ${h.id}`);
      expect(handles(w.source)).toContain(`source ${w.sourceHandle}`);
      expect(handles(w.target)).toContain(`target ${w.targetHandle}`);
    }
  });

  it('moves what stands below an open block down by what it grew, on the screen only', () => {
    const [before, after] = [flowOf(net), flowOf(opened)];
    const y = (flow: typeof before, id: string) => flow.nodes.find((n) => n.id === id)!.position.y;
    const frame = after.nodes.find((n) => n.id === 'block')!;
    expect(y(after, 'conv')).toBe(y(before, 'conv'));
    expect(y(after, 'gap') - y(before, 'gap')).toBe(frame.height! - 56);
    expect(opened.nodes['gap']!.position).toEqual(net.nodes['gap']!.position);
  });

  it('keeps the objects of nodes that look the same when one parameter changes', () => {
    const before = flowOf(net);
    const next = flowOf(setParam.run(net, { id: 'fc', param: 'units', value: 12 }));
    const nodes = reuse(before.nodes, next.nodes);
    const wires = reuse(before.wires, next.wires);
    const fresh = nodes.filter((n, i) => n !== before.nodes[i]).map((n) => n.id);
    expect(fresh).toEqual(['fc', 'out']); // the output now refuses 12 scores for 10 classes
    expect(wires.filter((w, i) => w !== before.wires[i]).map((w) => w.id)).toEqual(['fc-out-x']);
  });

  it('keeps the whole list when nothing looks different', () => {
    const before = flowOf(net);
    expect(reuse(before.nodes, flowOf({ ...net }).nodes)).toBe(before.nodes);
  });
});

describe('problems on the canvas', () => {
  const clash = columnOf({
    in: ['input', { shape: [28, 28, 16] }],
    down: ['conv2d', { filters: 32, stride: 2 }, 'in'],
    add: ['add', {}, 'in', 'down'],
  });

  it('mark the node, and the wire that brings what it refuses', () => {
    const { nodes, wires, marks } = flowOf(clash);
    expect(nodes.find((n) => n.id === 'add')!.data.problem).toBe('error');
    expect(wires.filter((w) => w.data!.tone === 'bad').map((w) => w.id)).toEqual(['down-add-x2']);
    expect(marks.wires.get('down-add-x2')!.problems[0]!.code).toBe('merge/shapes');
    expect(nodes.find((n) => n.id === 'add')!.ariaLabel).toContain(
      'Error: x1 is 28×28×16, but x2 is 14×14×32.',
    );
  });

  it('mark no wire where the node itself is wrong', () => {
    const { wires, nodes } = flowOf(
      columnOf({ in: ['input', {}], conv: ['conv2d', { kernel: 99, padding: 'valid' }, 'in'] }),
    );
    expect(nodes[1]!.data.problem).toBe('error');
    expect(wires[0]!.data!.tone).toBe('plain');
  });

  it('of the inside show at a folded block', () => {
    const { nodes } = flowOf(
      columnOf({ in: ['input', { shape: [2, 2, 8] }], block: ['residual', { filters: 0 }, 'in'] }),
    );
    expect(nodes.find((n) => n.id === 'block')!.data.problem).toBe('error');
  });

  it('leave out wires whose end is not there', () => {
    const doc = columnOf({ in: ['input', {}] });
    const edges = { e: { from: { node: 'gone', port: 'out' }, to: { node: 'in', port: 'x' } } };
    expect(flowOf({ ...doc, edges }).wires).toEqual([]);
  });
});
