import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { openDocument } from '../graph/file';
import { documentOf, rowOf } from '../graph/testing';
import { addCost, NO_COST } from '../ir/cost';
import { type Analysis, analyse, report } from './analyse';
import { fieldSize } from './receptive-field';
import { opened } from './testing';

type Steps = Parameters<typeof rowOf>[0][number][];
const conv = (filters: number, kernel: number, params: object = {}): Steps[number] => [
  'conv2d',
  { filters, kernel, ...params },
];
const relu: Steps[number] = ['activation'];
const head = (units: number, classes: number): Steps => [
  ...([
    ['flatten'],
    ['dense', { units }],
    relu,
    ['dense', { units: classes }],
    ['output', { classes }],
  ] as Steps),
];
const field = (analysis: Analysis, path: string) => {
  const { field: f } = analysis.nodes.get(path)!;
  return [fieldSize(f!), f!.step];
};

describe('receptive fields', () => {
  const vgg16 = () => {
    const steps: Steps = [['input', { shape: [224, 224, 3] }]];
    const at: Record<string, string> = {};
    [2, 2, 3, 3, 3].forEach((count, block) => {
      for (let i = 1; i <= count; i++) {
        steps.push(conv([64, 128, 256, 512, 512][block]!, 3), relu);
        at[`conv${block + 1}_${i}`] = `n${steps.length - 1}`;
      }
      steps.push(['max-pool']);
      at[`pool${block + 1}`] = `n${steps.length - 1}`;
    });
    return { analysis: analyse(rowOf([...steps, ...head(4096, 1000)])), at };
  };

  // Araujo, Norris, Sim, Computing Receptive Fields, Distill 2019, table: VGG-16 212, AlexNet 195 at the last pool
  it.each([
    ['conv1_2', 5, 1],
    ['pool1', 6, 2],
    ['conv5_3', 196, 16],
    ['pool5', 212, 32],
  ])('of VGG-16 at %s are %i pixels, %i apart', (name, size, step) => {
    const { analysis, at } = vgg16();
    expect(field(analysis, at[name]!)).toEqual([
      [size, size],
      [step, step],
    ]);
  });

  it('of VGG-16 cover the padded picture behind the first dense layer', () => {
    const { analysis } = vgg16();
    expect(analysis.field).toBe(analysis.nodes.get('n36')!.field);
    expect(fieldSize(analysis.field!)).toEqual([212 + 6 * 32, 212 + 6 * 32]);
  });

  it.each([
    ['conv1', 'n1', 11, 4],
    ['conv2', 'n4', 51, 8],
    ['conv5', 'n10', 163, 16],
    ['pool5', 'n12', 195, 32],
  ])('of AlexNet at %s (%s) are %i pixels, %i apart', (_, path, size, step) => {
    const pool: Steps[number] = ['max-pool', { kernel: 3, stride: 2 }];
    const analysis = analyse(
      rowOf([
        ...([
          ['input', { shape: [227, 227, 3] }],
          conv(96, 11, { stride: 4, padding: 'valid' }),
          relu,
          pool,
        ] as Steps),
        ...[conv(256, 5, { groups: 2 }), relu, pool],
        ...[conv(384, 3), relu, conv(384, 3, { groups: 2 }), conv(256, 3, { groups: 2 }), relu, pool],
        ...head(4096, 1000),
      ]),
    );
    expect(field(analysis, path)).toEqual([
      [size, size],
      [step, step],
    ]);
  });

  it('follow dilation, unequal kernels and strides, and join where paths meet', () => {
    const analysis = analyse(
      documentOf({
        in: ['input', { shape: [33, 33, 1] }],
        wide: ['conv2d', { filters: 2, kernel: 3, dilation: 4 }, 'in'],
        flat: ['conv2d', { filters: 2, kernel: [1, 7] }, 'in'],
        sum: ['add', {}, 'wide', 'flat'],
        pool: ['avg-pool', { kernel: [2, 3], stride: [1, 2] }, 'sum'],
      }),
    );
    expect(field(analysis, 'wide')).toEqual([
      [9, 9],
      [1, 1],
    ]);
    expect(field(analysis, 'sum')).toEqual([
      [9, 9],
      [1, 1],
    ]);
    expect(field(analysis, 'flat')).toEqual([
      [1, 7],
      [1, 1],
    ]);
    expect(field(analysis, 'pool')).toEqual([
      [10, 11],
      [1, 2],
    ]);
  });
});

describe('a composite', () => {
  const doc = documentOf({
    in: ['input', { shape: [32, 32, 16] }],
    stem: ['conv2d', { filters: 16, bias: false }, 'in'],
    block: ['residual', { filters: 32, stride: 2, shortcut: 'projection' }, 'stem'],
    deep: ['residual', { filters: 64, form: 'bottleneck', unit: 'full-preact', stride: 2 }, 'block'],
    look: ['inception', { c1: 8, r3: 4, c3: 8, r5: 2, c5: 4, pool: 4 }, 'deep'],
    pool: ['global-avg-pool', {}, 'look'],
    dense: ['dense', { units: 10 }, 'pool'],
    out: ['output', { classes: 10 }, 'dense'],
  });
  /** Layers with their figures, by path; the opened form writes `-` where the folded one writes `/`. */
  const rows = (d: GraphDocument) => {
    const made = report(d, analyse(d), true);
    const figures = made.nodes.map(({ path, type, output, params, macs, receptiveField }) => [
      path.replaceAll('/', '-'),
      { type, output, params, macs, receptiveField },
    ]);
    return { ...made, nodes: Object.fromEntries(figures) };
  };

  it.each([['block'], ['deep'], ['look'], ['block', 'look'], ['block', 'deep', 'look']])(
    'opened has the same layers, figures and problems as folded: %s %s %s',
    (...ids) => {
      const flat = ids.filter(Boolean).reduce((d, id) => opened(d, id), doc);
      expect(Object.keys(flat.nodes).length).toBeGreaterThan(Object.keys(doc.nodes).length);
      expect(rows(flat)).toEqual(rows(doc));
    },
  );

  it('costs what its inside costs, and all shares of a net add up to one', () => {
    const { nodes, elaboration, total } = analyse(doc);
    for (const n of elaboration.nodes.values()) {
      if (n.children.length === 0) continue;
      const inside = n.children.map((c) => nodes.get(c.path)!.cost).reduce(addCost, NO_COST);
      expect(nodes.get(n.path)!.cost).toEqual(inside);
    }
    const shares = [...elaboration.nodes.keys()].map((id) => nodes.get(id)!.share);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(total).toEqual([...elaboration.nodes.keys()].map((id) => nodes.get(id)!.cost).reduce(addCost));
  });
});

describe('totals', () => {
  it('leave out what does not reach the output', () => {
    const net = rowOf([
      ['input', { shape: [8, 8, 3] }],
      ['global-avg-pool'],
      ['dense', { units: 10 }],
      ['output'],
    ]);
    const stray = { ...net, nodes: { ...net.nodes, stray: { type: 'conv2d', v: 1, params: {} } } };
    const wired = {
      ...stray,
      edges: { ...net.edges, s: { from: { node: 'n0', port: 'out' }, to: { node: 'stray', port: 'x' } } },
    };
    expect(analyse(wired).total).toEqual(analyse(net).total);
    expect(analyse(wired).nodes.get('stray')!.cost.macs).toBe(8 * 8 * 9 * 3 * 64);
  });

  it.each(['lenet-5', 'resnet-20', 'resnet-50', 'googlenet', 'vgg-d'])(
    'of the template %s have no problem',
    (name) => {
      const file = new URL(`../../assets/templates/${name}.json`, import.meta.url);
      const doc = openDocument(readFileSync(file, 'utf8'));
      const { problems, total } = analyse(doc);
      expect(problems).toEqual([]);
      expect(total.params.trainable).toBeGreaterThan(1000);
    },
  );
});

describe('memory of training', () => {
  const memory = (training: object) =>
    analyse(
      rowOf(
        [
          ['input', { shape: [8, 8, 3] }],
          conv(4, 3),
          ['batch-norm'],
          ['global-avg-pool'],
          ...head(5, 10).slice(1),
        ],
        training,
      ),
    ).memory;
  // conv 3·3·3·4 + 4, norm 4 + 4 and as many that are tracked, dense 4·5 + 5 and 5·10 + 10
  const trainable = 108 + 4 + 8 + 25 + 60;
  // what convolution, norm and two products read, what the ReLU gives, and the softmax
  const results = 8 * 8 * 3 + 8 * 8 * 4 + 4 + 5 + 10;

  it('is weights, gradients, momentum and the results of the forward pass, in bytes', () => {
    const { workspace, ...parts } = memory({ batch: 32 });
    expect(workspace).toBeGreaterThan(0);
    expect(parts).toEqual({
      batch: 32,
      weights: 4 * (trainable + 8),
      gradients: 4 * trainable,
      optimizer: 4 * trainable,
      activations: 4 * 32 * results,
      total: 4 * (3 * trainable + 8 + 32 * results) + workspace,
    });
  });

  it('has two moments for Adam and nothing for plain SGD', () => {
    expect(memory({ optimizer: { type: 'adam' } }).optimizer).toBe(8 * trainable);
    expect(memory({ optimizer: { type: 'sgd', momentum: 0 } }).optimizer).toBe(0);
  });
});
