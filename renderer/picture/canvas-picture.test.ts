import { describe, expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { toggleOpen } from '../../engine/graph/commands/document';
import type { GraphDocument } from '../../engine/graph/document';
import { buildFlow } from '../canvas/flow-model';
import { placeOf } from '../canvas/flow-places';
import { columnOf } from '../canvas/testing';
import { canvasPicture } from './canvas-picture';
import type { Mark } from './scene';

const closed = columnOf({
  in: ['input', { shape: [28, 28, 1] }],
  conv: ['conv2d', { filters: 16 }, 'in'],
  block: ['residual', { filters: 32, stride: 2 }, 'conv'],
  gap: ['global-avg-pool', {}, 'block'],
  fc: ['dense', { units: 10 }, 'gap'],
  out: ['output', {}, 'fc'],
});
const net = toggleOpen.run(closed, { path: 'block' });

const pictureOf = (doc: GraphDocument, options: Parameters<typeof canvasPicture>[2] = {}) =>
  canvasPicture(doc, analyse(doc), options);
const kept = <K extends Mark['mark']>(marks: readonly Mark[], kind: K) =>
  marks.filter((m): m is Extract<Mark, { mark: K }> => m.mark === kind);
const textsOf = (marks: readonly Mark[]) => kept(marks, 'text').map((t) => t.text);

describe('the picture of the canvas', () => {
  it('has every node of the canvas at its place, and a wire for every wire, as wide', () => {
    const none = new Set<string>();
    const scene = { problems: [], held: new Map(), selected: none, selectedEdges: none };
    const flow = buildFlow({ ...scene, doc: net, analysis: analyse(net) });
    const { marks } = pictureOf(net);
    const rects = kept(marks, 'rect').map(({ x, y, width, height }) => ({ x, y, width, height }));
    for (const n of flow.nodes) expect(rects, n.id).toContainEqual(placeOf(flow, n.id));
    const widths = kept(marks, 'path').map((p) => p.line.width);
    expect(widths).toEqual(flow.wires.map((w) => w.data!.stroke));
    expect(flow.nodes.some((n) => n.parentId === 'block')).toBe(true);
  });

  it('begins each wire of the graph below its source and ends it above its target', () => {
    const { marks } = pictureOf(closed);
    const [first] = kept(marks, 'path');
    expect(first!.d).toMatch(/^M92 56C.* 92 80$/);
  });

  it('draws the selection alone, with what lies inside, and no wire that leads out of it', () => {
    const { marks, box } = pictureOf(net, { only: ['conv', 'block'] });
    const texts = textsOf(marks);
    expect(texts).toContain('Batch norm');
    expect(texts).not.toContain('Dense');
    const all = pictureOf(net);
    expect(box.height).toBeLessThan(all.box.height);
    const inner = kept(marks, 'path').length;
    expect(kept(all.marks, 'path').length - inner).toBe(4);
    expect(pictureOf(net, { only: ['conv', 'fc'] }).marks.filter((m) => m.mark === 'path')).toEqual([]);
  });

  it('shows the cost where it is asked for: the bar of a node is its share of the MACs', () => {
    const bars = ({ marks }: { marks: readonly Mark[] }) => kept(marks, 'rect').filter((r) => r.height === 2);
    expect(bars(pictureOf(closed))).toEqual([]);
    const shown = bars(pictureOf(closed, { costs: true }));
    const share = analyse(closed).nodes.get('conv')!.share;
    expect(shown[1]!.width / shown[0]!.width).toBeCloseTo(Math.round(share * 1000) / 1000, 5);
  });

  it('places what has no place yet, as the window does when it opens the file', () => {
    const nodes = Object.entries(closed.nodes).map(([id, { position: _, ...n }]) => [id, n]);
    const bare = { ...closed, nodes: Object.fromEntries(nodes) };
    const rects = kept(pictureOf(bare).marks, 'rect').filter((r) => r.radius === 8);
    expect(new Set(rects.map((r) => `${r.x} ${r.y}`)).size).toBe(rects.length);
  });

  it('holds notes and groups of the document within its edges', () => {
    const doc: GraphDocument = {
      ...closed,
      groups: { stem: { title: 'The stem', nodes: ['in', 'conv'] } },
      notes: { why: { text: 'Why 16?\nThe paper says so.', position: { x: 600, y: -90 } } },
    };
    const { marks, box } = pictureOf(doc);
    expect(textsOf(marks)).toEqual(expect.arrayContaining(['The stem', 'Why 16?', 'The paper says so.']));
    expect(box.x + box.width).toBeGreaterThan(820);
    expect(box.y).toBeLessThan(-90);
  });
});
