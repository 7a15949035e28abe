import { expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { documentOf } from '../../engine/graph/testing';
import { buildFlow } from './flow-model';
import { wiresNear } from './use-near';

const net = documentOf({
  in: ['input', { shape: [8, 8, 3] }],
  a: ['conv2d', { filters: 4 }, 'in'],
  b: ['conv2d', { filters: 4 }, 'a'],
  sum: ['add', {}, 'a', 'b'],
  out: ['output', { classes: 4 }, 'sum'],
});
const rows = { in: 0, a: 1000, b: 2000, sum: 3000, out: 4000 };
const doc = {
  ...net,
  nodes: Object.fromEntries(
    Object.entries(net.nodes).map(([id, n]) => [
      id,
      { ...n, position: { x: 0, y: rows[id as keyof typeof rows] } },
    ]),
  ),
};
const flowWith = (...selected: string[]) =>
  buildFlow({
    ...{ doc, analysis: analyse(doc), problems: [], held: new Map() },
    ...{ selected: new Set<string>(), selectedEdges: new Set(selected) },
  });
const near = (flow: ReturnType<typeof flowWith>, top: number, bottom: number) =>
  wiresNear(flow, [0, top, 500, bottom])
    .map((w) => `${w.source} ${w.target}`)
    .sort();

it('keeps the wires whose way may cross the window, and those that are selected', () => {
  const flow = flowWith();
  expect(near(flow, -100, 500)).toEqual(['in a']);
  // the wire past b begins above and ends below
  expect(near(flow, 2200, 2300)).toEqual(['a sum', 'b sum']);
  expect(near(flow, 9000, 9900)).toEqual([]);
  expect(wiresNear(flow, [700, 0, 900, 5000])).toEqual([]);
  const [first] = flow.wires;
  expect(near(flowWith(first!.id), 9000, 9900)).toEqual([`${first!.source} ${first!.target}`]);
});

it('keeps all of them while the window has no size', () => {
  const flow = flowWith();
  expect(wiresNear(flow, null)).toBe(flow.wires);
});
