import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { documentOf, type Spec } from '../graph/testing';
import { elaborate } from './elaborate';
import type { Problem } from './problem';
import { repaired } from './testing';

const net = {
  in: ['input', { shape: [28, 28, 1] }],
  conv: ['conv2d', { filters: 8 }, 'in'],
  flat: ['flatten', {}, 'conv'],
  dense: ['dense', { units: 10 }, 'flat'],
  out: ['output', { classes: 10 }, 'dense'],
} satisfies Spec;
const sound = documentOf(net);
const wire = (from: string, to: string, port = 'x', out = 'out') => ({
  from: { node: from, port: out },
  to: { node: to, port },
});
const withWires = (edges: GraphDocument['edges'], doc = sound): GraphDocument => ({
  ...doc,
  edges: { ...doc.edges, ...edges },
});
const withNodes = (nodes: GraphDocument['nodes'], doc = sound): GraphDocument => ({
  ...doc,
  nodes: { ...doc.nodes, ...nodes },
});
const node = (type: string, params = {}) => ({ type, v: 1, params });
const codes = (doc: GraphDocument): string[] => elaborate(doc).problems.map((p) => p.code);
const only = (doc: GraphDocument, code: string): Problem => {
  const found = elaborate(doc).problems.filter((p) => p.code === code);
  expect(found, codes(doc).join()).toHaveLength(1);
  return found[0]!;
};

it('finds nothing wrong with a sound net', () => {
  expect(elaborate(sound).problems).toEqual([]);
});

interface Wrong {
  readonly code: string;
  readonly doc: GraphDocument;
  readonly place: Problem['place'];
  readonly what: string;
  readonly remedy: string;
  /** Whether a button mends it. */
  readonly button?: boolean;
}
const without = (id: string): GraphDocument => {
  const { [id]: _, ...nodes } = sound.nodes;
  const kept = Object.entries(sound.edges).filter(([, e]) => e.from.node !== id && e.to.node !== id);
  return { ...sound, nodes, edges: Object.fromEntries(kept) };
};
const withParams = (id: string, params: object): GraphDocument =>
  withNodes({ [id]: { ...sound.nodes[id]!, params: { ...sound.nodes[id]!.params, ...params } } });

const wrongs: readonly Wrong[] = [
  {
    code: 'graph/cycle',
    doc: documentOf({
      ...net,
      sum: ['add', {}, 'in', 'act'],
      act: ['activation', {}, 'sum'],
      conv: ['conv2d', { filters: 8 }, 'act'],
    }),
    place: { node: 'sum', edge: 'act-sum-x2' },
    what: 'The graph has a cycle: sum → act → sum.',
    remedy: "Remove wire act-sum-x2 from 'act' to 'sum'.",
    button: true,
  },
  {
    code: 'graph/cycle',
    doc: withWires({ loop: wire('conv', 'conv') }, without('in')),
    place: { node: 'conv', edge: 'loop' },
    what: 'The graph has a cycle: conv → conv.',
    remedy: "Remove wire loop from 'conv' to 'conv'.",
    button: true,
  },
  {
    code: 'edge/dangling',
    doc: withWires({ e: wire('conv', 'nobody') }),
    place: { edge: 'e' },
    what: "Wire e leads to 'nobody', which is not there.",
    remedy: 'Remove wire e, or give it a node that exists.',
    button: true,
  },
  {
    code: 'edge/dangling',
    doc: withWires({ e: wire('constructor', 'conv') }),
    place: { edge: 'e' },
    what: "Wire e leads from 'constructor', which is not there.",
    remedy: 'Remove wire e',
    button: true,
  },
  {
    code: 'edge/no-such-port',
    doc: withWires({ e: wire('in', 'flat', 'y') }),
    place: { edge: 'e' },
    what: "flat has no port 'y'.",
    remedy: 'Connect wire e to a port that exists, or remove it.',
    button: true,
  },
  {
    code: 'edge/no-such-port',
    doc: withWires({ e: wire('in', 'extra', 'x', 'side') }, withNodes({ extra: node('flatten') })),
    place: { edge: 'e' },
    what: "in has no port 'side'.",
    remedy: 'Connect wire e',
    button: true,
  },
  {
    code: 'edge/no-such-port',
    doc: withWires({ e: wire('dense', 'in') }),
    place: { edge: 'e' },
    what: "in has no port 'x'.",
    remedy: 'remove it',
    button: true,
  },
  {
    code: 'edge/port-taken',
    doc: withWires({ second: wire('in', 'flat') }),
    place: { edge: 'second', node: 'flat', port: 'x' },
    what: "Two wires, conv-flat-x and second, lead to input 'x' of flat.",
    remedy: 'join both sources by an Add or Concat',
    button: true,
  },
  {
    code: 'node/unconnected',
    doc: without('conv'),
    place: { node: 'flat', port: 'x' },
    what: 'Flatten has no wire to its input x.',
    remedy: "Connect an output to port x of 'flat'",
  },
  {
    code: 'node/unconnected',
    doc: documentOf({ ...net, sum: ['add', {}, 'conv'] }),
    place: { node: 'sum', port: 'x1' },
    what: 'Add has no wire to its input x1.',
    remedy: "Connect an output to port x1 of 'sum'",
  },
  {
    code: 'node/dead-end',
    doc: documentOf({ ...net, pool: ['max-pool', {}, 'conv'] }),
    place: { node: 'pool' },
    what: 'Nothing that Max pool 2×2 computes reaches the output.',
    remedy: "Connect 'pool' onwards, or delete it.",
    button: true,
  },
  {
    code: 'node/unknown',
    doc: withNodes({ later: node('not-a-kind', { ratio: 4 }) }),
    place: { node: 'later' },
    what: "There is no node kind 'not-a-kind' here.",
    remedy: 'Update Convloom',
  },
  {
    code: 'node/parameter',
    doc: withParams('conv', { kernel: -3 }),
    place: { node: 'conv', param: 'kernel' },
    what: 'Conv: kernel does not hold a value that works.',
    remedy: 'Set kernel to 3',
    button: true,
  },
  {
    code: 'node/parameter',
    doc: withParams('conv', { filters: 1.5 }),
    place: { node: 'conv', param: 'filters' },
    what: 'Conv: filters does not hold',
    remedy: 'Set filters to 64',
    button: true,
  },
  {
    code: 'node/parameter',
    doc: withParams('conv', { colour: 'red' }),
    place: { node: 'conv', param: 'colour' },
    what: "Conv has no parameter 'colour'.",
    remedy: "Remove 'colour'.",
    button: true,
  },
  {
    code: 'graph/no-input',
    doc: without('in'),
    place: {},
    what: 'The graph has no Input node.',
    remedy: 'Drag Input from the palette',
  },
  {
    code: 'graph/no-output',
    doc: without('out'),
    place: {},
    what: 'The graph has no Output node.',
    remedy: 'Drag Output from the palette',
  },
  {
    code: 'graph/two-inputs',
    doc: withNodes({ second: node('input') }),
    place: { node: 'second' },
    what: 'The graph has 2 Input nodes.',
    remedy: "Delete 'second'.",
    button: true,
  },
  {
    code: 'graph/two-outputs',
    doc: documentOf({ ...net, second: ['output', { classes: 10 }, 'dense'] }),
    place: { node: 'second' },
    what: 'The graph has 2 Output nodes.',
    remedy: "Delete 'second'.",
    button: true,
  },
  {
    code: 'output/classes',
    doc: withParams('out', { classes: 7 }),
    place: { node: 'out', param: 'classes' },
    what: '10 scores come in for 7 classes.',
    remedy: 'Set units of the Dense before it to 7, or classes to 10.',
  },
];

describe.each(wrongs)('$code: $what', ({ code, doc, place, what, remedy, button }) => {
  it('is told once, with its place and what to do', () => {
    const found = only(doc, code);
    expect(found.place).toEqual(place);
    expect(found.what).toContain(what);
    expect(found.remedy).toContain(remedy);
    expect(found.severity).toBe(code === 'node/dead-end' ? 'warning' : 'error');
  });

  it(button ? 'is gone after its repair, and nothing new is wrong' : 'has no button', () => {
    const found = only(doc, code);
    expect(found.repairs).toHaveLength(button ? 1 : 0);
    for (const repair of found.repairs) {
      const left = codes(repaired(doc, repair));
      expect(left).not.toContain(code);
      // a wire taken out of a cycle leaves a port without one
      const before = code === 'graph/cycle' ? [...codes(doc), 'node/unconnected'] : codes(doc);
      for (const other of left) expect(before).toContain(other);
    }
  });
});

it('says nothing of the ports of a kind that it does not know', () => {
  const doc = withWires(
    { a: wire('conv', 'later', 'memory'), b: wire('later', 'extra', 'x', 'state') },
    withNodes({ later: node('not-a-kind'), extra: node('activation') }),
  );
  expect(codes(doc)).toEqual(['node/unknown']);
});

it('tells of the first fault only, and not of what follows from it', () => {
  const doc = withParams('conv', { kernel: 0 });
  expect(codes(doc)).toEqual(['node/parameter']);
  expect(elaborate(doc).nodes.get('dense')!.output).toBeUndefined();
});

it('names a fault within a composite by the composite and its parameter', () => {
  const doc = documentOf({
    ...net,
    conv: ['residual', { filters: 1 }, 'wide'],
    wide: ['conv2d', { filters: 8 }, 'in'],
  });
  expect(only(doc, 'residual/shortcut').place).toEqual({ node: 'conv', param: 'shortcut' });
});
