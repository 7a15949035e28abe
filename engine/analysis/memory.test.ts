import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { openDocument } from '../graph/file';
import { documentOf, rowOf } from '../graph/testing';
import { TrainingSettings } from '../graph/training';
import { analyse, intensity } from './analyse';
import { largestBatch } from './memory';
import { epochSeconds, slownessOf, stepSeconds } from './prediction';
import { keptIn, residencyOf } from './residency';

const of = (doc: GraphDocument) => residencyOf(analyse(doc).elaboration);
const MAP = 8 * 8 * 4;
const input = ['input', { shape: [8, 8, 4] }] as const;
const conv = ['conv2d', { filters: 4, bias: false }] as const;
const ends = [['global-avg-pool'], ['dense', { units: 10 }], ['output']] as const;

describe('what a training step keeps', () => {
  it('is what the backward pass reads: the input of a convolution, the result of a ReLU', () => {
    const doc = rowOf([input, conv, ['batch-norm'], ['activation'], conv, ...ends]);
    const { kept } = of(doc);
    const byType = [...kept].map(([n, elements]) => [n.type, elements]);
    expect(byType).toEqual([
      ['input', MAP], // read by the first convolution
      ['conv2d', MAP], // read by the batch norm
      ['batch-norm', 0], // the ReLU writes over it
      ['activation', MAP], // read by itself and the second convolution
      ['conv2d', 0], // its mean needs only the shape
      ['global-avg-pool', 4], // read by the dense layer
      ['dense', 0],
      ['output', 10], // the gradient of softmax is made of its result
    ]);
    expect(keptIn(analyse(doc).elaboration).kept).toBe(3 * MAP + 4 + 10);
  });

  it('is the same whether a map is flattened on the way or not', () => {
    const { kept } = of(rowOf([input, ['activation'], ['flatten'], ['dense', { units: 10 }], ['output']]));
    const flat = [...kept].find(([n]) => n.type === 'flatten')!;
    expect(flat[1]).toBe(0);
  });
});

it.each(['googlenet', 'densenet-121', 'resnet-20', 'mobilenet-v2', 'nasnet-mobile', 'vgg-d'])(
  'keeps in blocks what their layers keep: %s',
  (id) => {
    const file = new URL(`../../assets/templates/${id}.json`, import.meta.url);
    const { elaboration } = analyse(openDocument(readFileSync(file, 'utf8')));
    const byLayer = [...residencyOf(elaboration).kept.values()].reduce((sum, n) => sum + n, 0);
    expect(keptIn(elaboration).kept).toBe(byLayer);
  },
);

describe('the peak of a forward pass', () => {
  it('holds what comes in and what is made, and no more in a row', () => {
    expect(of(rowOf([input, conv, conv, conv, ...ends])).inference).toBe(2 * MAP);
  });

  it('holds a shortcut for as long as it is read', () => {
    const doc = documentOf({
      in: input as never,
      a: ['conv2d', { filters: 4 }, 'in'],
      b: ['conv2d', { filters: 4 }, 'a'],
      sum: ['add', {}, 'a', 'b'],
      pool: ['global-avg-pool', {}, 'sum'],
      fc: ['dense', { units: 10 }, 'pool'],
      out: ['output', {}, 'fc'],
    });
    // a and b, and the sum written over one of them
    expect(of(doc).inference).toBe(2 * MAP);
    const longer = documentOf({
      in: input as never,
      a: ['conv2d', { filters: 4 }, 'in'],
      b: ['conv2d', { filters: 4 }, 'a'],
      c: ['conv2d', { filters: 4 }, 'b'],
      sum: ['add', {}, 'a', 'c'],
      pool: ['global-avg-pool', {}, 'sum'],
      fc: ['dense', { units: 10 }, 'pool'],
      out: ['output', {}, 'fc'],
    });
    expect(of(longer).inference).toBe(3 * MAP);
  });
});

describe('the largest batch', () => {
  const doc = rowOf([input, conv, ...ends]);
  const { optimizer } = TrainingSettings.parse({});
  const at = (batch: number) => analyse({ ...doc, training: { ...doc.training, batch } }).memory.total;

  it('fits, and one picture more does not', () => {
    const bytes = at(1000) + 10;
    const most = largestBatch(analyse(doc), { optimizer, recompute: false }, bytes);
    expect(at(most)).toBeLessThanOrEqual(bytes);
    expect(at(most + 1)).toBeGreaterThan(bytes);
  });

  it('grows several times where the layers of a deep net are computed twice', () => {
    const deep = analyse(rowOf([input, ...Array.from({ length: 40 }, () => conv), ...ends]));
    const most = (recompute: boolean) => largestBatch(deep, { optimizer, recompute }, 1e9);
    expect(most(true) / most(false)).toBeGreaterThan(2);
  });

  it('is 0 where not one picture fits', () => {
    expect(largestBatch(analyse(doc), { optimizer, recompute: false }, 1e6)).toBe(0);
  });
});

describe('the predicted time', () => {
  const net = analyse(rowOf([input, conv, ...ends]));
  const once = { batch: 32, recompute: false };

  it('is that of a probe, once there was one', () => {
    const slowness = slownessOf(net, once, 0.5);
    expect(stepSeconds(net, 32, slowness)).toBeCloseTo(0.5, 12);
    expect(epochSeconds(net, { ...once, images: 320, validation: 0 }, slowness)).toBeCloseTo(5, 9);
    expect(epochSeconds(net, { ...once, images: 320, validation: 96 }, slowness)).toBeCloseTo(5.5, 9);
  });

  it('grows with the batch', () => {
    expect(stepSeconds(net, 64)).toBeGreaterThan(stepSeconds(net, 32));
  });
});

it('counts multiply-adds for each byte that a layer moves', () => {
  const { elaboration } = analyse(rowOf([input, conv, ...ends]));
  const layer = elaboration.flat.find((n) => n.cost.macs > 0)!;
  expect(intensity(layer)).toBeCloseTo((MAP * 36) / (4 * (2 * MAP + 144)), 9);
});
