import type { Instance } from '../../engine/analysis/elaborate';
import { formatShape, type Shape, sameShape } from '../../engine/ir/shape';
import { OUTSIDE } from '../../engine/nodes/subgraph';
import { OUT } from './connection';
import type { Drawn, FlowWire, Scene } from './flow-types';
import { HEAD } from './frames';
import { type Point, portX, type Rect, type Size } from './geometry';
import { type Lane, laneBeside } from './lanes';
import type { Marks } from './marks';
import { wireWidth } from './wire-path';

interface Ends {
  readonly id: string;
  readonly from: string;
  readonly fromHandle: string;
  readonly to: string;
  readonly toHandle: string;
  readonly shape: Shape | undefined;
  readonly changes: boolean;
  readonly inside: boolean;
}

/** The wires of the graph, and those inside of open blocks. */
export function wiresOf(scene: Scene, drawn: ReadonlyMap<string, Drawn>, marks: Marks): readonly FlowWire[] {
  const inner = [...drawn.values()].flatMap((d) => (d.open ? innerWires(d.instance, drawn) : []));
  const wires = [...outerWires(scene, drawn), ...inner];
  const beside = siblings(drawn);
  return wires.map((ends) => toWire(ends, scene, drawn, marks, laneOf(ends, drawn, beside)));
}

type Boxes = ReadonlyMap<string, readonly { readonly path: string; readonly rect: Rect }[]>;
const around = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');

/** What is drawn in each frame, and outside of all. */
function siblings(drawn: ReadonlyMap<string, Drawn>): Boxes {
  const found = new Map<string, { path: string; rect: Rect }[]>();
  for (const [path, d] of drawn) {
    const frame = around(path);
    if (!found.has(frame)) found.set(frame, []);
    found.get(frame)!.push({ path, rect: { ...d.place, width: d.width, height: d.height } });
  }
  return found;
}

/** The way of a wire past the nodes between its ends; both lie in one frame, or one of them is the frame. */
function laneOf(w: Ends, drawn: ReadonlyMap<string, Drawn>, boxes: Boxes): Lane | undefined {
  const [source, target] = [drawn.get(w.from)!, drawn.get(w.to)!];
  const entering = w.fromHandle !== OUT;
  const leaving = w.toHandle.startsWith('in:');
  const from = entering
    ? { x: portX(source.ports.indexOf(w.fromHandle.slice(3)), source.ports.length, source.width), y: HEAD }
    : { x: source.place.x + source.width / 2, y: source.place.y + source.height };
  const to = leaving
    ? { x: target.width / 2, y: target.height }
    : {
        x: target.place.x + portX(target.ports.indexOf(w.toHandle), target.ports.length, target.width),
        y: target.place.y,
      };
  const frame = entering ? w.from : around(w.from);
  const others = (boxes.get(frame) ?? []).filter((b) => b.path !== w.from && b.path !== w.to);
  const lane = laneBeside(
    from,
    to,
    others.map((b) => b.rect),
  );
  if (!lane || frame === '') return lane;
  const origin = originOf(frame, drawn);
  return { x: lane.x + origin.x, top: lane.top + origin.y, bottom: lane.bottom + origin.y };
}

/** Where a frame is drawn, whatever frames it lies in. */
function originOf(frame: string, drawn: ReadonlyMap<string, Drawn>): Point {
  if (frame === '') return { x: 0, y: 0 };
  const outer = originOf(around(frame), drawn);
  const { place } = drawn.get(frame)!;
  return { x: outer.x + place.x, y: outer.y + place.y };
}

function outerWires({ doc }: Scene, drawn: ReadonlyMap<string, Drawn>): readonly Ends[] {
  const labelled = new Set<string>();
  return Object.entries(doc.edges).flatMap(([id, { from, to }]) => {
    const [a, b] = [drawn.get(from.node), drawn.get(to.node)];
    if (!a || !b || from.port !== OUT || !b.ports.includes(to.port)) return [];
    const changes = changesShape(a.instance) && !labelled.has(from.node);
    if (changes) labelled.add(from.node);
    return [
      {
        id,
        from: from.node,
        fromHandle: OUT,
        to: to.node,
        toHandle: to.port,
        shape: a.instance.output?.shape,
        changes,
        inside: false,
      },
    ];
  });
}

/** Whether what a node gives has another shape than what it takes. */
function changesShape(n: Instance): boolean {
  const [first] = n.inputs;
  return n.output !== undefined && first !== undefined && !sameShape(first.shape, n.output.shape);
}

function innerWires(block: Instance, drawn: ReadonlyMap<string, Drawn>): readonly Ends[] {
  const path = (node: string) => (node === OUTSIDE ? block.path : `${block.path}/${node}`);
  const ports = drawn.get(block.path)!.ports;
  const wires = block.wires.map(({ from, to }): Ends => {
    const outside = from.node === OUTSIDE;
    const source = outside
      ? block.inputs[ports.indexOf(from.port)]
      : drawn.get(path(from.node))?.instance.output;
    return {
      id: `${block.path}/${from.node || from.port}>${to.node}.${to.port}`,
      from: path(from.node),
      fromHandle: outside ? `in:${from.port}` : OUT,
      to: path(to.node),
      toHandle: to.port,
      shape: source?.shape,
      changes: false,
      inside: true,
    };
  });
  const { result } = block;
  if (!result) return wires;
  const last = {
    id: `${block.path}/${result.node}>`,
    from: path(result.node),
    fromHandle: OUT,
    to: block.path,
    toHandle: 'in:out',
  };
  return [...wires, { ...last, shape: block.output?.shape, changes: false, inside: true }];
}

function toWire(
  w: Ends,
  { selected, selectedEdges, doc }: Scene,
  drawn: ReadonlyMap<string, Drawn>,
  marks: Marks,
  lane: Lane | undefined,
): FlowWire {
  const [source, target] = [drawn.get(w.from)!, drawn.get(w.to)!];
  const bad = !w.inside && marks.wires.get(w.id)?.severity === 'error';
  const hot = selectedEdges.has(w.id) || ends(w).some((e) => selected.has(e));
  const shape = w.shape ? formatShape(w.shape) : '';
  const name = `Wire from ${source.instance.title} to ${target.instance.title}${shape && `, ${shape}`}`;
  return {
    id: w.id,
    type: 'wire',
    ...{ source: w.from, sourceHandle: w.fromHandle, target: w.to, targetHandle: w.toHandle },
    selected: selectedEdges.has(w.id),
    ...{
      selectable: !w.inside,
      // by Tab those of the selected nodes, or there would be no end of wires before the first node
      focusable: !w.inside && hot,
      // the wires of a node all begin at one point: which of them is meant is told by selecting it
      reconnectable: w.inside ? false : selectedEdges.has(w.id) ? true : 'target',
      deletable: false,
    },
    ariaLabel: bad ? `${name}. Error: ${marks.wires.get(w.id)!.explanation}` : name,
    domAttributes: { 'data-testid': `wire-${w.id}` } as NonNullable<FlowWire['domAttributes']>,
    data: {
      shape,
      stroke: wireWidth(w.shape),
      changes: w.changes,
      tone: bad ? 'bad' : hot ? 'hot' : 'plain',
      inside: w.inside,
      bypassed: !w.inside && [w.from, w.to].some((id) => doc.nodes[id]?.bypassed),
      ...sizesOf(source, target),
      side: target.ports.length === 1 && !w.inside,
      lane,
      stem: w.fromHandle === OUT ? 0 : HEAD,
    },
  };
}

const sizesOf = (source: Size, target: Size) => ({
  sourceWidth: source.width,
  sourceHeight: source.height,
  targetWidth: target.width,
  targetHeight: target.height,
});

/** The nodes by whose selection a wire shows: not the frame around it. */
const ends = ({ from, fromHandle, to, toHandle }: Ends): readonly string[] => [
  ...(fromHandle === OUT ? [from] : []),
  ...(toHandle.startsWith('in:') ? [] : [to]),
];
