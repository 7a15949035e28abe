import type { Analysis } from '../../engine/analysis/analyse';
import { moveNodes } from '../../engine/graph/commands/nodes';
import type { GraphDocument } from '../../engine/graph/document';
import { buildFlow, parentOf } from '../canvas/flow-model';
import type { FlowNode, FlowWire } from '../canvas/flow-types';
import { boundsOf, type Point, portX, type Rect } from '../canvas/geometry';
import { placeMissing } from '../canvas/layout';
import { type WirePath, wirePath } from '../canvas/wire-path';
import { faceMarks, frameMarks } from './faces';
import { groupMarks, noteMarks } from './notes';
import { ink, type Mark, type Picture } from './scene';
import { textWidth } from './text';

export interface CanvasOptions {
  /** Paths of what is drawn, with all that lies inside; left out, all. */
  readonly only?: readonly string[] | undefined;
  /** Bars for each node's share of the multiply-accumulates. */
  readonly costs?: boolean;
}

const MARGIN = 24;

/** The canvas: nodes and wires at their places, blocks that stand open with their inside, groups and notes. */
export function canvasPicture(
  given: GraphDocument,
  analysis: Analysis,
  options: CanvasOptions = {},
): Picture {
  const doc = placed(given);
  const { nodes, wires, places } = drawnParts(doc, analysis, options);
  const share = (path: string) => (options.costs ? (analysis.nodes.get(path)?.share ?? 0) : 0);
  const at = (node: FlowNode) => places.get(node.id)!;
  const ways = wires.map((w) => ({ wire: w, way: pathOf(w, nodes, places) }));
  const groups = groupMarks(doc, places);
  const notes = options.only ? { marks: [], rects: [] } : noteMarks(doc);
  const frames = [...nodes.values()].filter((n) => n.type === 'frame');
  const faces = [...nodes.values()].filter((n) => n.type === 'face');
  const bends = ways.flatMap(({ way }) => reach(way.d));
  const bounds = boundsOf([...places.values(), ...groups.rects, ...notes.rects, ...bends]);
  return {
    name: doc.name,
    box: grown(bounds, MARGIN),
    marks: [
      ...groups.marks,
      ...frames.flatMap((n) => frameMarks(n.data, at(n))),
      ...ways.map(({ wire, way }) => wireMark(wire, way)),
      ...ways.flatMap(({ wire, way }) => (wire.data!.changes ? labelMarks(wire, way) : [])),
      ...faces.flatMap((n) => faceMarks(n.data, at(n), share(n.id))),
      ...notes.marks,
    ],
  };
}

/** The window places what has no place when a document is opened; a file may not have been there. */
function placed(doc: GraphDocument): GraphDocument {
  const moves = [...placeMissing(doc)].map(([id, { x, y }]) => ({ id, position: { x, y } }));
  return moves.length > 0 ? moveNodes.run(doc, { moves }) : doc;
}

const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
  ...{ x: Math.floor(x - by), y: Math.floor(y - by) },
  ...{ width: Math.ceil(width + 2 * by), height: Math.ceil(height + 2 * by) },
});

type Nodes = ReadonlyMap<string, FlowNode>;
type Places = ReadonlyMap<string, Rect>;

/** As the flow model of the canvas has them; what is not asked for is left out after all are placed. */
function drawnParts(doc: GraphDocument, analysis: Analysis, { only }: CanvasOptions) {
  const none = new Set<string>();
  const scene = { doc, analysis, problems: [], selected: none, selectedEdges: none, held: new Map() };
  const flow = buildFlow(scene);
  const all = absolute(flow.nodes);
  const asked = only && new Set(only);
  const shown = (path: string): boolean =>
    !asked || asked.has(path) || (path.includes('/') && shown(parentOf(path)!));
  const nodes: Nodes = new Map(flow.nodes.flatMap((n) => (shown(n.id) ? [[n.id, n] as const] : [])));
  const places: Places = new Map([...all].filter(([id]) => nodes.has(id)));
  const wires = flow.wires.filter((w) => nodes.has(w.source) && nodes.has(w.target));
  return { nodes, places, wires };
}

/** Children are placed in their frame; the picture wants places of its own. */
function absolute(nodes: readonly FlowNode[]): Places {
  const found = new Map<string, Rect>();
  for (const n of nodes) {
    const parent = found.get(parentOf(n.id) ?? '');
    const { x, y } = n.position;
    const size = { width: n.width!, height: n.height! };
    found.set(n.id, { x: x + (parent?.x ?? 0), y: y + (parent?.y ?? 0), ...size });
  }
  return found;
}

function pathOf(w: FlowWire, nodes: Nodes, places: Places): WirePath {
  const [source, target] = [places.get(w.source)!, places.get(w.target)!];
  const portsOf = (id: string) => nodes.get(id)!.data.ports.split(' ');
  const from: Point = w.sourceHandle!.startsWith('in:')
    ? { x: source.x + along(portsOf(w.source), w.sourceHandle!.slice(3), source.width), y: source.y }
    : { x: source.x + source.width / 2, y: source.y + source.height };
  const to: Point = w.targetHandle!.startsWith('in:')
    ? { x: target.x + target.width / 2, y: target.y + target.height }
    : { x: target.x + along(portsOf(w.target), w.targetHandle!, target.width), y: target.y };
  const { side, lane, stem } = w.data!;
  return wirePath({ from, to, source, target, side, lane, stem });
}
const along = (ports: readonly string[], port: string, width: number): number =>
  portX(Math.max(0, ports.indexOf(port)), ports.length, width);

const wireMark = (w: FlowWire, { d }: WirePath): Mark => ({
  ...{ mark: 'path', d, line: { paint: ink('--wire'), width: w.data!.stroke } },
});

/** A wire that goes back runs outside of the nodes: its bends lie within the picture too. */
const reach = (d: string): readonly Rect[] =>
  [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({
    ...{ x: Number(x), y: Number(y), width: 0, height: 0 },
  }));

function labelMarks(w: FlowWire, { middle, short }: WirePath): readonly Mark[] {
  const { shape } = w.data!;
  const face = { size: 10.5, mono: true };
  const width = textWidth(shape, face) + 12;
  const x = short ? middle.x + 7 : middle.x - width / 2;
  return [
    { mark: 'rect', x, y: middle.y - 9, width, height: 18, radius: 9, fill: ink('--canvas') },
    {
      ...{ mark: 'text', text: shape, x: x + width / 2, y: middle.y + 3.6, anchor: 'middle' },
      ...{ ...face, paint: ink('--text2') },
    },
  ];
}
