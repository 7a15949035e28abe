import type { Position } from '@xyflow/react';
import type { Analysis } from '../../engine/analysis/analyse';
import type { Instance } from '../../engine/analysis/elaborate';
import type { GraphDocument } from '../../engine/graph/document';
import { orderNodes } from '../../engine/graph/order';
import { formatShape } from '../../engine/ir/shape';
import { OUT, portsOf } from './connection';
import type { Drawn, FaceData, Flow, FlowNode, Scene } from './flow-types';
import { wiresOf } from './flow-wires';
import { type Frame, framesOf } from './frames';
import { NODE_SIZE, type Point, portX, type Size, snapPoint } from './geometry';
import type { Link } from './layered';
import { type Marks, marksOf } from './marks';
import { pulledBack, pushAside } from './push';

/** Of React Flow, without its code: the terminal draws nets too. */
const TOP = 'top' as Position.Top;
const BOTTOM = 'bottom' as Position.Bottom;

/** The document as React Flow draws it: nodes in the order of execution, blocks that stand open with their inside. */
export function buildFlow(scene: Scene): Flow {
  const { doc, analysis } = scene;
  const open = new Set(doc.layout.open);
  const frames = new Map<string, Frame>();
  for (const n of analysis.elaboration.nodes.values()) framesOf(n, open, frames);
  const places = displayPlaces(doc, frames);
  const drawn = new Map<string, Drawn>();
  const placeOf = (path: string): Point => scene.held.get(path) ?? places.get(path) ?? inFrame(path, frames);
  const visit = (n: Instance, ports: readonly string[]): void => {
    const frame = frames.get(n.path);
    drawn.set(n.path, {
      instance: n,
      ports,
      open: frame !== undefined,
      place: placeOf(n.path),
      ...sizeOf(frame),
    });
    if (frame) for (const c of n.children) visit(c, innerPorts(n, c));
  };
  for (const n of inDrawingOrder(analysis, doc)) visit(n, portsOf(doc, analysis, n.path));
  const marks = marksOf(scene.problems, drawn, doc);
  const nodes = [...drawn].map(([path, d]) => toNode(path, d, scene, marks));
  return { nodes, wires: wiresOf(scene, drawn, marks), marks };
}

/** Bypassed nodes come where they would run: behind what feeds them. */
function inDrawingOrder({ elaboration }: Analysis, doc: GraphDocument): Iterable<Instance> {
  const { nodes, bypassed } = elaboration;
  if (bypassed.size === 0) return nodes.values();
  const { sorted, stuck } = orderNodes(Object.keys(doc.nodes), Object.values(doc.edges));
  return [...sorted, ...stuck].flatMap((id) => nodes.get(id) ?? bypassed.get(id) ?? []);
}

const sizeOf = (frame: Frame | undefined): Size =>
  frame ? { width: frame.width, height: frame.height } : NODE_SIZE;

/** Where the nodes of the graph are drawn: their own places, pushed aside by open blocks. */
const displayPlaces = (doc: GraphDocument, frames: ReadonlyMap<string, Size>): ReadonlyMap<string, Point> =>
  pushAside(ownPlaces(doc), frames, linksOf(doc));

const ownPlaces = (doc: GraphDocument): ReadonlyMap<string, Point> =>
  new Map(Object.entries(doc.nodes).map(([id, n]) => [id, n.position ?? { x: 0, y: 0 }]));
const linksOf = (doc: GraphDocument): readonly Link[] =>
  Object.values(doc.edges).map((e) => [e.from.node, e.to.node]);

/** The place in the document, on the grid, of a node that is to be drawn at `at`. @param id of a node that moves */
export function placeInDocument(
  doc: GraphDocument,
  { elaboration }: Analysis,
  at: Point,
  id?: string,
): Point {
  const open = new Set(doc.layout.open);
  const frames = new Map<string, Frame>();
  for (const n of elaboration.nodes.values()) framesOf(n, open, frames);
  return snapPoint(pulledBack(ownPlaces(doc), frames, linksOf(doc), at, id));
}

export const parentOf = (path: string): string | undefined =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
const inFrame = (path: string, frames: ReadonlyMap<string, Frame>): Point => {
  const rect = frames.get(parentOf(path) ?? '')?.children.get(path);
  return { x: rect?.x ?? 0, y: rect?.y ?? 0 };
};

function innerPorts(parent: Instance, child: Instance): readonly string[] {
  const name = child.path.slice(parent.path.length + 1);
  return parent.wires.filter((w) => w.to.node === name).map((w) => w.to.port);
}

function toNode(path: string, d: Drawn, { selected, doc }: Scene, marks: Marks): FlowNode {
  const { instance: n, ports, open, width, height, place } = d;
  const parentId = parentOf(path);
  const data = faceData(d, marks, parentId !== undefined, doc.nodes[path]?.bypassed === true);
  const handle = { width: 1, height: 1 };
  return {
    id: path,
    type: open ? 'frame' : 'face',
    position: { x: place.x, y: place.y },
    ...{ data, width, height, measured: { width, height } },
    selected: selected.has(path),
    draggable: parentId === undefined,
    deletable: false,
    ...(parentId !== undefined && { parentId }),
    ...(open && { dragHandle: '.frame-head', style: { pointerEvents: 'none' as const } }),
    ariaLabel: spoken(data, n) + (doc.nodes[path]?.note ? '. Has a note' : ''),
    domAttributes: { 'data-testid': `node-${path}` } as NonNullable<FlowNode['domAttributes']>,
    handles: [
      ...ports.map((id, i) => ({
        ...handle,
        id,
        type: 'target' as const,
        position: TOP,
        x: portX(i, ports.length, width) - 0.5,
        y: 0,
      })),
      { ...handle, id: OUT, type: 'source', position: BOTTOM, x: width / 2 - 0.5, y: height - 1 },
      ...(open ? innerHandles(ports, width, height) : []),
    ],
  };
}

/** Where wires of the inside begin and end on a frame: at its own ports, on the other side of the line. */
function innerHandles(
  ports: readonly string[],
  width: number,
  height: number,
): NonNullable<FlowNode['handles']> {
  const start = ports.map((id, i) => ({
    ...{ id: `in:${id}`, type: 'source' as const, position: BOTTOM },
    ...{ x: portX(i, ports.length, width) - 0.5, y: -1, width: 1, height: 1 },
  }));
  return [
    ...start,
    {
      id: 'in:out',
      type: 'target',
      position: TOP,
      x: width / 2 - 0.5,
      y: height,
      width: 1,
      height: 1,
    },
  ];
}

function faceData(
  { instance: n, ports, open }: Drawn,
  marks: Marks,
  inside: boolean,
  bypassed: boolean,
): FaceData {
  const mark = marks.nodes.get(n.path);
  const shape = n.output ? formatShape(n.output.shape) : '';
  return {
    title: n.title,
    // an input's only parameter is its shape: said once
    detail: n.detail === shape ? '' : n.detail,
    shape,
    category: n.def?.category,
    composite: n.def?.kind === 'composite',
    bypassed,
    open,
    inside,
    ports: ports.join(' '),
    feeds: n.def?.role !== 'output' || inside,
    problem: mark?.severity ?? '',
    explanation: mark?.explanation ?? '',
  };
}

/** `Conv 3×3, 16 filters, output 28×28×16` and what is wrong with it. */
export function spoken(
  { title, detail, shape, problem, explanation, open, bypassed }: FaceData,
  n: Pick<Instance, 'def'>,
): string {
  const parts = [
    title,
    bypassed && 'bypassed',
    detail.replaceAll(' · ', ', '),
    shape && `output ${shape}`,
    n.def?.kind === 'composite' && (open ? 'open' : 'folded'),
  ];
  const said = parts.filter(Boolean).join(', ');
  return problem ? `${said}. ${SEVERITY[problem]}: ${explanation}` : said;
}

const SEVERITY = { error: 'Error', warning: 'Warning', hint: 'Hint' } as const;
