import { expect, it } from 'vitest';
import { type Ball, layBalls, MARGIN } from './ball-layout';

const ball = (id: string, accuracy: number, macs: number, params: number): Ball => ({
  ...{ id, name: id, accuracy, macs, params, own: false },
});
const balls = [
  ball('vgg', 71.6, 15.5e9, 138e6),
  ball('resnet', 76.1, 4.1e9, 25.6e6),
  ball('mobile', 71.9, 0.3e9, 3.5e6),
  ball('squeeze', 58.1, 0.8e9, 1.2e6),
];

it('puts the more accurate higher, the costlier to the right, and keeps all inside', () => {
  const { balls: placed } = layBalls(balls, 900, 500);
  const at = (id: string) => placed.find((b) => b.id === id)!;
  expect(at('resnet').y).toBeLessThan(at('vgg').y);
  expect(at('vgg').x).toBeGreaterThan(at('resnet').x);
  for (const b of placed) {
    expect(b.x).toBeGreaterThan(MARGIN.left);
    expect(b.y).toBeLessThan(500 - MARGIN.bottom);
  }
});

it('gives parameters by area: a hundredth of them is a tenth of the radius', () => {
  const { balls: placed } = layBalls([ball('a', 70, 1e9, 100e6), ball('b', 60, 1e8, 1e6)], 900, 500);
  expect(placed[0]!.r / placed[1]!.r).toBeCloseTo(10, 6);
});

it('draws small balls over large ones', () => {
  expect(layBalls(balls, 900, 500).balls.map((b) => b.id)).toEqual(['vgg', 'resnet', 'mobile', 'squeeze']);
});

it('lets no name lie on another', () => {
  const many = Array.from({ length: 30 }, (_, i) => ball(`net-${i}`, 70 + (i % 3) / 10, 1e9 + i, 1e6));
  const named = layBalls(many, 900, 500).balls.filter((b) => b.label);
  expect(named.length).toBeGreaterThan(1);
  expect(named.length).toBeLessThan(30);
});

it('marks powers of ten on the axis of cost, and has no more than eight steps of accuracy', () => {
  const { x, y } = layBalls(balls, 900, 500);
  expect(x.map((t) => t.text)).toContain('1 G');
  expect(y.length).toBeLessThanOrEqual(8);
});

it('draws nothing for no nets, and something for one', () => {
  expect(layBalls([], 900, 500).balls).toEqual([]);
  const [one] = layBalls([balls[0]!], 900, 500).balls;
  expect(Number.isFinite(one!.x) && Number.isFinite(one!.y)).toBe(true);
});
