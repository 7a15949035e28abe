import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setParam } from '../graph/commands/nodes';
import { GraphDocument } from '../graph/document';
import { openDocument, saveDocument } from '../graph/file';
import { addCost, costOf, NO_COST } from '../ir/cost';
import { topological } from '../ir/ir';
import { findKind, nodeKinds } from '../nodes/catalogue';
import { type NodeDef, portNames, portsOf } from '../nodes/define';
import { type Field, fieldsOf } from '../nodes/fields';
import { analyse, report } from './analyse';
import { link } from './link';

/** A value of a field, of every manner in which it can be written; now and then none that it takes. */
function drawn(field: Field): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom<unknown>('nonsense', -1, null, [1, 2, 3, 4, 5], {});
  const usual = ((): fc.Arbitrary<unknown> => {
    switch (field.control) {
      case 'int':
        return fc.integer({ min: field.min, max: Math.min(field.max, 16) });
      case 'number':
        return fc.constantFrom(field.min, Math.min(field.max, 0.5), Math.min(field.max, 1));
      case 'pair':
        return fc.oneof(
          fc.integer({ min: 1, max: 5 }),
          fc.tuple(fc.constantFrom(1, 3), fc.constantFrom(1, 2)),
        );
      case 'triple':
        return fc.constantFrom<unknown>(1, 2, [1, 3, 3], [3, 1, 1]);
      case 'padding':
        return fc.constantFrom<unknown>('same', 'valid', 0, 1, [1, 2], [0, 1, 2, 1]);
      case 'shape':
        return fc.constantFrom<unknown>([32, 32, 3], [7, 5, 2], [16, 4], [4, 8, 8, 2]);
      case 'toggle':
        return fc.boolean();
      case 'choice':
        return fc.constantFrom(...field.options);
      case 'text':
        return fc.constantFrom('residual', 'conv2d', 'repeat', 'no-such-kind');
      case 'record':
        return fc.constantFrom<unknown>({}, { filters: 4 }, []);
    }
  })();
  return fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: wrong });
}

/** Some of a kind's parameters; the others keep their defaults. */
const paramsOf = (def: NodeDef): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(fieldsOf(def.params).map((f) => [f.name, drawn(f)])), { requiredKeys: [] });

interface Step {
  readonly def: NodeDef;
  readonly params: Record<string, unknown>;
}
const kindOf = (type: string): NodeDef => findKind(type)!;
const isEnd = (def: NodeDef) => def.role === 'input' || def.role === 'output';
/** Any kind, with any parameters. */
const any = fc
  .constantFrom(...nodeKinds.filter((k) => !isEnd(k)))
  .chain((def) => paramsOf(def).map((params): Step => ({ def, params })));
/** Kinds that take every map, as they are. */
const sound = fc
  .constantFrom(
    ...[
      'conv2d',
      'depthwise-conv2d',
      'separable-conv2d',
      'batch-norm',
      'activation',
      'dropout',
      'layer-norm',
    ],
    ...[
      'add',
      'concat',
      'residual',
      'resnext',
      'inception',
      'inception-bn',
      'dense-block',
      'highway',
      'fire',
    ],
    ...[
      'squeeze-excite',
      'inverted-residual',
      'convnext',
      'xception',
      'scale',
      'upsample',
      'repeat',
      'group',
    ],
  )
  .map((type): Step => ({ def: kindOf(type), params: type === 'residual' ? { filters: 512 } : {} }));
const tail: readonly Step[] = [
  { def: kindOf('global-avg-pool'), params: {} },
  { def: kindOf('dense'), params: { units: 10 } },
];

/** An input, nodes that each read earlier ones, and an output: a DAG. Mostly a node reads the one just before it. */
const netsOf = (middle: fc.Arbitrary<Step>, end: readonly Step[] = []): fc.Arbitrary<GraphDocument> =>
  fc
    .record({
      shape:
        end.length > 0 ? fc.constant([16, 16, 3]) : fc.constantFrom([32, 32, 3], [16, 4], [4, 12, 12, 2]),
      middles: fc.array(middle, { minLength: 1, maxLength: 12 }),
      picks: fc.array(fc.nat(11), { minLength: 16, maxLength: 16 }),
      joined: fc.integer({ min: 1, max: end.length > 0 ? 1 : 3 }),
    })
    .map(({ shape, middles, picks, joined }) => {
      const input = { def: kindOf('input'), params: { shape } };
      const all: Step[] = [input, ...middles, ...end, { def: kindOf('output'), params: { classes: 10 } }];
      let next = 0;
      const edges = all.flatMap(({ def, params }, i) => {
        const parsed = def.params.safeParse(params);
        const ports = portNames(portsOf(def, parsed.data as Record<string, unknown> | undefined), joined);
        return ports.map((port, p) => {
          const from = p === 0 ? i - 1 : picks[next++ % picks.length]! % Math.max(1, i);
          return { from: { node: `n${from}`, port: 'out' }, to: { node: `n${i}`, port } };
        });
      });
      return GraphDocument.parse({
        ...{ format: 'convloom', version: 4, name: 'random' },
        nodes: Object.fromEntries(
          all.map(({ def, params }, i) => [`n${i}`, { type: def.type, v: def.version, params }]),
        ),
        edges: Object.fromEntries(edges.filter((e) => e.to.node !== 'n0').map((e, i) => [`e${i}`, e])),
      });
    });
const nets = fc.oneof(netsOf(any), netsOf(fc.oneof(sound, any), tail));

const RUNS = { numRuns: 300, seed: 20261123 };

describe('a random net', () => {
  it('is analysed whole: each fault has a code, a sentence and a node that exists', () => {
    fc.assert(
      fc.property(nets, (doc) => {
        const { problems, elaboration, total } = analyse(doc);
        for (const { code, what, remedy, place } of problems) {
          expect(code).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
          expect(what).toMatch(/^\S.*[.]$/s);
          expect(remedy).toMatch(/^\S.*[.]$/s);
          if (place?.node !== undefined) expect(doc.nodes[place.node.split('/')[0]!]).toBeDefined();
        }
        for (const { output } of elaboration.nodes.values()) {
          expect(output?.shape.every((d) => Number.isInteger(d) && d > 0) ?? true).toBe(true);
        }
        expect(Number.isSafeInteger(total.params.trainable)).toBe(true);
      }),
      RUNS,
    );
  });

  it('costs what its primitive ops cost, and what its nodes cost together', () => {
    let checked = 0;
    fc.assert(
      fc.property(netsOf(sound, tail), (doc) => {
        const { elaboration, total, problems } = analyse(doc);
        if (problems.some((p) => p.severity === 'error')) return;
        checked++;
        const { output, auxiliaries } = link(elaboration);
        const ops = costOf(topological([output, ...auxiliaries.map((a) => a.output)]));
        expect([ops.params, ops.macs]).toEqual([total.params, total.macs]);
        const { nodes } = report(doc, analyse(doc), true);
        const leaves = elaboration.flat.reduce((sum, n) => addCost(sum, n.cost), NO_COST);
        expect(nodes.reduce((sum, n) => sum + n.macs, 0)).toBe(leaves.macs);
      }),
      RUNS,
    );
    expect(checked).toBeGreaterThan(100);
  });

  it('says the same after it was saved and opened, and after an edit as when it is read afresh', () => {
    const figures = (doc: GraphDocument) => {
      const { nodes, ...rest } = report(doc, analyse(doc));
      return JSON.stringify([rest, nodes]);
    };
    fc.assert(
      fc.property(nets, fc.nat(11), fc.integer({ min: 1, max: 8 }), (doc, at, value) => {
        expect(figures(openDocument(saveDocument(doc)))).toBe(figures(doc));
        const ids = Object.keys(doc.nodes);
        const id = ids[at % ids.length]!;
        const param = fieldsOf(findKind(doc.nodes[id]!.type)!.params)[0]?.name ?? 'filters';
        const edited = setParam.run(doc, { id, param, value });
        expect(figures(edited)).toBe(figures(structuredClone(edited)));
      }),
      RUNS,
    );
  });
});
