import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph/document';
import { documentOf, rowOf } from '../../graph/testing';
import { analyse } from '../analyse';
import { makeBlock } from '../blocks/own';
import { transformNet } from './apply';
import { changed, errorsOf, macsOf, paramsOf, placesOf, template } from './testing';

const figures = (doc: GraphDocument) => [paramsOf(doc), macsOf(doc)];
const pathsOf = (doc: GraphDocument, id: string) => placesOf(doc, id).map((p) => p.path);

describe('each transformation gives the figures of the papers, or those by hand', () => {
  it('batch norm after every conv: VGG-A has 2,752 channels, each with gamma and beta for its bias', () => {
    const doc = changed(template('vgg-a'), 'batch-norm');
    expect(paramsOf(doc)).toBe(132_863_336 - 2752 + 2 * 2752);
    expect(doc.nodes['conv1-1']!.params).toMatchObject({ bias: false });
    expect(doc.edges['e2']).toBeDefined();
  });

  it('batch norm inside of blocks: GoogLeNet has 57 convolutions, and the blocks become groups', () => {
    const doc = template('googlenet');
    expect(placesOf(doc, 'batch-norm')).toHaveLength(3 + 9 * 6);
    expect(changed(doc, 'batch-norm').nodes['inception-3a']!.params).toMatchObject({
      origin: { type: 'inception' },
    });
  });

  it('batch norm where there is one already: nothing to do, behind a convolution or, pre-activated, before it', () => {
    for (const id of ['resnet-20', 'mobilenet-v2', 'densenet-121', 'resnetv2-50'])
      expect(pathsOf(template(id), 'batch-norm'), id).toEqual([]);
  });

  it('batch norm, taken out again, leaves the net that it was', () => {
    const doc = changed(changed(template('vgg-a'), 'batch-norm'), 'no-batch-norm');
    expect(figures(doc)).toEqual(figures(template('vgg-a')));
  });

  it('separable: of a 3×3 from 64 to 128, 9·64 + 64·128 weights are left; the first conv stays', () => {
    const doc = template('vgg-a');
    expect(pathsOf(doc, 'separable')).not.toContain('conv1-1');
    const pairs = [
      [64, 128],
      [128, 256],
      [256, 256],
      [256, 512],
      [512, 512],
      [512, 512],
      [512, 512],
    ] as const;
    const saved = pairs.reduce((n, [a, b]) => n + 9 * a * b - (9 * a + a * b), 0);
    expect(saved).toBe(8_171_840);
    expect(paramsOf(changed(doc, 'separable'))).toBe(132_863_336 - saved);
  });

  it('ReLU to GELU: 19 of ResNet-20; and back, which gives the very file', () => {
    const doc = template('resnet-20');
    expect(placesOf(doc, 'activation')).toHaveLength(19);
    const gelu = changed(doc, 'activation', { from: 'relu', to: 'gelu' });
    const used = new Set(analyse(gelu).elaboration.flat.map((n) => n.params?.['function']));
    expect([...used].filter(Boolean)).toEqual(['gelu']);
    expect(changed(gelu, 'activation', { from: 'gelu', to: 'relu' })).toEqual(doc);
  });

  it('an activation that the block can set is set, without opening it', () => {
    const doc = changed(template('mobilenet-v2'), 'activation', { from: 'relu6', to: 'hard-swish' });
    expect(doc.nodes['stage2-block1']).toMatchObject({
      type: 'inverted-residual',
      params: { function: 'hard-swish' },
    });
  });

  it('the plain twin of ResNet-20, whose shortcuts have no weights, costs what Plain-20 does', () => {
    expect(figures(changed(template('resnet-20'), 'plain'))).toEqual(figures(template('plain-20')));
  });

  it('the plain twin of ResNet-50 lacks four projections', () => {
    const ends = [
      [64, 256],
      [256, 512],
      [512, 1024],
      [1024, 2048],
    ] as const;
    const projections = ends.reduce((n, [a, b]) => n + a * b + 2 * b, 0);
    expect(paramsOf(changed(template('resnet-50'), 'plain'))).toBe(25_557_032 - projections);
  });

  it('the plain twin of sums that are drawn: the projection goes with the shortcut, in a block too', () => {
    const doc = changed(drawn(), 'plain');
    expect(Object.keys(doc.nodes)).toEqual(['in', 'c1', 'c2', 'relu', 'pool', 'fc', 'out']);
    expect(errorsOf(doc)).toEqual([]);
    const mobile = template('mobilenet-v2');
    expect(placesOf(mobile, 'plain')).toHaveLength(10);
    expect(paramsOf(changed(mobile, 'plain'))).toBe(paramsOf(mobile));
  });

  it('full pre-activation of ResNet-50 and ResNet-110 is that of the templates', () => {
    expect(figures(changed(template('resnet-50'), 'pre-activation'))).toEqual(
      figures(template('resnetv2-50')),
    );
    const doc = changed(template('resnet-110'), 'pre-activation');
    const wanted = template('resnet-110-full-preact');
    expect(figures(doc)).toEqual(figures(wanted));
    expect(doc.nodes['stage1']!.params['first']).toEqual({ activateBoth: true });
    expect(doc.nodes['conv1-bn']).toBeUndefined();
  });

  it('twice the width of ResNet-20 has 1,073,962 parameters; half of that is the very file again', () => {
    const doc = template('resnet-20');
    const stage = (from: number, to: number) => 9 * from * to + 2 * to + 5 * (9 * to * to + 2 * to);
    const wide = changed(doc, 'double-width');
    const stem = 9 * 3 * 32 + 2 * 32;
    expect(paramsOf(wide)).toBe(stem + stage(32, 32) + stage(32, 64) + stage(64, 128) + 128 * 10 + 10);
    expect(wide.nodes['fc']).toEqual(doc.nodes['fc']);
    expect(changed(wide, 'halve-width')).toEqual(doc);
  });

  it('a stage more of ResNet-20 has 128 filters; it takes its place before the pool', () => {
    const doc = changed(template('resnet-20'), 'insert-stage');
    const stage = 9 * 64 * 128 + 2 * 128 + 5 * (9 * 128 * 128 + 2 * 128);
    expect(paramsOf(doc)).toBe(269_722 + stage + 64 * 10);
    expect(doc.nodes['stage4-block1']!.params).toMatchObject({ filters: 128, stride: 2 });
    const ends = Object.values(doc.edges).map((e) => `${e.from.node} ${e.to.node}`);
    expect(ends).toContain('stage4-block3 pool');
    expect(ends).toContain('stage3-block3 stage4-block1');
    expect(ends).not.toContain('stage3-block3 pool');
  });

  it('projections for zero-padded shortcuts: ResNet-20 of option B has 272,474 parameters', () => {
    expect(paramsOf(changed(template('resnet-20'), 'projections'))).toBe(272_474);
  });

  it('squeeze-excite in ResNet-50 gives SE-ResNet-50', () => {
    expect(figures(changed(template('resnet-50'), 'squeeze-excite'))).toEqual(
      figures(template('se-resnet-50')),
    );
  });

  it('stochastic depth grows from block to block, and in a Repeat is that of its middle', () => {
    const rates = (doc: GraphDocument) =>
      Object.values(doc.nodes).flatMap(({ params: p }) => {
        const inner = (p['params'] ?? p) as Record<string, unknown>;
        return inner['stochasticDepth'] ?? [];
      });
    const resnet = changed(template('resnet-20'), 'stochastic-depth', { last: '0.5' });
    expect(rates(resnet)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((l) => Number(((0.5 * l) / 9).toFixed(3))));
    expect(rates(changed(template('resnet-110'), 'stochastic-depth'))).toEqual([0.088, 0.255, 0.421]);
  });

  it('global average pooling in VGG-A: the convolutions and 512·1,000 + 1,000 are left', () => {
    const doc = changed(template('vgg-a'), 'average-head');
    expect(paramsOf(doc)).toBe(9_220_480 + 513_000);
    expect(Object.keys(doc.nodes).slice(-3)).toEqual(['flatten', 'fc8', 'output']);
  });

  it('stride for max pool in VGG-A: the same weights, the same vector of 25,088', () => {
    const doc = changed(template('vgg-a'), 'stride-for-pool');
    expect(paramsOf(doc)).toBe(132_863_336);
    expect(doc.nodes['conv3-2']!.params).toMatchObject({ stride: 2 });
    expect(doc.nodes['pool3']).toBeUndefined();
  });

  it('group norm learns as many numbers as batch norm, and tracks none', () => {
    const doc = changed(template('resnet-20'), 'group-norm');
    expect(placesOf(template('resnet-20'), 'group-norm')).toHaveLength(19);
    expect(analyse(doc).total.params).toEqual({ trainable: 269_722, nonTrainable: 0 });
  });

  it('dropout goes, also where it is a parameter; stochastic depth stays', () => {
    expect(pathsOf(template('vgg-a'), 'no-dropout')).toEqual(['fc6-dropout', 'fc7-dropout']);
    const row = rowOf([
      ['input'],
      ['residual', { dropout: 0.3, stochasticDepth: 0.1 }],
      ['stochastic-depth'],
      ['output'],
    ]);
    const doc = changed(row, 'no-dropout');
    expect(doc.nodes['n1']!.params).toEqual({ dropout: 0, stochasticDepth: 0.1 });
    expect(doc.nodes['n2']).toBeDefined();
  });

  it('without its local response norm VGG-A-LRN is VGG-A', () => {
    expect(figures(changed(template('vgg-a-lrn'), 'no-lrn'))).toEqual(figures(template('vgg-a')));
  });

  it('zero gamma is set where a sum follows', () => {
    expect(placesOf(template('resnet-20'), 'zero-gamma')).toHaveLength(9);
    expect(placesOf(template('plain-20'), 'zero-gamma')).toEqual([]);
  });
});

/** A residual unit drawn with a sum: c1, c2 and a projection. */
const drawn = () =>
  documentOf({
    in: ['input', { shape: [8, 8, 3] }],
    c1: ['conv2d', { filters: 4 }, 'in'],
    c2: ['conv2d', { filters: 4 }, 'c1'],
    p: ['conv2d', { filters: 4, kernel: 1 }, 'in'],
    sum: ['add', {}, 'p', 'c2'],
    relu: ['activation', {}, 'sum'],
    pool: ['global-avg-pool', {}, 'relu'],
    fc: ['dense', { units: 10 }, 'pool'],
    out: ['output', {}, 'fc'],
  });

describe('a selection', () => {
  it('is all that is changed: nodes, whole blocks, and nodes inside of a block', () => {
    const doc = template('resnet-20');
    const of = (...scope: string[]) => placesOf(doc, 'activation', scope).map((p) => p.path);
    expect(of('conv1-relu')).toEqual(['conv1-relu']);
    expect(of('stage1-block1')).toEqual(['stage1-block1/relu1', 'stage1-block1/relu']);
    expect(of('stage1-block1/relu1')).toEqual(['stage1-block1/relu1']);
  });

  it('leaves what is unticked', () => {
    const doc = template('vgg-a');
    const next = transformNet.run(doc, { transform: 'no-dropout', leave: ['fc6-dropout'] });
    expect([next.nodes['fc6-dropout'], next.nodes['fc7-dropout']]).toEqual([
      doc.nodes['fc6-dropout'],
      undefined,
    ]);
  });
});

describe("a document's own blocks", () => {
  const withBlock = () => {
    const row = rowOf([
      ['input'],
      ['conv2d', { filters: 8 }],
      ['activation'],
      ['conv2d', { filters: 8 }],
      ['output'],
    ]);
    const expose = [{ node: 'n1', param: 'filters', name: 'filters', title: 'Filters' }];
    const made = makeBlock.run(row, { ids: ['n1', 'n2'], title: 'Unit', id: 'unit', expose });
    const use = Object.entries(made.nodes).find(([, n]) => n.type === 'my-unit')![0];
    const wire = { from: { node: use, port: 'out' }, to: { node: 'again', port: 'x' } };
    return {
      ...made,
      nodes: { ...made.nodes, again: made.nodes[use]! },
      edges: { ...made.edges, again: wire },
    };
  };

  it('are changed once, however many uses they have', () => {
    const doc = withBlock();
    expect(placesOf(doc, 'activation')).toHaveLength(1);
    const next = changed(doc, 'activation');
    expect(JSON.stringify(next.blocks['unit'])).toContain('gelu');
  });

  it('are widened by the parameter that each use sets', () => {
    const next = changed(withBlock(), 'double-width');
    expect(next.nodes['again']!.params).toEqual({ filters: 16 });
    expect(JSON.stringify(next.blocks['unit'])).toContain('=filters');
  });
});
