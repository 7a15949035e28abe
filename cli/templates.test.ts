import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { analyse, report } from '../engine/analysis/analyse';
import { fitDocument } from '../engine/analysis/fit-command';
import { summarise } from '../engine/analysis/template-summary';
import { opened } from '../engine/analysis/testing';
import { openDocument, saveDocument } from '../engine/graph/file';
import { openTemplate, templateIds, templateList } from './templates';

const ids = await templateIds();
const textOf = (id: string) => readFile(new URL(`../assets/templates/${id}.json`, import.meta.url), 'utf8');
const figuresOf = (id: string, shape?: readonly number[]) =>
  openTemplate(id).then((doc) => {
    const fitted = shape ? fitDocument.run(doc, { shape, classes: 10 }) : doc;
    return analyse(fitted);
  });

/** Every id that was ever given: a template keeps its name. */
const IDS = `
  lenet-5 alexnet alexnet-2012 zfnet nin
  vgg-a vgg-a-lrn vgg-b vgg-c vgg-d vgg-e vgg-a-bn vgg-b-bn vgg-d-bn vgg-e-bn
  googlenet googlenet-aux inception-v2 inception-v3 inception-v3-aux inception-v4 inception-resnet-v2
  resnet-18 resnet-34 resnet-50 resnet-101 resnet-152 plain-18 plain-34 resnetv2-50
  resnext-50-32x4d resnext-101-32x4d resnext-101-32x8d resnext-101-64x4d wide-resnet-50-2 se-resnet-50
  densenet-121 densenet-161 densenet-169 densenet-201
  squeezenet-1.0 squeezenet-1.1 mobilenet-v2 xception efficientnet-b0 convnext-tiny nasnet-mobile
  plain-20 plain-56 resnet-20 resnet-32 resnet-44 resnet-56 resnet-110 resnet-1202
  preact-resnet-110 preact-resnet-164 preact-resnet-1001 highway-19 wide-resnet-28-10
  resnext-29-8x64d resnext-29-16x64d densenet-40-12 densenet-bc-100-12 densenet-bc-190-40
  resnet-110-original resnet-110-bn-after-add resnet-110-relu-before-add resnet-110-relu-only-preact
  resnet-110-full-preact resnet-164-original resnet-164-bn-after-add resnet-164-relu-before-add
  resnet-164-relu-only-preact resnet-164-full-preact
  r3d-18 mc3-18 r2plus1d-18
  two-3x3-vs-5x5 three-3x3-vs-7x7 naive-vs-reduced-inception plain-vs-residual resnext-paths-vs-grouped
`.match(/\S+/g)!;

it('the templates are those of the papers', () => {
  expect([...ids].sort()).toEqual([...IDS].sort());
});

it('the list of templates says what each of them is', async () => {
  const list = await templateList();
  expect(list.map((t) => t.id).sort()).toEqual([...IDS].sort());
  for (const row of list) {
    expect(summarise(row.id, row.family, await openTemplate(row.id))).toEqual(row);
  }
});

/** [name, kind, output, trainable parameters] of each layer with weights, in the order of execution. */
interface Layers {
  readonly params: { readonly trainable: number; readonly nonTrainable: number };
  readonly macs: number;
  readonly layers: readonly (readonly [
    name: string,
    kind: string,
    output: readonly number[],
    params: number,
  ])[];
}
async function referenceOf(id: string): Promise<Layers | undefined> {
  const file = new URL(`../scripts/reference/${id}.json`, import.meta.url);
  return readFile(file, 'utf8').then(JSON.parse, () => undefined);
}
const kindOf = (type: string): string =>
  type.includes('conv') ? 'conv' : type.endsWith('norm') ? 'norm' : type;
/** Keras draws the cells of NASNet side by side, so that their layers run in another order. */
const ANOTHER_ORDER = ['nasnet-mobile'];
/** Two nets on one canvas, which no library has. */
const PAIRS = IDS.slice(-5);

describe.each(ids)('%s', (id) => {
  it('opens without problems, and saves to the bytes it has', async () => {
    const text = await textOf(id);
    const doc = openDocument(text);
    expect(saveDocument(doc)).toBe(text);
    expect(analyse(doc).problems).toEqual([]);
  });

  it('names its source with the year', async () => {
    const { reference } = await openTemplate(id);
    expect(reference!.source).toMatch(/\b(19|20)\d\d\b/);
    expect(reference!.note).toMatch(/^[A-Z6].{20,}[.]$/s);
  });

  it('costs as much with a block of each kind opened as folded', async () => {
    const doc = await openTemplate(id);
    const { total, elaboration } = analyse(doc);
    const blocks = Object.entries(doc.nodes).filter(([n]) => elaboration.nodes.get(n)!.children.length > 0);
    const first = new Map(blocks.map(([node, { type }]) => [type, node]));
    for (const node of first.values()) {
      const flat = analyse(opened(doc, node));
      expect([flat.total, flat.problems]).toEqual([total, []]);
    }
  });

  it.skipIf(PAIRS.includes(id))(
    'agrees with the reference implementation to the unit, layer by layer',
    async () => {
      const doc = await openTemplate(id);
      const reference = (await referenceOf(id))!;
      const { params, macs, nodes } = report(doc, analyse(doc), true);
      expect({ params, macs }).toEqual({ params: reference.params, macs: reference.macs });
      const ours = nodes
        .filter((n) => n.params.trainable > 0)
        .map((n) => JSON.stringify([kindOf(n.type), n.output, n.params.trainable]));
      const theirs = reference.layers.map(([, ...layer]) => JSON.stringify(layer));
      if (ANOTHER_ORDER.includes(id)) expect([...ours].sort()).toEqual([...theirs].sort());
      else expect(ours).toEqual(theirs);
      const published = Object.fromEntries(doc.reference!.figures.map((f) => [f.name, f.value]));
      expect([published['parameters'], published['macs']]).toEqual([params.trainable, macs]);
    },
  );
});

describe('two nets side by side', () => {
  const weights = async (id: string, side: string) => {
    const { nodes, elaboration } = await figuresOf(id);
    const rows = [...elaboration.nodes.keys()].filter((n) => n.startsWith(`${side}-`) && !n.endsWith('-fc'));
    const costs = rows.map((n) => nodes.get(n)!.cost);
    return { params: sum(costs.map((c) => c.params.trainable)), macs: sum(costs.map((c) => c.macs)) };
  };
  const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
  const printed = async (id: string) => (await openTemplate(id)).reference!.figures.map((f) => f.value);

  it.each([
    ['two-3x3-vs-5x5', 'two', 'one'],
    ['three-3x3-vs-7x7', 'three', 'one'],
  ])('%s has 9 n C² weights against (2 n + 1)² C²', async (id, many, one) => {
    const both = [(await weights(id, many)).params, (await weights(id, one)).params];
    expect(both).toEqual(await printed(id));
    expect(both[0]! / both[1]!).toBeCloseTo(id.startsWith('two') ? 18 / 25 : 27 / 49, 10);
  });

  it('naive-vs-reduced-inception takes 303 M multiply-adds against 128 M', async () => {
    const id = 'naive-vs-reduced-inception';
    const both = [(await weights(id, 'reduced')).macs, (await weights(id, 'naive')).macs];
    expect(both).toEqual(await printed(id));
    expect(both.map((n) => Math.round(n / 1e6))).toEqual([128, 303]);
  });

  it.each([
    ['plain-vs-residual', 'plain', 'residual'],
    ['resnext-paths-vs-grouped', 'paths', 'grouped'],
  ])('%s has as many weights and multiply-adds on both sides', async (id, a, b) => {
    expect(await weights(id, a)).toEqual(await weights(id, b));
    expect([(await weights(id, a)).params]).toEqual(await printed(id));
  });
});

describe('fitted to the 28×28×1 and 10 classes of MNIST', () => {
  const fits = ['googlenet', 'lenet-5', 'plain-20', 'resnet-20', 'resnet-50', 'resnet-56'];

  it.each(fits)('%s has no problems and gives 10 scores', async (id) => {
    const { problems, elaboration } = await figuresOf(id, [28, 28, 1]);
    expect(problems).toEqual([]);
    expect(elaboration.output!.output!.shape).toEqual([10]);
  });

  it('vgg-d says where its maps become too small to pool', async () => {
    const { problems } = await figuresOf('vgg-d', [28, 28, 1]);
    expect(problems[0]).toMatchObject({ code: 'shape/window', place: { node: 'pool5' } });
  });
});

// Parameters from the tables of the papers, by formulas of their own: nothing of the engine is in them.
const conv = (k: number, from: number, to: number, bias = true) => k * k * from * to + (bias ? to : 0);
const dense = (from: number, to: number) => from * to + to;
const convBn = (k: number, from: number, to: number) => conv(k, from, to, false) + 2 * to;
/** Trainable parameters by node id; nodes without any are left out. */
async function paramsOf(id: string) {
  const { nodes, elaboration } = await figuresOf(id);
  const rows = [...elaboration.nodes.keys()].map(
    (path) => [path, nodes.get(path)!.cost.params.trainable] as const,
  );
  return Object.fromEntries(rows.filter(([, n]) => n > 0));
}

describe('layer by layer', () => {
  it('vgg-d is table 1, column D', async () => {
    const channels = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512];
    const convs = channels.slice(1).map((to, i) => conv(3, channels[i]!, to));
    const fcs = [dense(512 * 7 * 7, 4096), dense(4096, 4096), dense(4096, 1000)];
    expect(Object.values(await paramsOf('vgg-d'))).toEqual([...convs, ...fcs]);
    expect([...convs, ...fcs].reduce((a, b) => a + b)).toBe(138_357_544);
  });

  it('resnet-50 is table 1, 50-layer', async () => {
    const blocks: number[] = [];
    let from = 64;
    for (const [width, count] of [
      [64, 3],
      [128, 4],
      [256, 6],
      [512, 3],
    ] as const) {
      for (let b = 0; b < count; b++) {
        const shortcut = b === 0 ? convBn(1, from, 4 * width) : 0;
        blocks.push(
          convBn(1, from, width) + convBn(3, width, width) + convBn(1, width, 4 * width) + shortcut,
        );
        from = 4 * width;
      }
    }
    const { conv1, 'conv1-bn': bn, fc, ...rest } = await paramsOf('resnet-50');
    expect([conv1! + bn!, fc]).toEqual([convBn(7, 3, 64), dense(2048, 1000)]);
    expect(Object.values(rest)).toEqual(blocks);
  });

  it('googlenet is table 1, with a bias for every filter', async () => {
    const table: readonly (readonly [id: string, from: number, ...filters: number[]])[] = [
      ['3a', 192, 64, 96, 128, 16, 32, 32],
      ['3b', 256, 128, 128, 192, 32, 96, 64],
      ['4a', 480, 192, 96, 208, 16, 48, 64],
      ['4b', 512, 160, 112, 224, 24, 64, 64],
      ['4c', 512, 128, 128, 256, 24, 64, 64],
      ['4d', 512, 112, 144, 288, 32, 64, 64],
      ['4e', 528, 256, 160, 320, 32, 128, 128],
      ['5a', 832, 256, 160, 320, 32, 128, 128],
      ['5b', 832, 384, 192, 384, 48, 128, 128],
    ];
    const modules = table.map(([id, from, c1, r3, c3, r5, c5, proj]) => {
      const ones = [c1!, r3!, r5!, proj!].map((to) => conv(1, from, to));
      return [`inception-${id}`, ones.reduce((a, b) => a + b) + conv(3, r3!, c3!) + conv(5, r5!, c5!)];
    });
    expect(await paramsOf('googlenet')).toEqual({
      conv1: conv(7, 3, 64),
      'conv2-reduce': conv(1, 64, 64),
      conv2: conv(3, 64, 192),
      ...Object.fromEntries(modules),
      fc: dense(1024, 1000),
    });
  });

  it('googlenet has the multiply-adds that table 1 prints, in all rows but its two slips', async () => {
    const printed = {
      ...{
        'inception-3a': 128,
        'inception-3b': 304,
        'inception-4a': 73,
        'inception-4b': 88,
        'inception-4c': 100,
      },
      ...{ 'inception-4d': 119, 'inception-4e': 170, 'inception-5b': 71, fc: 1 },
    };
    const { nodes } = await figuresOf('googlenet');
    for (const [id, millions] of Object.entries(printed)) {
      expect(Math.abs(nodes.get(id)!.cost.macs / 1e6 - millions)).toBeLessThan(1);
    }
  });

  it('resnet-20 and plain-20 have 6 · 3 + 2 layers with weights, and the same number of them', async () => {
    const stages = [
      [16, 16],
      [16, 32],
      [32, 64],
    ] as const;
    const convs = stages.flatMap(([from, to]) => [convBn(3, from, to), ...Array(5).fill(convBn(3, to, to))]);
    const total = [convBn(3, 3, 16), ...convs, dense(64, 10)].reduce((a, b) => a + b);
    expect([convs.length + 2, total]).toEqual([20, 269_722]);
    for (const id of ['resnet-20', 'plain-20'])
      expect((await figuresOf(id)).total.params.trainable).toBe(total);
    const layers = (await figuresOf('plain-20')).elaboration.flat.map((n) => n.type);
    expect(layers.filter((t) => t === 'conv2d' || t === 'dense')).toHaveLength(20);
    expect(layers).not.toContain('add');
  });

  it('lenet-5 has the layers of 1998', async () => {
    expect(await paramsOf('lenet-5')).toEqual({
      conv1: conv(5, 1, 6),
      conv2: conv(5, 6, 16),
      fc1: dense(400, 120),
      fc2: dense(120, 84),
      fc3: dense(84, 10),
    });
  });
});
