import { describe, expect, it } from 'vitest';
import { size } from '../ir/shape';
import { chain, costOfAll, type Step, weightsOf } from './testing';

// Whole nets from the papers, in a row: parameters as published, or recounted where the print is rounded.

const relu: Step = ['activation', { function: 'relu' }];
const conv = (filters: number, kernel: number, params: Record<string, unknown> = {}): readonly Step[] => [
  ['conv2d', { filters, kernel, ...params }],
  relu,
];
const convBn = (filters: number, kernel: number, params: Record<string, unknown> = {}): readonly Step[] => [
  ['conv2d', { filters, kernel, bias: false, ...params }],
  ['batch-norm'],
  relu,
];
const classifier = (classes: number): readonly Step[] => [
  ['global-avg-pool'],
  ['dense', { units: classes }],
  ['output', { classes }],
];
const denseHead = (last: number): readonly Step[] => [
  ...([
    ['flatten'],
    ['dense', { units: 4096 }],
    relu,
    ['dropout'],
    ['dense', { units: 4096 }],
    relu,
  ] as Step[]),
  ...([['dropout'], ['dense', { units: last }], ['output', { classes: last }]] as Step[]),
];
const params = (shape: readonly number[], steps: readonly Step[]) =>
  costOfAll(chain(shape, steps)).params.trainable;

describe('AlexNet (2012)', () => {
  const pool: Step = ['max-pool', { kernel: 3, stride: 2 }];
  const features: readonly Step[] = [
    ...[...conv(96, 11, { stride: 4, padding: 'valid' }), ['lrn'] as Step, pool],
    ...[...conv(256, 5, { groups: 2 }), ['lrn'] as Step, pool],
    ...conv(384, 3),
    ...conv(384, 3, { groups: 2 }),
    ...[...conv(256, 3, { groups: 2 }), pool],
  ];

  it('has 60,965,224 parameters with its groups', () => {
    expect(params([227, 227, 3], [...features, ...denseHead(1000)])).toBe(60_965_224);
  });

  it('ends its convolutions with 6×6×256', () => {
    expect(chain([227, 227, 3], features).shape).toEqual([6, 6, 256]);
  });
});

describe('VGG (2014)', () => {
  const block = (filters: number, count: number): readonly Step[] => [
    ...Array.from({ length: count }, () => conv(filters, 3, { padding: 1 })).flat(),
    ['max-pool'],
  ];
  const vgg = (counts: readonly number[]) => counts.flatMap((n, i) => block([64, 128, 256, 512, 512][i]!, n));

  it('has 138,357,544 parameters in D (VGG16)', () => {
    expect(params([224, 224, 3], [...vgg([2, 2, 3, 3, 3]), ...denseHead(1000)])).toBe(138_357_544);
  });

  it.each([
    ['A', 133, [1, 1, 2, 2, 2]],
    ['B', 133, [2, 2, 2, 2, 2]],
    ['E', 144, [2, 2, 4, 4, 4]],
  ] as const)('has in %s the %i million that table 2 prints', (_, million, counts) => {
    const found = params([224, 224, 3], [...vgg(counts), ...denseHead(1000)]);
    expect(Math.round(found / 1e6)).toBe(million);
  });
});

describe('GoogLeNet (2014)', () => {
  const module = (c1: number, r3: number, c3: number, r5: number, c5: number, pool: number): Step => [
    'inception',
    { c1, r3, c3, r5, c5, pool },
  ];
  const pool: Step = ['max-pool', { kernel: 3, stride: 2, padding: 'same' }];
  const steps: readonly Step[] = [
    ...[...conv(64, 7, { stride: 2 }), pool, ['lrn'] as Step],
    ...[...conv(64, 1), ...conv(192, 3), ['lrn'] as Step, pool],
    ...[module(64, 96, 128, 16, 32, 32), module(128, 128, 192, 32, 96, 64), pool],
    ...[
      module(192, 96, 208, 16, 48, 64),
      module(160, 112, 224, 24, 64, 64),
      module(128, 128, 256, 24, 64, 64),
    ],
    ...[module(112, 144, 288, 32, 64, 64), module(256, 160, 320, 32, 128, 128), pool],
    ...[module(256, 160, 320, 32, 128, 128), module(384, 192, 384, 48, 128, 128)],
    ['avg-pool', { kernel: 7, stride: 1 }],
  ];

  it('ends in the 1×1×1024 of table 1', () => {
    expect(chain([224, 224, 3], steps).shape).toEqual([1, 1, 1024]);
  });

  it('has 6,998,552 parameters and 1,582.7 M multiply-accumulates, counted from its definition', () => {
    const head: readonly Step[] = [['flatten'], ['dropout', { rate: 0.4 }], ['dense', { units: 1000 }]];
    const cost = costOfAll(chain([224, 224, 3], [...steps, ...head]));
    expect(cost.params).toEqual({ trainable: 6_998_552, nonTrainable: 0 });
    expect(cost.macs / 1e6).toBeCloseTo(1582.7, 1);
  });
});

describe('ResNet on ImageNet (2015)', () => {
  const resnet = (form: 'basic' | 'bottleneck', counts: readonly number[]): readonly Step[] => [
    ...convBn(64, 7, { stride: 2, padding: 3 }),
    ['max-pool', { kernel: 3, stride: 2, padding: 1 }],
    ...counts.flatMap((count, stage) =>
      Array.from({ length: count }, (_, i): Step => {
        const filters = (form === 'basic' ? 64 : 256) * 2 ** stage;
        return ['residual', { form, filters, stride: stage > 0 && i === 0 ? 2 : 1, shortcut: 'projection' }];
      }),
    ),
    ...classifier(1000),
  ];

  it.each([
    [18, 'basic', [2, 2, 2, 2], 11_689_512],
    [34, 'basic', [3, 4, 6, 3], 21_797_672],
    [50, 'bottleneck', [3, 4, 6, 3], 25_557_032],
    [101, 'bottleneck', [3, 4, 23, 3], 44_549_160],
    [152, 'bottleneck', [3, 8, 36, 3], 60_192_808],
  ] as const)('has in ResNet-%i, %s, stages of %j, %i parameters', (_, form, counts, published) => {
    expect(params([224, 224, 3], resnet(form, counts))).toBe(published);
  });
});

describe('ResNet on CIFAR (2015), shortcut A', () => {
  const resnet = (n: number): readonly Step[] => [
    ...convBn(16, 3),
    ...[16, 32, 64].flatMap((filters, stage) =>
      Array.from(
        { length: n },
        (_, i): Step => ['residual', { filters, stride: stage > 0 && i === 0 ? 2 : 1, shortcut: 'zero-pad' }],
      ),
    ),
    ...classifier(10),
  ];

  it.each([
    [20, 0.27],
    [32, 0.46],
    [44, 0.66],
    [56, 0.85],
    [110, 1.7],
    [1202, 19.4],
  ])('has in ResNet-%i the %f million parameters of table 6', (layers, million) => {
    const found = params([32, 32, 3], resnet((layers - 2) / 6)) / 1e6;
    expect(Math.abs(found - million)).toBeLessThan(million < 1 ? 0.005 : 0.05);
  });
});

describe('Pre-activation ResNet on CIFAR (2016)', () => {
  it('has in ResNet-1001 the 10.2 million weights of table 4, and 10.33 million with batch norm', () => {
    const units = [64, 128, 256].flatMap((filters, stage) =>
      Array.from({ length: 111 }, (_, i): Step => {
        const stride = stage > 0 && i === 0 ? 2 : 1;
        const unit = 'full-preact';
        return ['residual', { form: 'bottleneck', unit, filters, stride, shortcut: 'projection' }];
      }),
    );
    const net = chain(
      [32, 32, 3],
      [
        ['conv2d', { filters: 16, kernel: 3, bias: false }],
        ...units,
        ...([['batch-norm'], relu] as Step[]),
        ...classifier(10),
      ],
    );
    const weights = weightsOf(net).filter((w) => w.attrs.trainable);
    const normless = weights.filter((w) => !/^(gamma|beta)$/.test(w.attrs.name));
    const million = (ws: typeof weights) => ws.reduce((n, w) => n + size(w.shape), 0) / 1e6;
    expect(million(normless)).toBeCloseTo(10.2, 1);
    expect(million(weights)).toBeCloseTo(10.33, 2);
  });
});
