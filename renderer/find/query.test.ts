import { describe, expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { documentOf } from '../../engine/graph/testing';
import { factsOf, subjectsOf } from './facts';
import { findNodes, parseQuery } from './query';

const doc = documentOf({
  in: ['input', { shape: [28, 28, 3] }],
  stem: ['conv2d', { filters: 32, kernel: 7, stride: 2 }, 'in'],
  relu: ['activation', {}, 'stem'],
  tall: ['conv2d', { filters: 64, kernel: [1, 7], bias: false }, 'relu'],
  pool: ['max-pool', { kernel: 2 }, 'tall'],
  block: ['residual', { filters: 64, stride: 1 }, 'pool'],
  gap: ['global-avg-pool', {}, 'block'],
  fc: ['dense', { units: 12 }, 'gap'],
  out: ['output', { classes: 10 }, 'fc'],
});
const analysis = analyse(doc);
const facts = factsOf(analysis, doc.edges, analysis.problems);
const subjects = subjectsOf(facts);
const find = (text: string) =>
  findNodes(
    parseQuery(text, (w) => subjects.has(w)),
    facts,
  );
const outer = (text: string) => find(text).filter((p) => !p.includes('/'));

describe('finding nodes', () => {
  it('goes by words of name, id, kind and shape, and looks into blocks', () => {
    expect(outer('pool')).toEqual(['pool', 'gap']);
    expect(outer('stem')).toEqual(['stem']);
    expect(find('conv')).toEqual(['stem', 'tall', 'block/conv1', 'block/conv2']);
    expect(outer('conv 1x7')).toEqual(['tall']);
    expect(find('')).toEqual([]);
    expect(find('transformer')).toEqual([]);
  });

  it('goes by parameters, typed as one says them', () => {
    for (const text of ['stride 2 conv', 'conv stride=2', 'stride = 2 conv'])
      expect(find(text)).toEqual(['stem']);
    expect(outer('kernel > 3')).toEqual(['stem', 'tall']);
    expect(outer('kernel>=7')).toEqual(['stem', 'tall']);
    expect(outer('kernel 7')).toEqual(['stem']);
    expect(outer('kernel 1×7')).toEqual(['tall']);
    expect(outer('bias off conv')).toEqual(['tall']);
    expect(outer('function = relu')).toEqual(['relu']);
  });

  it('goes by shape and cost, with k, M and %', () => {
    expect(outer('shape 14x14')).toEqual(['stem', 'relu', 'tall']);
    expect(outer('shape 7x7x64')).toEqual(['pool', 'block']);
    expect(outer('in 28x28')).toEqual(['stem']);
    expect(outer('> 20k params')).toEqual(['block']);
    expect(outer('params > 20k')).toEqual(['block']);
    expect(outer('share > 30% -block')).toEqual(outer('macs > 1M -block'));
    expect(outer('channels 12')).toEqual(['fc']);
  });

  it('goes by what is wrong', () => {
    expect(find('problem')).toEqual(['out']);
    expect(find('error dense')).toEqual([]);
    expect(find('block')).toEqual(['block']);
  });

  it('takes either of two, and leaves out what is not wanted', () => {
    expect(outer('dense or pool')).toEqual(['pool', 'gap', 'fc']);
    expect(outer('conv -stem')).toEqual(['tall']);
    expect(outer('conv not stride 2')).toEqual(['tall']);
  });

  it('takes two words that no node has together for nodes in a row', () => {
    expect(outer('conv relu')).toEqual(['stem', 'relu']);
    expect(find('conv -> batch')).toContain('block/conv1');
    expect(outer('relu -> conv -> pool')).toEqual(['relu', 'tall', 'pool']);
    expect(find('pool -> dense -> pool')).toEqual([]);
  });
});
