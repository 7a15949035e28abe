import { expect, it } from 'vitest';
import { analyse } from '../engine/analysis/analyse';
import { type BenchNet, documentOf } from './document';
import { nets } from './nets.mjs';

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

it('has ten nets, each with an id of its own', () => {
  expect(new Set(nets.map((n) => n.id)).size).toBe(10);
});

it.each(nets.map((net) => [net.id, net] as const))(
  'lists as many weights of %s as the papers give it',
  (_, net) => {
    const weights = net.nodes.flatMap((n: { weights: number[][] }) => n.weights);
    expect(weights.reduce((sum: number, shape: number[]) => sum + size(shape), 0)).toBe(
      net.trainableParameters,
    );
  },
);

it.each(nets.map((net) => [net.id, net] as const))(
  'counts the multiply-accumulates of %s as the app does',
  (_, net) => {
    const analysis = analyse(documentOf(net as BenchNet, 0.9));
    expect(analysis.problems).toEqual([]);
    expect(analysis.total.macs).toBe(net.macs);
  },
);
