import { describe, expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import type { GraphDocument } from '../../engine/graph/document';
import { findKind } from '../../engine/nodes/catalogue';
import { bestPort, explainConnection, faultOfNew, portsOf, refuses, verdicts } from './connection';
import { columnOf } from './testing';

const net = columnOf({
  in: ['input', { shape: [28, 28, 1] }],
  conv: ['conv2d', { filters: 16 }, 'in'],
  down: ['conv2d', { filters: 32, stride: 2 }, 'conv'],
  bn: ['batch-norm', {}, 'conv'],
  add: ['add', {}, 'conv', 'bn'],
  block: ['residual', { filters: 16 }, 'conv'],
  gap: ['global-avg-pool', {}, 'down'],
  fc: ['dense', { units: 10 }, 'gap'],
  loose: ['conv2d', { filters: 8 }],
});
const explain = (from: string, to: string, doc: GraphDocument = net) => {
  const [a, b] = [from.split('.'), to.split('.')];
  return explainConnection(doc, analyse(doc), { node: a[0]!, port: a[1]! }, { node: b[0]!, port: b[1]! });
};

describe('a wire before it is drawn', () => {
  it('is fine where the target takes the shape', () => {
    expect(explain('conv.out', 'loose.x')).toBeNull();
    expect(explain('conv.out', 'block.x')).toBeNull();
  });

  it('may be drawn from either end', () => {
    expect(explain('loose.x', 'conv.out')).toBeNull();
    expect(explain('fc.x', 'conv.out')?.code).toBe('dense/not-a-vector');
  });

  it('is refused where it would close a cycle, by the names of both ends', () => {
    const fault = explain('down.out', 'conv.x')!;
    expect(fault.code).toBe('connect/cycle');
    expect(fault.what).toContain('Conv 3×3 already follows from Conv 3×3');
    expect(refuses(fault)).toBe(true);
  });

  it.each([
    ['conv.out', 'conv.x', 'connect/self'],
    ['conv.out', 'down.out', 'connect/two-outputs'],
    ['conv.x', 'down.x', 'connect/two-inputs'],
    ['conv.out', 'block/conv1.x', 'connect/inside'],
    ['conv.out', 'down.x7', 'connect/no-such-port'],
  ])('from %s to %s is refused: %s', (from, to, code) => expect(explain(from, to)?.code).toBe(code));

  it('says which shapes clash at an Add, beside what already leads there', () => {
    const fault = explain('down.out', 'add.x2')!;
    expect(fault.code).toBe('merge/shapes');
    expect(fault.what).toBe('x1 is 28×28×16, but x2 is 14×14×32.');
    expect(fault.place).toEqual({ node: 'add', port: 'x2' });
    expect(refuses(fault)).toBe(false);
  });

  it('says what a Dense makes of a map, and a block of a vector', () => {
    expect(explain('down.out', 'fc.x')?.remedy).toContain('Flatten');
    expect(explain('fc.out', 'block.x')?.code).toBe('shape/not-a-map');
  });

  it('is not judged while the shape is not known', () => {
    expect(explain('loose.out', 'fc.x')).toBeNull();
  });

  it('lets the wire that leads to the port now give way: no cycle by it', () => {
    const doc = columnOf({ in: ['input', {}], a: ['conv2d', {}, 'in'], b: ['conv2d', {}, 'a'] });
    expect(explain('in.out', 'b.x', doc)).toBeNull();
  });
});

describe('the ports of a graph', () => {
  const found = verdicts(net, analyse(net), { node: 'conv', port: 'out' });

  it('say each what a single question says', () => {
    for (const [key, fault] of found) expect(fault).toEqual(explain('conv.out', key.replace(' ', '.')));
  });

  it('are all there, with a free one at a node that takes any number', () => {
    expect(portsOf(net, analyse(net), 'add')).toEqual(['x1', 'x2', 'x3']);
    expect([...found.keys()]).toContain('add x3');
    expect(found.has('in x')).toBe(false);
  });

  it('are chosen free before taken, and sound before wrong', () => {
    expect(bestPort(net, found, 'add')).toEqual({ node: 'add', port: 'x3' });
    expect(bestPort(net, found, 'in')).toBeUndefined();
  });
});

describe('a new node behind a wire', () => {
  it.each([
    ['conv2d', null],
    ['residual', null],
    ['dense', 'dense/not-a-vector'],
    ['input', 'connect/no-input'],
    ['add', null],
  ])('%s after 28×28×16: %s', (type, code) => {
    expect(faultOfNew(findKind(type)!, [28, 28, 16])?.code ?? null).toBe(code);
  });
});
