import { analyse } from '../../engine/analysis/analyse';
import { fieldSize } from '../../engine/analysis/receptive-field';
import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import { formatShape, type Shape } from '../../engine/ir/shape';
import { nodeKinds } from '../../engine/nodes/catalogue';
import { type NodeDef, portNames, portsOf } from '../../engine/nodes/define';
import { type Field, fieldsOf } from '../../engine/nodes/fields';
import { NODE_SIZE } from '../../renderer/canvas/geometry';
import { layered } from '../../renderer/canvas/layered';
import { type Colours, drawSvg } from '../../renderer/picture/svg';

export interface Page {
  readonly type: string;
  readonly markdown: string;
  readonly picture: string;
}

/** A page for every kind, all from its definition: what it does, its figure, formula, parameters, cost, source. */
export const nodePages = (light: Colours, dark: Colours): readonly Page[] =>
  nodeKinds.map((def) => pageOf(def, light, dark));

const USUAL: Shape = [28, 28, 32];
/** Blocks of more nodes than this are drawn folded: their figure would be a wall. */
const MOST_DRAWN = 60;

function pageOf(def: NodeDef, light: Colours, dark: Colours): Page {
  const doc = exampleOf(def);
  const analysis = analyse(doc);
  const inside = analysis.elaboration.nodes.get(NODE)?.children.length ?? 0;
  const shown = inside > 0 && inside <= MOST_DRAWN ? { ...doc, layout: { open: [NODE] } } : doc;
  const picture = drawSvg(shown, analysis, { light, dark });
  return { type: def.type, markdown: markdownOf(def, doc), picture };
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

function markdownOf(def: NodeDef, doc: GraphDocument): string {
  const fields = fieldsOf(def.params);
  const parts = [
    `# ${def.title}`,
    def.help,
    `![${def.title}${def.kind === 'composite' ? ', opened' : ''}](pictures/${def.type}.svg)`,
    ...(def.formula ? ['## Formula', `\`\`\`\n${def.formula}\n\`\`\``] : []),
    ...(fields.length > 0 ? ['## Parameters', table(fields, def)] : []),
    '## Cost',
    cost(doc),
    '## Source',
    `${def.source}.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(fields: readonly Field[], def: NodeDef): string {
  const defaults = def.params.parse({}) as Record<string, unknown>;
  const rows = fields.map((f) => {
    const value = f.control === 'record' ? '' : written(defaults[f.name]);
    return `| ${f.title} | \`${f.name}\` | ${value} | ${[f.help, rangeOf(f)].filter(Boolean).join('; ')} |`;
  });
  return ['| parameter | in the file | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

const written = (value: unknown): string =>
  Array.isArray(value) ? value.join('×') : value === '' ? '' : String(value);

function rangeOf(f: Field): string {
  if (f.control === 'choice') return f.options.map((o) => `\`${o}\``).join(', ');
  if (f.control === 'int' || f.control === 'number') return `${f.min} to ${f.max}`;
  return '';
}

/** What the example costs: the same analysis that the window shows. */
function cost(doc: GraphDocument): string {
  const { nodes } = analyse(doc);
  const node = nodes.get(NODE)!;
  const inputs = node.instance.inputs.map((v) => (v ? formatShape(v.shape) : '?')).join(', ');
  const { params, macs } = node.cost;
  const tracked = params.nonTrainable > 0 ? ` (and ${count(params.nonTrainable)} running statistics)` : '';
  const rows = [
    ...(inputs ? [['in', inputs]] : []),
    ['out', node.output ? formatShape(node.output) : '?'],
    ['parameters', `${count(params.trainable)}${tracked}`],
    ['multiply-accumulates', count(macs)],
    ...(node.field && node.instance.inputs.length > 0
      ? [['receptive field', `${fieldSize(node.field).join('×')}, stride ${node.field.step.join('×')}`]]
      : []),
  ];
  return ['| of the figure | |', '|---|---|', ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join('\n');
}
const count = (n: number): string => n.toLocaleString('en');

/** The list of all pages by category. */
export function indexPage(pages: readonly Page[]): string {
  const byCategory = new Map<string, NodeDef[]>();
  for (const def of nodeKinds) byCategory.set(def.category, [...(byCategory.get(def.category) ?? []), def]);
  const sections = [...byCategory].map(
    ([category, defs]) =>
      `## ${TITLES[category] ?? category}\n\n${defs.map((d) => `- [${d.title}](${d.type}.md)`).join('\n')}`,
  );
  return `# Node kinds\n\n${pages.length} kinds, each with its figure, parameters, cost and source. The pages are made from the\ndefinitions in \`engine/nodes\`.\n\n${sections.join('\n\n')}\n`;
}
const TITLES: Readonly<Record<string, string>> = {
  io: 'Ends',
  conv: 'Convolutions',
  norm: 'Normalisation',
  activation: 'Activations',
  pool: 'Pooling',
  merge: 'Joining and shaping',
  dense: 'Dense',
  block: 'Blocks',
  regularisation: 'Regularisation',
};
