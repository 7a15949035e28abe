import { analyse } from '../../engine/analysis/analyse';
import { fieldSize } from '../../engine/analysis/receptive-field';
import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import { formatShape, type Shape } from '../../engine/ir/shape';
import { nodeKinds } from '../../engine/nodes/catalogue';
import { type NodeDef, portNames, portsOf } from '../../engine/nodes/define';
import { type Field, fieldsOf } from '../../engine/nodes/fields';
import { NODE_SIZE } from '../canvas/geometry';
import { layered } from '../canvas/layered';
import { type KindPictureOptions, kindPicture } from '../picture/kind-picture';

/** The page of a kind, made from its definition: what the documentation prints and the window shows. */
export interface KindPage {
  readonly type: string;
  readonly title: string;
  readonly help: string;
  readonly formula: string | undefined;
  readonly composite: boolean;
  readonly params: readonly {
    readonly title: string;
    readonly name: string;
    readonly start: string;
    readonly meaning: string;
    /** Of a choice. */
    readonly options: readonly string[];
  }[];
  /** Of the figure, with what they are called. */
  readonly cost: readonly (readonly [title: string, value: string])[];
  readonly source: string;
  /** Kinds that it is made of. */
  readonly madeOf: readonly string[];
  /** SVG. */
  readonly picture: string;
}

const USUAL: Shape = [28, 28, 32];
/** Blocks of more nodes than this are drawn folded: their figure would be a wall. */
const MOST_DRAWN = 60;

/** @param blocks of the document, for a kind of the user's own */
export function pageOf(
  def: NodeDef,
  colours: KindPictureOptions,
  blocks: GraphDocument['blocks'] = {},
): KindPage {
  const doc = { ...exampleOf(def), blocks };
  const analysis = analyse(doc);
  const node = analysis.elaboration.nodes.get(NODE)!;
  const inside = node.children.length;
  const shown = inside > 0 && inside <= MOST_DRAWN ? { ...doc, layout: { open: [NODE] } } : doc;
  const defaults = def.params.parse({}) as Record<string, unknown>;
  return {
    ...{ type: def.type, title: def.title, help: def.help, formula: def.formula, source: def.source },
    composite: def.kind === 'composite',
    params: fieldsOf(def.params).map((f) => ({
      ...{ title: f.title, name: f.name, options: f.control === 'choice' ? f.options : [] },
      start: f.control === 'record' ? '' : written(defaults[f.name]),
      meaning: [f.help, rangeOf(f)].filter(Boolean).join('; '),
    })),
    cost: costOf(doc),
    madeOf: [...new Set(node.children.map((c) => c.type))],
    picture: kindPicture(shown, analysis, colours),
  };
}

const NODE = 'node';

/** The node with inputs of its example's shapes, laid out from the top down. */
function exampleOf(def: NodeDef): GraphDocument {
  const params = { ...def.example?.params };
  const parsed = def.params.parse(params);
  const ports = portsOf(def, parsed);
  const count = 'atLeast' in ports ? Math.max(2, ports.atLeast) : ports.length;
  const names = portNames(ports, count);
  const shapes = names.map((_, i) => def.example?.shapes?.[i] ?? def.example?.shapes?.[0] ?? USUAL);
  const input = nodeKinds.find((k) => k.role === 'input')!;
  const doc = emptyDocument(def.title);
  const nodes: GraphDocument['nodes'] = { [NODE]: { type: def.type, v: def.version, params } };
  const edges: GraphDocument['edges'] = {};
  names.forEach((port, i) => {
    const id = names.length === 1 ? 'input' : `input${i + 1}`;
    nodes[id] = { type: input.type, v: input.version, params: { shape: shapes[i] } };
    edges[`e${i}`] = { from: { node: id, port: 'out' }, to: { node: NODE, port } };
  });
  const boxes = Object.keys(nodes).map((id) => ({ id, ...NODE_SIZE }));
  const links = Object.values(edges).map((e) => [e.from.node, e.to.node] as const);
  for (const [id, { x, y }] of layered(boxes, links)) nodes[id]!.position = { x, y };
  return { ...doc, nodes, edges };
}

const written = (value: unknown): string =>
  Array.isArray(value) ? value.join('×') : value === '' ? '' : String(value);

const rangeOf = (f: Field): string =>
  f.control === 'int' || f.control === 'number' ? `${f.min} to ${f.max}` : '';

/** What the example costs: the same analysis that the window shows. */
function costOf(doc: GraphDocument): KindPage['cost'] {
  const { nodes } = analyse(doc);
  const node = nodes.get(NODE)!;
  const inputs = node.instance.inputs.map((v) => (v ? formatShape(v.shape) : '?')).join(', ');
  const { params, macs } = node.cost;
  const tracked = params.nonTrainable > 0 ? ` (and ${count(params.nonTrainable)} running statistics)` : '';
  return [
    ...(inputs ? [['in', inputs] as const] : []),
    ['out', node.output ? formatShape(node.output) : '?'],
    ['parameters', `${count(params.trainable)}${tracked}`],
    ['multiply-accumulates', count(macs)],
    ...(node.field && node.instance.inputs.length > 0
      ? [
          [
            'receptive field',
            `${fieldSize(node.field).join('×')}, stride ${node.field.step.join('×')}`,
          ] as const,
        ]
      : []),
  ];
}
const count = (n: number): string => n.toLocaleString('en');
