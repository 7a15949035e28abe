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
  });

  it('mends the graph by each repair that it offers', () => {
    for (const { args } of repairsOf(mismatch)) {
      const mended = insertNode.run(mismatch, args as Parameters<typeof insertNode.run>[1]);
      expect(analyse(mended).nodes.get('add')!.output).toEqual([14, 14, 32]);
    }
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
