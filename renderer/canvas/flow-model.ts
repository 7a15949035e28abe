import type { Analysis } from '../../engine/analysis/analyse';
import type { Instance } from '../../engine/analysis/elaborate';
import type { GraphDocument } from '../../engine/graph/document';
import { orderNodes } from '../../engine/graph/order';
import { formatShape } from '../../engine/ir/shape';
import { atOnce, type Pieces } from '../../engine/pieces';
import type { Direction } from './axis';
import { portsOf } from './connection';
import type { Drawn, FaceData, Flow, FlowNode, Scene } from './flow-types';
import { wiresInPieces } from './flow-wires';
import { type Frame, framesOf } from './frames';
import { GRID, NODE_SIZE, type Point, type Size, snapPoint } from './geometry';
import { handlesOf } from './handles';
import type { Link } from './layered';
import { directionOf } from './layout';
import { type Marks, marksOf } from './marks';
import { pulledBack, pushAside } from './push';

/** The document as React Flow draws it: nodes in the order of execution, blocks that stand open with their inside. */
export const buildFlow = (scene: Scene): Flow => atOnce(flowInPieces(scene));

/** The same, node by node and wire by wire. */
export function* flowInPieces(scene: Scene): Pieces<Flow> {
  const { doc, analysis } = scene;
  const frames = openFrames(doc, analysis);
  const direction = directionOf(doc);
  const places = pushAside(ownPlaces(doc), frames, linksOf(doc), direction);
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
  yield;
  for (const n of inDrawingOrder(analysis, doc)) visit(n, portsOf(doc, analysis, n.path));
  yield;
  const marks = marksOf(scene.problems, drawn, doc);
  const nodes: FlowNode[] = [];
  for (const [path, d] of drawn) {
    nodes.push(kept(path, d, { scene, marks, direction }));
    yield;
  }
  return { nodes, wires: yield* wiresInPieces(scene, drawn, marks), marks };
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

function openFrames(doc: GraphDocument, { elaboration }: Analysis): ReadonlyMap<string, Frame> {
  const open = new Set(doc.layout.open);
  const frames = new Map<string, Frame>();
  if (open.size > 0) for (const n of elaboration.nodes.values()) framesOf(n, open, frames, directionOf(doc));
  return frames;
}

const ownPlaces = (doc: GraphDocument): ReadonlyMap<string, Point> =>
  new Map(Object.entries(doc.nodes).map(([id, n]) => [id, n.position ?? { x: 0, y: 0 }]));
const linksOf = (doc: GraphDocument): readonly Link[] =>
  Object.values(doc.edges).map((e) => [e.from.node, e.to.node]);

/** The place in the document, on the grid, of a node that is to be drawn at `at`. @param id of a node that moves */
export function placeInDocument(doc: GraphDocument, analysis: Analysis, at: Point, id?: string): Point {
  const frames = openFrames(doc, analysis);
  if (frames.size === 0) return snapPoint(at);
  return snapPoint(pulledBack(ownPlaces(doc), frames, linksOf(doc), at, id, directionOf(doc)));
}

/** The same for several nodes that move at once. */
export function placesInDocument(
  doc: GraphDocument,
  analysis: Analysis,
  moves: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const frames = openFrames(doc, analysis);
  if (frames.size === 0) return new Map([...moves].map(([id, at]) => [id, snapPoint(at)]));
  const [own, links, direction] = [ownPlaces(doc), linksOf(doc), directionOf(doc)];
  const drawn = pushAside(own, frames, links, direction);
  const shifted = new Map(own);
  for (const [id, at] of moves) {
    const [from, shown] = [own.get(id)!, drawn.get(id)!];
    shifted.set(id, snapPoint({ x: from.x + at.x - shown.x, y: from.y + at.y - shown.y }));
  }
  // where the push is another one there, the way back is looked for
  const after = pushAside(shifted, frames, links, direction);
  for (const [id, at] of moves) {
    const there = after.get(id)!;
    if (Math.abs(there.x - at.x) + Math.abs(there.y - at.y) > GRID)
      shifted.set(id, snapPoint(pulledBack(shifted, frames, links, at, id, direction)));
  }
  return new Map([...moves.keys()].map((id) => [id, shifted.get(id)!]));
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

interface Around {
  readonly scene: Scene;
  readonly marks: Marks;
  readonly direction: Direction;
}

/** An edit changes few nodes: one that looks the same is the same object, found by its instance. */
const known = new WeakMap<Instance, { readonly like: readonly unknown[]; readonly node: FlowNode }>();

function kept(path: string, d: Drawn, now: Around): FlowNode {
  const mark = now.marks.nodes.get(path);
  const record = now.scene.doc.nodes[path];
  // biome-ignore format: by what it tells
  const like = [
    d.place.x, d.place.y, d.width, d.height, d.open, d.ports.join(' '), now.direction,
    now.scene.selected.has(path), mark?.severity, mark?.explanation,
    record?.bypassed === true, Boolean(record?.note),
  ];
  const before = known.get(d.instance);
  if (before && like.every((v, i) => v === before.like[i])) return before.node;
  const node = toNode(path, d, now);
  known.set(d.instance, { like, node });
  return node;
}

function toNode(path: string, d: Drawn, { scene, marks, direction }: Around): FlowNode {
  const { instance: n, open, width, height, place } = d;
  const parentId = parentOf(path);
  const data = faceData(d, marks, direction, scene.doc.nodes[path]?.bypassed === true);
  return {
    id: path,
    type: open ? 'frame' : 'face',
    position: { x: place.x, y: place.y },
    ...{ data, width, height, measured: { width, height } },
    selected: scene.selected.has(path),
    draggable: parentId === undefined,
    deletable: false,
    ...(parentId !== undefined && { parentId }),
    ...(open && { dragHandle: '.frame-head', style: { pointerEvents: 'none' as const } }),
    ariaLabel: spoken(data, n) + (scene.doc.nodes[path]?.note ? '. Has a note' : ''),
    domAttributes: { 'data-testid': `node-${path}` } as NonNullable<FlowNode['domAttributes']>,
    handles: handlesOf(d, direction),
  };
}

function faceData(
  { instance: n, ports, open }: Drawn,
  marks: Marks,
  direction: Direction,
  bypassed: boolean,
): FaceData {
  const inside = parentOf(n.path) !== undefined;
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
    direction,
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
