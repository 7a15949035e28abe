import { expect, it } from 'vitest';
import type { GraphDocument } from '../../graph/document';
import { documentOf, type Spec } from '../../graph/testing';
import { deepen } from './deepen';
import { digits, logitsOf, weightsFor } from './testing';

const start: Spec = {
  in: ['input', { shape: [14, 14, 1] }],
  a: ['conv2d', { filters: 5, bias: false }, 'in'],
  bn: ['batch-norm', {}, 'a'],
  r: ['activation', {}, 'bn'],
};
const head = (from: string): Spec => ({
  ...{
    flat: ['flatten', {}, from],
    fc: ['dense', { units: 10 }, 'flat'],
    out: ['output', { classes: 10 }, 'fc'],
  },
});
const chain = documentOf({ ...start, pool: ['max-pool', {}, 'r'], ...head('pool') });

async function difference(doc: GraphDocument, after: string) {
  const [pictures, blocks] = [await digits(16), weightsFor(doc)];
  const grown = deepen(doc, blocks, after);
  const [a, b] = [await logitsOf(doc, blocks, pictures), await logitsOf(grown.doc, grown.blocks, pictures)];
  expect(Math.max(...a.map(Math.abs))).toBeGreaterThan(0.1);
  return { grown, error: Math.max(...a.map((x, i) => Math.abs(x - b[i]!))) };
}
const sourceOf = (doc: GraphDocument, node: string) =>
  Object.values(doc.edges).find((e) => e.to.node === node)!.from.node;

it('a deeper net computes the same; the new layer stands behind the ReLU of the chain', async () => {
  const { grown, error } = await difference(chain, 'a');
  expect(error).toBeLessThan(1e-5);
  expect(sourceOf(grown.doc, grown.nodes[0]!)).toBe('r');
  expect(sourceOf(grown.doc, 'pool')).toBe(grown.nodes[1]);
  expect(grown.blocks.get(`${grown.nodes[0]}/kernel`)!.shape).toEqual([3, 3, 5, 5]);
});

it('a vector takes a Dense, and a pool of what is not negative is a place too', async () => {
  for (const after of ['pool', 'flat']) expect((await difference(chain, after)).error).toBeLessThan(1e-5);
});

it('all that read a node read the new layer', async () => {
  const doc = documentOf({
    ...{ ...start, b: ['conv2d', { filters: 5 }, 'r'], br: ['activation', {}, 'b'] },
    ...{ sum: ['add', {}, 'r', 'br'], ...head('sum') },
  });
  const { grown, error } = await difference(doc, 'r');
  expect(error).toBeLessThan(1e-5);
  expect(Object.values(grown.doc.edges).filter((e) => e.from.node === 'r')).toHaveLength(1);
  expect((await difference(doc, 'sum')).error).toBeLessThan(1e-5);
});

it('is refused where a ReLU would cut what is negative', () => {
  const refused = (after: string) => () => deepen(chain, weightsFor(chain), after);
  expect(refused('fc')).toThrow(expect.objectContaining({ code: 'net2net/negative' }));
  expect(refused('z')).toThrow(expect.objectContaining({ code: 'net2net/node' }));
});
