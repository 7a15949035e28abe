import { describe, expect, it } from 'vitest';
import { isOp, topological, type Value } from '../../ir/ir';
import { lower, weightsOf } from '../testing';

/** The value of a lowering at one number x, weights at their start. */
function at(root: Value, x: number): number {
  const values = new Map<Value, number>();
  for (const v of topological([root])) {
    const [a, b] = v.inputs.map((i) => values.get(i)!) as [number, number];
    values.set(v, evaluate(v, a, b, x));
  }
  return values.get(root)!;
}

function evaluate(v: Value, a: number, b: number, x: number): number {
  if (isOp(v, 'scale')) return a * v.attrs.factor;
  if (isOp(v, 'weight')) return (v.attrs.init as { constant: number }).constant;
  if (isOp(v, 'leakyRelu')) return a < 0 ? a * v.attrs.slope : a;
  if (v.op === 'input') return x;
  if (v.op === 'relu') return Math.max(0, a);
  if (v.op === 'add') return a + b;
  if (v.op === 'mul') return a * b;
  if (v.op === 'sigmoid') return 1 / (1 + Math.exp(-a));
  if (v.op === 'erf') return erf(a);
  throw new Error(`no number for ${v.op}`);
}

/** Maclaurin series; enough terms for |x| < 3. */
function erf(x: number): number {
  let [sum, term] = [0, x];
  for (let n = 0; n < 80; n++) {
    sum += term / (2 * n + 1);
    term *= -(x * x) / (n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const f = (name: string, x: number, params = {}) =>
  at(lower('activation', { function: name, ...params }, [5]), x);

describe('activation', () => {
  it('passes positive values and a quarter of negative ones in PReLU at its start (He et al. 2015)', () => {
    expect(f('prelu', 3)).toBe(3);
    expect(f('prelu', -2)).toBe(-0.5);
  });

  it('learns in PReLU one slope a channel, and does not decay it', () => {
    const [alpha, ...rest] = weightsOf(lower('activation', { function: 'prelu' }, [7, 7, 64]));
    expect(alpha).toMatchObject({
      shape: [64],
      attrs: { name: 'alpha', trainable: true, penalty: { decay: false } },
    });
    expect(rest).toEqual([]);
  });

  it('is x times the normal distribution in GELU', () => {
    expect(f('gelu', 1)).toBeCloseTo(0.841344746, 8);
    expect(f('gelu', -1)).toBeCloseTo(-0.158655254, 8);
    expect(f('gelu', 2)).toBeCloseTo(1.954499736, 8);
  });

  it('is x times its sigmoid in Swish', () => {
    expect(f('swish', 1)).toBeCloseTo(0.731058579, 8);
    expect(f('swish', -1)).toBeCloseTo(-0.268941421, 8);
  });

  it('takes the slope of Leaky ReLU', () => {
    expect(f('leaky-relu', -2)).toBeCloseTo(-0.02, 12);
    expect(f('leaky-relu', -2, { slope: 0.2 })).toBeCloseTo(-0.4, 12);
  });
});
