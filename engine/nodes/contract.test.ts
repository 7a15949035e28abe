import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../errors';
import type { Value } from '../ir/ir';
import { input } from '../ir/ops';
import type { Shape } from '../ir/shape';
import { findKind, nodeKinds } from './catalogue';
import { type NodeDef, portNames } from './define';
import { type Field, fieldsOf } from './fields';
import { OUTSIDE } from './subgraph';
import { lowerOn, weightsOf } from './testing';

type Params = Record<string, unknown>;

const shapes: readonly Shape[] = [
  [32, 32, 16],
  [28, 28, 192],
  [7, 5, 64],
  [2, 9, 6],
  [1, 1, 10],
  [100],
  [10],
  [64, 8],
  [5, 3],
  [8, 16, 16, 4],
  [1, 7, 6, 64],
];

/** Every set of inputs that a test tries: equal ones, and for a merge some that do not fit each other. */
function givens({ inputs, example }: NodeDef): readonly (readonly Shape[])[] {
  const own = example?.shapes ? [example.shapes] : [];
  if (!('atLeast' in inputs)) {
    return inputs.length === 0 ? [[]] : [...own, ...shapes.map((s) => inputs.map(() => s))];
  }
  return shapes.flatMap((a) => shapes.map((b) => [a, b])).concat(shapes.map((s) => [s, s, s]));
}

/** Both ends of a field's range, and each manner of writing its value. */
function valuesOf(field: Field): readonly unknown[] {
  switch (field.control) {
    case 'int':
    case 'number':
      return [field.min, field.max];
    case 'pair':
      return [field.min, field.max, [1, 3], [3, 2]];
    case 'triple':
      return [field.min, field.max, [1, 3, 3], [3, 1, 2]];
    case 'padding':
      return ['same', 'valid', 0, 1, 1024, [1, 2], [0, 1, 2, 1], [1, 0, 1]];
    case 'shape':
      return [
        [1, 1, 1],
        [32, 24, 3],
        [16, 4],
        [4, 8, 8, 2],
      ];
    case 'text':
    case 'record':
      return [];
    case 'toggle':
      return [true, false];
    case 'choice':
      return field.options;
  }
}

/** Above this many combinations of choices, each choice is tried with the others at their defaults. */
const MOST_COMBINED = 12;

/** Every combination of choices, and with each of them every value that works of every other field alone. */
function variantsOf(node: NodeDef): readonly Params[] {
  const fields = fieldsOf(node.params);
  const choices = fields.filter((f) => f.control === 'choice');
  const each = choices.flatMap((f) => valuesOf(f).map((v): Params => ({ [f.name]: v })));
  const product = choices.reduce<Params[]>(
    (all, f) =>
      all.length > MOST_COMBINED ? all : all.flatMap((p) => valuesOf(f).map((v) => ({ ...p, [f.name]: v }))),
    [{}],
  );
  const combined = product.length > MOST_COMBINED ? [{}, ...each] : product;
  const alone = fields
    .filter((f) => f.control !== 'choice')
    .flatMap((f) => valuesOf(f).map((v): Params => ({ [f.name]: v })))
    .filter((one) => node.params.safeParse(one).success);
  return combined.flatMap((p) => [p, ...alone.map((one) => ({ ...p, ...one }))]);
}

/** The result, or the fault the user is told of; any other error is ours and fails the test. */
function attempt(node: NodeDef, params: Params, given: readonly Shape[]): Value | UserError {
  try {
    return lowerOn([node.type, params], given.map(input));
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

const attempts = (node: NodeDef) =>
  variantsOf(node).flatMap((params) => givens(node).map((given) => attempt(node, params, given)));
const results = (node: NodeDef) => attempts(node).filter((r) => !(r instanceof UserError)) as Value[];
const faults = (node: NodeDef) => attempts(node).filter((r) => r instanceof UserError);

it('has one kind a folder, named as the folder', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name);
  expect(nodeKinds.map((n) => n.type).sort()).toEqual(folders.sort());
  for (const type of folders) expect(type).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
});

it('has one kind where pictures come in, and one where class scores leave', () => {
  expect(nodeKinds.filter((n) => n.role === 'input')).toHaveLength(1);
  expect(nodeKinds.filter((n) => n.role === 'output')).toHaveLength(1);
});

// Rules every kind keeps. A new folder in engine/nodes is tested here with no edit.
describe.each(nodeKinds)('$type', (node) => {
  const fields = fieldsOf(node.params);
  const variants = variantsOf(node);
  const holdsOthers = fields.some((f) => f.control === 'record');

  it('has a default for every parameter', () => {
    expect(Object.keys(node.params.parse({})).sort()).toEqual(Object.keys(node.params.shape).sort());
  });

  it('has a title, a source with its year, and help of two sentences', () => {
    expect(node.title).toMatch(/^[A-Z].{1,23}$/);
    expect(node.source).toMatch(/\b(19|20)\d\d\b/);
    expect(node.help).toMatch(/^[A-Z].{20,}[.] .{20,}[.]$/s);
    expect(node.version).toBeGreaterThanOrEqual(1);
  });

  it('tells the inspector how to draw every parameter, and shows each for some choice', () => {
    expect(fields.map((f) => f.name)).toEqual(Object.keys(node.params.shape));
    for (const f of fields) {
      expect(f.title).not.toBe('');
      expect(f.help, `help of ${f.name}`).toMatch(/^[A-Z].{4,}[^.]$/);
      for (const stop of f.stops ?? []) expect(() => node.params.parse({ [f.name]: stop })).not.toThrow();
      expect(f.name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(variants.some((p) => f.only?.(node.params.parse(p)) ?? true)).toBe(true);
      for (const quick of f.quick ?? []) expect(() => node.params.parse({ [f.name]: quick })).not.toThrow();
    }
  });

  it('reads its parameters back from JSON as they were', () => {
    for (const p of variants) {
      const params = node.params.parse(p);
      expect(node.params.parse(JSON.parse(JSON.stringify(params)))).toEqual(params);
    }
  });

  it('refuses a parameter that it does not know', () => {
    expect(node.params.safeParse({ nonsense: 1 }).success).toBe(false);
  });

  it('has short words for the canvas, whatever its parameters', () => {
    for (const params of variants.map((p) => node.params.parse(p))) {
      expect((node.name?.(params) ?? node.title).length).toBeLessThanOrEqual(40);
      expect(node.detail(params).length).toBeLessThanOrEqual(80);
    }
  });

  it('works with its defaults, and gives a map or a vector of whole, positive sizes', () => {
    const works = givens(node).some((given) => !(attempt(node, {}, given) instanceof UserError));
    expect(works).toBe(true);
    for (const { shape } of results(node)) {
      expect([1, 2, 3, 4]).toContain(shape.length);
      expect(shape.every((d) => Number.isInteger(d) && d > 0)).toBe(true);
    }
  });

  it('says what is wrong, why, and what to do, at a parameter or port that exists', () => {
    const ports = portNames(node.inputs, 3);
    for (const fault of faults(node)) {
      expect(fault.code).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
      for (const text of [fault.what, fault.why, fault.remedy]) expect(text).toMatch(/^\S.*[.]$/);
      expect(`${fault.what} ${fault.remedy}`).not.toMatch(/undefined|NaN|Infinity/);
      // a kind that holds any other tells of those at their own parameters
      if (fault.place.param !== undefined && !holdsOthers)
        expect(Object.keys(node.params.shape)).toContain(fault.place.param);
      if (fault.place.port !== undefined) expect(ports).toContain(fault.place.port);
    }
  });

  if (node.kind === 'layer') {
    it('gives each of its weights a name of its own', () => {
      for (const root of results(node)) {
        const names = weightsOf(root).map((w) => w.attrs.name);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      }
    });
  }

  if (node.resize) {
    it('gives the number of channels or units that it is asked for', () => {
      const params = node.params.parse(node.resize!(node.params.parse({}), 24));
      const made = [...givens(node), [[24]]].map((given) => attempt(node, params, given));
      const sizes = made.flatMap((r) => (r instanceof UserError ? [] : [r.shape.at(-1)]));
      expect(new Set(sizes)).toEqual(new Set([24]));
    });
  }

  if (node.role === 'input') {
    it('takes pictures of the shape that it is asked to accept', () => {
      const params = node.params.parse(node.accept!(node.params.parse({}), [32, 24, 3]));
      expect(lowerOn([node.type, params], []).shape).toEqual([32, 24, 3]);
    });
  }

  if (node.kind === 'composite') {
    const insides = variants.flatMap((p) =>
      givens(node).flatMap((given) => {
        try {
          return [node.expand(node.params.parse(p), given)];
        } catch (error) {
          if (error instanceof UserError) return [];
          throw error;
        }
      }),
    );

    it('is made of kinds that exist, with parameters that they take', () => {
      for (const { nodes } of insides) {
        for (const [id, inner] of Object.entries(nodes)) {
          expect(id).toMatch(/^[A-Za-z][\w-]{0,63}$/);
          expect(findKind(inner.type), inner.type).toBeDefined();
          expect(findKind(inner.type)!.params.safeParse(inner.params).error).toBeUndefined();
        }
      }
    });

    it('lists its nodes in execution order, so without a cycle, and wires every port in its order', () => {
      for (const { nodes, edges, output } of insides) {
        const seen = new Set([OUTSIDE]);
        for (const [id, inner] of Object.entries(nodes)) {
          const into = edges.filter((e) => e.to.node === id);
          for (const { from } of into) {
            expect(seen, `${id} reads ${from.node}`).toContain(from.node);
            expect(from.node === OUTSIDE ? node.inputs : ['out']).toContain(from.port);
          }
          const { inputs } = findKind(inner.type)!;
          expect(into.map((e) => e.to.port)).toEqual(portNames(inputs, into.length));
          seen.add(id);
        }
        expect(Object.keys(nodes)).toContain(output.node);
        expect(edges.every((e) => e.to.node in nodes)).toBe(true);
      }
    });

    it('states each fault itself: what it expands to has none', () => {
      for (const params of variants) {
        for (const given of givens(node)) {
          const inner = attempt(node, params, given);
          const own = (() => {
            try {
              node.expand(node.params.parse(params), given);
              return false;
            } catch {
              return true;
            }
          })();
          if (inner instanceof UserError && !holdsOthers) expect(own, inner.message).toBe(true);
        }
      }
    });
  }
});
