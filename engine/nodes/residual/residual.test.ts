import { describe, expect, it } from 'vitest';
import { topological } from '../../ir/ir';
import { costOfAll, lower } from '../testing';

const unit = (params: Record<string, unknown>, shape: readonly number[]) => lower('residual', params, shape);
const params = (p: Record<string, unknown>, shape: readonly number[]) =>
  costOfAll(unit(p, shape)).params.trainable;
const ops = (p: Record<string, unknown>, shape: readonly number[]) =>
  topological([unit(p, shape)]).flatMap((v) => (v.op === 'weight' || v.op === 'input' ? [] : [v.op]));

describe('residual', () => {
  it('has 2 · 9 C² weights and two batch norms in a basic unit', () => {
    expect(params({ filters: 64 }, [56, 56, 64])).toBe(2 * 9 * 64 ** 2 + 2 * 2 * 64);
  });

  it('has in a bottleneck of 256 channels fewer weights than a basic unit of 64 (70,400 to 73,984)', () => {
    expect(params({ filters: 256, form: 'bottleneck' }, [56, 56, 256])).toBe(70_400);
    expect(params({ filters: 64 }, [56, 56, 64])).toBe(73_984);
  });

  it('adds no weight by a zero-padded shortcut (A), a 1×1 and a batch norm by a projection (B)', () => {
    const given = [32, 32, 16];
    const plain = 9 * 16 * 32 + 9 * 32 * 32 + 2 * 2 * 32;
    expect(params({ filters: 32, stride: 2, shortcut: 'zero-pad' }, given)).toBe(plain);
    expect(params({ filters: 32, stride: 2, shortcut: 'projection' }, given)).toBe(plain + 16 * 32 + 2 * 32);
  });

  it('leaves the shortcut as it is where the shapes agree, whatever the option', () => {
    const same = [32, 32, 16];
    expect(ops({ filters: 16, shortcut: 'projection' }, same)).toEqual(ops({ filters: 16 }, same));
    expect(unit({ filters: 16 }, same).inputs[0]).toMatchObject({ op: 'add' });
  });

  it('ends the original unit by a ReLU after the sum', () => {
    const order = ['conv2d', 'batchNorm', 'relu', 'conv2d', 'batchNorm', 'add', 'relu'];
    expect(ops({ filters: 16 }, [8, 8, 16])).toEqual(order);
  });

  it('ends full pre-activation by the sum, so that x passes it unchanged (2016, figure 4 e)', () => {
    const p = { filters: 16, unit: 'full-preact' };
    const order = ['batchNorm', 'relu', 'conv2d', 'batchNorm', 'relu', 'conv2d', 'add'];
    expect(ops(p, [8, 8, 16])).toEqual(order);
    expect(unit(p, [8, 8, 16]).inputs[1]).toMatchObject({ op: 'input' });
  });

  it('projects in full pre-activation from the activated input, without a batch norm of its own', () => {
    const p = { filters: 256, form: 'bottleneck', unit: 'full-preact', shortcut: 'projection' };
    const kernels = 64 * 64 + 9 * 64 * 64 + 64 * 256 + 64 * 256;
    expect(params(p, [56, 56, 64])).toBe(kernels + 2 * (64 + 64 + 64));
    const projection = unit(p, [56, 56, 64]).inputs[1]!;
    expect(projection.inputs[0]).toMatchObject({ op: 'relu' });
  });

  it.each(['basic', 'bottleneck'])('halves an odd side on both ways alike in a %s unit', (form) => {
    for (const shortcut of ['zero-pad', 'projection']) {
      expect(unit({ filters: 32, stride: 2, form, shortcut }, [15, 9, 16]).shape).toEqual([8, 5, 32]);
    }
  });

  it('refuses a zero-padded shortcut to fewer channels, and names what works', () => {
    expect(() => unit({ filters: 16 }, [8, 8, 64])).toThrow(
      "Set shortcut to 'projection', or filters to 64 or more.",
    );
    expect(unit({ filters: 16, shortcut: 'projection' }, [8, 8, 64]).shape).toEqual([8, 8, 16]);
  });
});
