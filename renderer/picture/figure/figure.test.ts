import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../engine/analysis/analyse';
import type { GraphDocument } from '../../../engine/graph/document';
import { openDocument } from '../../../engine/graph/file';
import { documentOf, type Spec } from '../../../engine/graph/testing';
import { figurePicture } from './figure';
import { folded } from './fold';
import { layOut } from './layout';
import { mapsOf } from './maps';
import { skipMarks } from './ways';

const template = (id: string): GraphDocument =>
  openDocument(readFileSync(new URL(`../../../assets/templates/${id}.json`, import.meta.url), 'utf8'), id);
const bodiesOf = (doc: GraphDocument) => layOut(folded(mapsOf(analyse(doc)), 'auto'), 'root');
const mapsIn = (id: string) => bodiesOf(template(id)).map((b) => b.map);

/** `n` residual units of two convolutions, drawn node by node. */
function units(n: number): GraphDocument {
  const spec: Record<string, Spec[string]> = {
    in: ['input', { shape: [16, 16, 3] }],
    c: ['conv2d', { filters: 8 }, 'in'],
  };
  let last = 'c';
  for (let i = 0; i < n; i++) {
    spec[`a${i}`] = ['conv2d', { filters: 8 }, last];
    spec[`b${i}`] = ['conv2d', { filters: 8 }, `a${i}`];
    spec[`s${i}`] = ['add', {}, last, `b${i}`];
    last = `s${i}`;
  }
  return documentOf(spec);
}

describe('the figure of a net', () => {
  it('draws VGG-16 as its paper lists it: 13 convolutions with ReLU, 5 pools, 3 dense layers', () => {
    const maps = mapsIn('vgg-d');
    const count = (category: string) => maps.filter((m) => m.category === category).length;
    expect([count('io'), count('conv'), count('pool'), count('dense')]).toEqual([1, 13, 5, 3]);
    expect(maps.filter((m) => m.activated)).toHaveLength(15);
  });

  it('makes higher what is larger and longer what has more channels, in the same order', () => {
    const bodies = bodiesOf(template('vgg-d'));
    for (const a of bodies)
      for (const b of bodies) {
        if (a.map.shape.length < 3 || b.map.shape.length < 3) continue;
        expect(Math.sign(a.high - b.high)).toBe(Math.sign(a.map.shape[0]! - b.map.shape[0]!));
        if (a.map.shape[2]! > b.map.shape[2]!) expect(a.long).toBeGreaterThanOrEqual(b.long);
      }
  });

  it('stands every body to the right of the one before', () => {
    for (const id of ['googlenet', 'densenet-121', 'mobilenet-v2', 'inception-v3', 'resnext-50-32x4d']) {
      const bodies = bodiesOf(template(id));
      for (const [i, b] of bodies.entries())
        if (i > 0) expect(b.x, id).toBeGreaterThan(bodies[i - 1]!.x + bodies[i - 1]!.long);
    }
  });

  it('folds ResNet-50 into its four stages of 3, 4, 6 and 3 residual blocks', () => {
    const stages = mapsIn('resnet-50').filter((m) => m.category === 'block');
    expect(stages.map((m) => [m.times, m.around])).toEqual([3, 4, 6, 3].map((n) => [n, 'add']));
  });

  it('counts the copies of a repeated block: 111 in each stage of ResNet-1001', () => {
    expect(
      mapsIn('preact-resnet-1001')
        .filter((m) => m.around)
        .map((m) => m.times),
    ).toEqual([111, 111, 111]);
  });

  it('shows what GoogLeNet and DenseNet put side by side as bands that add up to the channels', () => {
    const inception = mapsIn('googlenet').find((m) => m.id === 'inception-3a')!;
    expect(inception.bands).toEqual([64, 128, 32, 32]);
    const block = mapsIn('densenet-121').find((m) => m.id === 'block1')!;
    expect([block.times, block.bands]).toEqual([6, [64, 32, 32, 32, 32, 32, 32]]);
  });

  it('leads the ways of a U over what lies between, one above the other', () => {
    const doc = documentOf({
      in: ['input', { shape: [32, 32, 1] }],
      a: ['conv2d', { filters: 8 }, 'in'],
      p: ['max-pool', {}, 'a'],
      b: ['conv2d', { filters: 16 }, 'p'],
      q: ['max-pool', {}, 'b'],
      c: ['conv2d', { filters: 32 }, 'q'],
      u: ['upsample', {}, 'c'],
      x: ['concat', {}, 'b', 'u'],
      v: ['upsample', {}, 'x'],
      y: ['concat', {}, 'a', 'v'],
    });
    const bodies = bodiesOf(doc);
    const { marks, ends } = skipMarks(bodies);
    expect([...ends].sort()).toEqual(['a', 'b', 'x', 'y']);
    const tops = marks.flatMap((m) =>
      m.mark === 'path' ? [Math.min(...[...m.d.matchAll(/ (-[\d.]+)/g)].map((d) => Number(d[1])))] : [],
    );
    expect(tops[1]!).toBeLessThanOrEqual(tops[0]! - 14);
    expect(bodies.find((b) => b.map.id === 'x')!.map.bands).toEqual([16, 32]);
  });

  it('keeps a sum of two ways as a sign while there is room, and folds a net of 1,000 layers', () => {
    const few = folded(mapsOf(analyse(units(2))), 'auto');
    expect(few.filter((m) => m.sign === 'add')).toHaveLength(2);
    const many = folded(mapsOf(analyse(units(500))), 'auto');
    expect(many.length).toBeLessThan(5);
    expect(many.at(-1)).toMatchObject({ around: 'add', times: 1001 });
  });

  it('draws a net with faults as far as shapes are known, and nothing of an empty one', () => {
    const broken = documentOf({ in: ['input', { shape: [8, 8, 3] }], x: ['nonsense', {}, 'in'] });
    expect(bodiesOf(broken)).toHaveLength(1);
    expect(figurePicture(documentOf({}), analyse(documentOf({}))).marks).toEqual([]);
  });

  it('draws the selection alone', () => {
    const doc = template('lenet-5');
    const { marks } = figurePicture(doc, analyse(doc), { only: ['conv1', 'pool1'], legend: false });
    const words = marks.flatMap((m) => (m.mark === 'text' ? [m.text] : []));
    expect(words).toContain('Conv 5×5');
    expect(words).not.toContain('Dense');
  });
});
