import { expect, it } from 'vitest';
import { curvesChart } from './curves-chart.mjs';
import { apart } from './curves-report.mjs';

it('tells how far two curves are apart as a share of the second', () => {
  expect(apart([2, 1.5, 3], [2, 1, 4])).toEqual([0, 0.5, 0.25]);
});

it('draws the two losses and their difference, no difference too', () => {
  const losses = { convloom: [2, 1.5, 1], keras: [2, 1.5, 1] };
  const svg = curvesChart([{ net: 'LeNet-5', losses, difference: [0, 0, 0] }], 1e-4);
  expect(svg.match(/<polyline/g)).toHaveLength(3);
  expect(svg).not.toMatch(/NaN|Infinity/);
});
