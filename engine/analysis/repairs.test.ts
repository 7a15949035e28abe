import { describe, expect, it } from 'vitest';
import { insertNode } from '../graph/commands/insert';
import type { GraphDocument } from '../graph/document';
import { documentOf } from '../graph/testing';
import { analyse } from './analyse';
import { shapeRepairs } from './repairs';

function repairsOf(doc: GraphDocument) {
  const analysis = analyse(doc);
  const problem = analysis.problems.find((p) => p.place.port !== undefined || p.code.startsWith('output/'))!;
  return shapeRepairs(doc, analysis, problem);
}

const mismatch = documentOf({
  in: ['input', { shape: [28, 28, 16] }],
  conv: ['conv2d', { filters: 32, stride: 2 }, 'in'],
  add: ['add', {}, 'in', 'conv'],
});

describe('repairs of shapes', () => {
  it('offers a zero-pad shortcut for nothing and a projection for 16 · 32 + 32 parameters', () => {
    const found = repairsOf(mismatch).map((r) => [r.label, r.added]);
    expect(found).toEqual([
      ['Zero-pad shortcut, stride 2', 0],
      ['Projection 1×1, stride 2', 544],
    ]);
    const [free, projection] = repairsOf(mismatch);
    expect([free!.shape, free!.macs]).toEqual([[14, 14, 32], 0]);
    expect(projection!.macs).toBe(14 * 14 * 16 * 32);
  });

  it('mends the graph by each repair that it offers', () => {
    for (const { args } of repairsOf(mismatch)) {
      const mended = insertNode.run(mismatch, args as Parameters<typeof insertNode.run>[1]);
      expect(analyse(mended).nodes.get('add')!.output).toEqual([14, 14, 32]);
    }
  });

  it('offers another padding or stride of the node that the map comes from', () => {
    const two = (first: Record<string, unknown>, second: Record<string, unknown>) =>
      documentOf({
        in: ['input', { shape: [28, 28, 16] }],
        a: ['conv2d', { filters: 32, ...first }, 'in'],
        b: ['conv2d', { filters: 32, ...second }, 'in'],
        add: ['add', {}, 'a', 'b'],
      });
    const labels = (doc: GraphDocument) => repairsOf(doc).map((r) => r.label);
    expect(labels(two({}, { padding: 'valid' }))).toContain("Padding 'same' in Conv 3×3");
    const strided = repairsOf(two({ stride: 2 }, {}));
    expect(strided.find((r) => r.label === 'Stride 2 in Conv 3×3')).toMatchObject({
      ...{ added: 0, shape: [14, 14, 32] },
      macs: -3 * 14 * 14 * 9 * 16 * 32,
    });
  });

  it('offers a pooled and a flattened vector for a Dense, the cheaper first', () => {
    const found = repairsOf(
      documentOf({ in: ['input', { shape: [7, 7, 64] }], dense: ['dense', { units: 10 }, 'in'] }),
    );
    expect(found.map((r) => [r.label, r.added])).toEqual([
      ['Global average pool', 650],
      ['Flatten', 31_370],
    ]);
  });

  it('gives an output its scores', () => {
    const found = repairsOf(
      documentOf({ in: ['input', { shape: [7, 7, 64] }], out: ['output', { classes: 10 }, 'in'] }),
    );
    expect(found[0]).toMatchObject({ label: 'Global average pool, Dense of 10 units', added: 650 });
  });

  it('offers a pooling where two maps of different size are to be stacked', () => {
    const found = repairsOf(
      documentOf({
        in: ['input', { shape: [28, 28, 16] }],
        conv: ['conv2d', { filters: 8, stride: 2 }, 'in'],
        cat: ['concat', {}, 'in', 'conv'],
      }),
    );
    expect(found[0]).toMatchObject({ label: 'Max pool 2×2', added: 0 });
  });

  it('offers nothing where no single node helps', () => {
    const doc = documentOf({
      in: ['input', { shape: [28, 28, 1] }],
      a: ['conv2d', { filters: 8, kernel: 3, padding: 'valid' }, 'in'],
      b: ['conv2d', { filters: 8, kernel: 5, padding: 'valid' }, 'in'],
      add: ['add', {}, 'a', 'b'],
    });
    expect(repairsOf(doc)).toEqual([]);
  });
});
