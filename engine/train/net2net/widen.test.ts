import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph/document';
import { documentOf, type Spec } from '../../graph/testing';
import { drawCopies, rewrite } from './rewrite';
import { digits, logitsOf, weightsFor } from './testing';
import { widen } from './widen';

const COUNT = 24;
let pictures: Float32Array;
beforeAll(async () => {
  pictures = await digits(COUNT);
});

const input = ['input', { shape: [14, 14, 1] }] as const;
const head = (from: string): Spec => ({
  gap: ['global-avg-pool', {}, from],
  fc: ['dense', { units: 10 }, 'gap'],
  out: ['output', { classes: 10 }, 'fc'],
});
const block = (id: string, from: string, filters: number, more = {}): Spec => ({
  [id]: ['conv2d', { filters, bias: false, ...more }, from],
  [`${id}-bn`]: ['batch-norm', {}, id],
  [`${id}-relu`]: ['activation', {}, `${id}-bn`],
});

/** The largest difference of two logits, by the largest logit. */
async function difference(doc: GraphDocument, node: string, to: number) {
  const blocks = weightsFor(doc);
  const grown = widen(doc, blocks, { node, to });
  const [a, b] = [await logitsOf(doc, blocks, pictures), await logitsOf(grown.doc, grown.blocks, pictures)];
  const most = Math.max(...a.map(Math.abs));
  expect(most).toBeGreaterThan(0.1);
  return { grown, error: Math.max(...a.map((x, i) => Math.abs(x - b[i]!))) / Math.max(1, most) };
}
const refusal = (doc: GraphDocument, node: string, to: number) => {
  try {
    widen(doc, weightsFor(doc), { node, to });
  } catch (error) {
    return error as { code: string; why: string; remedy: string };
  }
  throw new Error('it was not refused');
};

const nets: Readonly<
  Record<string, readonly [doc: GraphDocument, node: string, to: number, changed: string[]]>
> = {
  'a chain of convolution, batch norm and ReLU': [
    documentOf({ in: input, ...block('a', 'in', 6), ...block('b', 'a-relu', 8), ...head('b-relu') }),
    'a',
    11,
    ['a'],
  ],
  'a dense layer': [
    documentOf({
      ...{
        in: input,
        flat: ['flatten', {}, 'in'],
        a: ['dense', { units: 12 }, 'flat'],
        r: ['activation', {}, 'a'],
      },
      ...{ fc: ['dense', { units: 10 }, 'r'], out: ['output', { classes: 10 }, 'fc'] },
    }),
    'a',
    30,
    ['a'],
  ],
  'a convolution before a flatten and a dense layer': [
    documentOf({
      ...{ in: input, ...block('a', 'in', 4, { stride: 2 }), pool: ['max-pool', {}, 'a-relu'] },
      ...{
        flat: ['flatten', {}, 'pool'],
        fc: ['dense', { units: 10 }, 'flat'],
        out: ['output', { classes: 10 }, 'fc'],
      },
    }),
    'a',
    7,
    ['a'],
  ],
  'a branch that is concatenated, twice, as in a dense block': [
    documentOf({
      ...{ in: input, ...block('a', 'in', 4), ...block('b', 'a-relu', 3) },
      ...{
        c1: ['concat', {}, 'a-relu', 'b-relu'],
        ...block('c', 'c1', 3),
        c2: ['concat', {}, 'c1', 'c-relu'],
      },
      ...{ bn: ['batch-norm', {}, 'c2'], r: ['activation', {}, 'bn'], ...head('r') },
    }),
    'a',
    6,
    ['a'],
  ],
  'layers that are added: both become wider': [
    documentOf({
      ...{
        in: input,
        ...block('a', 'in', 6),
        ...block('b', 'a-relu', 6),
        sum: ['add', {}, 'a-relu', 'b-relu'],
      },
      ...{ ...block('c', 'sum', 5), ...head('c-relu') },
    }),
    'b',
    9,
    ['a', 'b'],
  ],
  'a residual block with what comes into it': [
    documentOf({
      ...{ in: input, ...block('a', 'in', 6), res: ['residual', { filters: 6 }, 'a-relu'] },
      ...{ next: ['residual', { filters: 8, stride: 2, shortcut: 'projection' }, 'res'], ...head('next') },
    }),
    'a',
    10,
    ['a', 'res'],
  ],
  'what comes into depthwise convolutions and a squeeze-excite': [
    documentOf({
      ...{
        in: input,
        ...block('a', 'in', 6),
        se: ['squeeze-excite', { ratio: 2 }, 'a-relu'],
        dw: ['depthwise-conv2d', { multiplier: 2 }, 'se'],
      },
      ...{ pw: ['conv2d', { filters: 5, kernel: 1 }, 'dw'], ...head('pw') },
    }),
    'a',
    8,
    ['a'],
  ],
  'what a zero-padded shortcut hands on: the stages behind get as many more': [
    documentOf({
      ...{ in: input, ...block('a', 'in', 4), s1: ['residual', { filters: 4 }, 'a-relu'] },
      ...{ s2: ['residual', { filters: 7, stride: 2 }, 's1'], s2b: ['residual', { filters: 7 }, 's2'] },
      ...{ s3: ['residual', { filters: 12, stride: 2 }, 's2b'], ...head('s3') },
    }),
    'a',
    6,
    ['a', 's1', 's2', 's2b', 's3'],
  ],
  'a stage behind a zero-padded shortcut: copies of zeros': [
    documentOf({
      ...{ in: input, ...block('a', 'in', 4), s2: ['residual', { filters: 7, stride: 2 }, 'a-relu'] },
      ...{ s2b: ['residual', { filters: 7 }, 's2'], ...head('s2b') },
    }),
    's2b',
    12,
    ['s2', 's2b'],
  ],
  'what is read in groups: copies stay in their own': [
    documentOf({
      ...{ in: input, ...block('a', 'in', 8), g: ['conv2d', { filters: 6, groups: 2 }, 'a-relu'] },
      ...{ four: ['conv2d', { filters: 8, groups: 4 }, 'a-relu'], both: ['concat', {}, 'g', 'four'] },
      ...head('both'),
    }),
    'a',
    20,
    ['a'],
  ],
  'a convolution in groups itself, before another one': [
    documentOf({
      ...{ in: input, ...block('a', 'in', 4), g: ['conv2d', { filters: 6, groups: 2 }, 'a-relu'] },
      ...{ r: ['activation', {}, 'g'], h: ['conv2d', { filters: 6, groups: 3 }, 'r'], ...head('h') },
    }),
    'g',
    12,
    ['g'],
  ],
  'what layer norm and a mean over channels read: as many copies of each': [
    documentOf({
      ...{ in: input, a: ['conv2d', { filters: 5 }, 'in'], ln: ['layer-norm', {}, 'a'] },
      ...{ all: ['layer-norm', { over: 'map' }, 'ln'], b: ['conv2d', { filters: 4 }, 'all'], ...head('b') },
    }),
    'a',
    15,
    ['a'],
  ],
  'what group norm reads, in groups of several channels and of one': [
    documentOf({
      ...{ in: input, a: ['conv2d', { filters: 6 }, 'in'], gn: ['group-norm', { groups: 2 }, 'a'] },
      ...{ one: ['group-norm', { groups: 6 }, 'gn'], b: ['conv2d', { filters: 4 }, 'one'], ...head('b') },
    }),
    'gn',
    12,
    ['a'],
  ],
  'a ConvNeXt block with what comes into it': [
    documentOf({
      ...{ in: input, a: ['conv2d', { filters: 4 }, 'in'], ln: ['layer-norm', {}, 'a'] },
      ...{ b: ['conv2d', { filters: 4 }, 'ln'], s: ['add', {}, 'ln', 'b'], ...head('s') },
    }),
    'b',
    8,
    ['a', 'b'],
  ],
  'what comes into an inception block': [
    documentOf({ in: input, ...block('a', 'in', 6), inc: ['inception', {}, 'a-relu'], ...head('inc') }),
    'a',
    9,
    ['a'],
  ],
};

describe('a wider net', () => {
  it.each(Object.entries(nets))('computes the same: %s', async (_, [doc, node, to, changed]) => {
    const { grown, error } = await difference(doc, node, to);
    expect(error).toBeLessThan(1e-5);
    expect([...grown.nodes].sort()).toEqual(changed);
    expect(grown.blocks.size).toBe(weightsFor(grown.doc).size);
  });

  it('has no two channels that would learn the same', () => {
    const [doc] = nets['a chain of convolution, batch norm and ReLU']!;
    const { blocks } = widen(doc, weightsFor(doc), { node: 'a', to: 12 });
    const { shape, data } = blocks.get('b/kernel')!;
    const of = (channel: number) =>
      Array.from({ length: 9 * shape[3]! }, (_, i) => {
        const [tap, o] = [Math.floor(i / shape[3]!), i % shape[3]!];
        return data[(tap * 12 + channel) * shape[3]! + o]!;
      }).join();
    expect(new Set(Array.from({ length: 12 }, (_, c) => of(c))).size).toBe(12);
  });

  it('is refused where the function would be lost, with what to do', () => {
    const [chain] = nets['a chain of convolution, batch norm and ReLU']!;
    expect(refusal(chain, 'fc', 12).code).toBe('net2net/classes');
    expect(refusal(chain, 'a', 6)).toMatchObject({
      code: 'net2net/width',
      remedy: expect.stringContaining('12'),
    });
    expect(refusal(chain, 'z', 6).code).toBe('net2net/node');
    const toInput = documentOf({
      ...{ in: input, a: ['conv2d', { filters: 1 }, 'in'], sum: ['add', {}, 'in', 'a'], ...head('sum') },
    });
    expect(refusal(toInput, 'a', 4)).toMatchObject({
      code: 'net2net/shared',
      why: expect.stringContaining('the input'),
    });
  });

  it('is refused where copies of no form would do, with a number that does where there is one', () => {
    const read = (id: string, type: string, params: Record<string, unknown>) =>
      documentOf({ in: input, ...block('a', 'in', 8), [id]: [type, params, 'a-relu'], ...head(id) });
    expect(refusal(read('g', 'conv2d', { filters: 4, groups: 4 }), 'a', 10)).toMatchObject({
      code: 'net2net/width',
      why: expect.stringContaining('4 groups'),
    });
    expect(refusal(read('n', 'layer-norm', {}), 'a', 12)).toMatchObject({
      code: 'net2net/op',
      why: expect.stringContaining('as many copies'),
      remedy: expect.stringContaining('multiple of 8, such as 16'),
    });
    expect(refusal(read('n', 'lrn', {}), 'a', 16)).toMatchObject({
      code: 'net2net/op',
      why: expect.stringContaining('neighbouring'),
    });
    // what is joined may not have its copies at will
    const joined = documentOf({
      ...{ in: input, ...block('a', 'in', 4), ...block('b', 'in', 4), c: ['concat', {}, 'a-relu', 'b-relu'] },
      ...{ g: ['conv2d', { filters: 4, groups: 2 }, 'c'], ...head('g') },
    });
    expect(refusal(joined, 'a', 6)).toMatchObject({
      code: 'net2net/op',
      why: expect.stringContaining('groups'),
    });
  });
});

describe('a rewritten weight', () => {
  it('has the old channels first, and draws of them behind', () => {
    const copies = drawCopies(3, 8, 1);
    expect(copies.slice(0, 3)).toEqual([0, 1, 2]);
    expect(copies.slice(3).every((c) => c >= 0 && c < 3)).toBe(true);
  });

  it('shares what is summed among copies, and repeats what is not', () => {
    const block = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
    const repeated = rewrite(block, [{ axis: 1, copies: [0, 1, 1], shared: false }], 1);
    expect([repeated.shape, [...repeated.data]]).toEqual([
      [2, 3],
      [1, 2, 2, 3, 4, 4],
    ]);
    const { data } = rewrite(block, [{ axis: 0, copies: [0, 1, 0], shared: true }], 1);
    expect(data[0]! + data[4]!).toBeCloseTo(1, 6);
    expect(data[1]! + data[5]!).toBeCloseTo(2, 6);
    expect([data[2], data[3]]).toEqual([3, 4]);
    expect(data[4]! / data[0]!).not.toBeCloseTo(data[5]! / data[1]!, 2);
  });
});
