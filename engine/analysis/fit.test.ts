import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { documentOf, rowOf, type Spec } from '../graph/testing';
import { elaborate } from './elaborate';
import { checkFit, type DataShape } from './fit';
import { fitDocument } from './fit-command';
import { repaired } from './testing';

const net = {
  in: ['input', { shape: [28, 28, 1] }],
  conv: ['conv2d', { filters: 8 }, 'in'],
  flat: ['flatten', {}, 'conv'],
  dense: ['dense', { units: 10 }, 'flat'],
  out: ['output', { classes: 10 }, 'dense'],
} satisfies Spec;
const sound = documentOf(net);

describe('a net and its data', () => {
  const data = (shape: number[], classes: number): DataShape => ({ title: 'Other', shape, classes });
  const faults = (doc: GraphDocument, d: DataShape) => checkFit(elaborate(doc), d);

  it('fit where sizes, channels and classes agree', () => {
    expect(faults(sound, data([28, 28, 1], 10))).toEqual([]);
  });

  it.each([
    ['data/channels', data([28, 28, 3], 10), 'in', 'shape', '28×28×3'],
    ['data/channels', data([32, 32, 3], 10), 'in', 'shape', '32×32×3'],
    ['data/size', data([32, 24, 1], 10), 'in', 'shape', '32×24×1'],
    ['data/classes', data([28, 28, 1], 47), 'out', 'classes', '47'],
  ])('do not fit: %s, and one button mends it', (code, d, id, param, value) => {
    const found = faults(sound, d);
    expect(found.map((p) => [p.code, p.place])).toEqual([[code, { node: id, param }]]);
    expect(found[0]!.remedy).toContain(value);
    const mended = repaired(sound, found[0]!.repairs[0]!);
    expect([...faults(mended, d), ...elaborate(mended).problems]).toEqual([]);
  });

  it('differ in kind where one is of clips and the other of pictures', () => {
    const [found] = faults(sound, data([16, 28, 28, 1], 10));
    expect(found).toMatchObject({ code: 'data/frames', remedy: "Set the input's shape to 16×28×28×1." });
    expect(found!.what).toBe('The net takes pictures of 28×28×1, but Other has 16×28×28×1.');
    expect(found!.why).toContain('clips, frames × height × width × channels');
    const video = fitDocument.run(documentOf({ in: net.in, out: ['output', {}, 'in'] } satisfies Spec), {
      shape: [16, 28, 28, 1],
      classes: 10,
    });
    expect(video.nodes['in']!.params).toEqual({ shape: [16, 28, 28, 1] });
    expect(faults(video, data([28, 28, 1], 10))[0]!.code).toBe('data/frames');
  });

  it('are said to differ in both, and mended at once', () => {
    const d = data([32, 32, 3], 100);
    const found = faults(sound, d);
    expect(found.map((p) => p.code)).toEqual(['data/channels', 'data/classes']);
    expect(faults(repaired(sound, found[0]!.repairs[0]!), d)).toEqual([]);
  });
});

describe('fitting a document', () => {
  const fitTo = (doc: GraphDocument, shape: number[], classes: number) =>
    fitDocument.run(doc, { shape, classes });

  it('sets the input, the output and the layer that makes the scores, and leaves all else alone', () => {
    const fitted = fitTo(sound, [32, 32, 3], 100);
    expect(fitted.nodes['in']!.params).toEqual({ shape: [32, 32, 3] });
    expect(fitted.nodes['dense']!.params).toEqual({ units: 100 });
    expect(fitted.nodes['out']!.params).toEqual({ classes: 100 });
    expect(fitted.nodes['conv']).toBe(sound.nodes['conv']);
    expect(fitted.edges).toBe(sound.edges);
  });

  it('changes nothing where all fits', () => {
    expect(fitTo(sound, [28, 28, 1], 10)).toBe(sound);
  });

  it('finds the layer that makes the scores behind pooling and activations', () => {
    const doc = rowOf([
      ['input', { shape: [8, 8, 3] }],
      ['conv2d', { filters: 10, kernel: 1 }],
      ['activation'],
      ['global-avg-pool'],
      ['output'],
    ]);
    const fitted = fitTo(doc, [8, 8, 1], 5);
    expect(fitted.nodes['n1']!.params).toEqual({ filters: 5, kernel: 1 });
    expect(elaborate(fitted).problems).toEqual([]);
  });

  it('does no harm to a net without ends, with a cycle or with a bad parameter', () => {
    const { in: _, ...headless } = net;
    const { out: __, ...endless } = net;
    const looped = { ...net, conv: ['add', {}, 'conv', 'flat'] } satisfies Spec;
    const bad = { ...net, dense: ['dense', { units: -1 }, 'flat'] } satisfies Spec;
    for (const spec of [{}, headless, endless, looped, bad]) {
      expect(() => fitTo(documentOf(spec), [4, 4, 1], 3)).not.toThrow();
    }
  });
});
