import type { Instance } from '../../engine/analysis/elaborate';
import { formatShape, type Shape, sameShape } from '../../engine/ir/shape';
import { OUTSIDE } from '../../engine/nodes/subgraph';
import type { Pieces } from '../../engine/pieces';
import type { Direction } from './axis';
import { OUT } from './connection';
import type { Drawn, FlowWire, Scene } from './flow-types';
import { HEAD } from './frames';
import type { Size } from './geometry';
import type { Lane } from './lanes';
import { directionOf } from './layout';
import type { Marks } from './marks';
import { laneOf, obstaclesOf } from './wire-lanes';
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
export function* wiresInPieces(
  scene: Scene,
  drawn: ReadonlyMap<string, Drawn>,
  marks: Marks,
): Pieces<readonly FlowWire[]> {
  const inner = [...drawn.values()].flatMap((d) => (d.open ? innerWires(d.instance, drawn) : []));
  const ends = [...outerWires(scene, drawn), ...inner];
  yield;
  const direction = directionOf(scene.doc);
  const boxes = obstaclesOf(drawn, direction);
  const wires: FlowWire[] = [];
  for (const w of ends) {
    wires.push(kept(w, { scene, drawn, marks, lane: laneOf(w, drawn, boxes, direction), direction }));
    yield;
  }
  return wires;
}

interface Around {
  readonly scene: Scene;
  readonly drawn: ReadonlyMap<string, Drawn>;
  readonly marks: Marks;
  readonly lane: Lane | undefined;
  readonly direction: Direction;
}

/** An edit changes few wires: one that looks the same is the same object, found by the instance that feeds it. */
const known = new WeakMap<
  Instance,
  Map<string, { readonly like: readonly unknown[]; readonly wire: FlowWire }>
>();

function kept(w: Ends, now: Around): FlowWire {
  const { drawn, lane, direction, marks, scene } = now;
  const source = drawn.get(w.from)!;
  const target = drawn.get(w.to)!;
  const { nodes } = scene.doc;
  // one flat list: it is made for every wire at every edit
  // biome-ignore format: by what it tells
  const like = [
    w.to, w.fromHandle, w.toHandle, w.shape, w.changes, source.instance.title, target.instance.title,
    source.width, source.height, target.width, target.height, target.ports.length, direction,
    lane?.x, lane?.top, lane?.bottom, marks.wires.get(w.id)?.explanation,
    nodes[w.from]?.bypassed === true, nodes[w.to]?.bypassed === true,
    scene.selectedEdges.has(w.id), isHot(w, scene.selected),
  ];
  const own = known.get(source.instance) ?? new Map();
  if (own.size === 0) known.set(source.instance, own);
  const before = own.get(w.id);
  if (before && like.every((v, i) => v === before.like[i])) return before.wire;
  const wire = toWire(w, now);
  own.set(w.id, { like, wire });
  return wire;
}

function outerWires({ doc }: Scene, drawn: ReadonlyMap<string, Drawn>): readonly Ends[] {
  const labelled = new Set<string>();
  const wires: Ends[] = [];
  for (const [id, { from, to }] of Object.entries(doc.edges)) {
    const a = drawn.get(from.node);
    const b = drawn.get(to.node);
    if (!a || !b || from.port !== OUT || !b.ports.includes(to.port)) continue;
    const changes = changesShape(a.instance) && !labelled.has(from.node);
    if (changes) labelled.add(from.node);
    wires.push({
      id,
      from: from.node,
      fromHandle: OUT,
      to: to.node,
      toHandle: to.port,
      shape: a.instance.output?.shape,
      changes,
      inside: false,
    });
  }
  return wires;
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

function toWire(w: Ends, { scene, drawn, marks, lane, direction }: Around): FlowWire {
  const { selected, selectedEdges, doc } = scene;
  const [source, target] = [drawn.get(w.from)!, drawn.get(w.to)!];
  const bad = !w.inside && marks.wires.get(w.id)?.severity === 'error';
  const hot = selectedEdges.has(w.id) || isHot(w, selected);
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
      stem: w.fromHandle === OUT || direction === 'right' ? 0 : HEAD,
      direction,
    },
  };
}

const sizesOf = (source: Size, target: Size) => ({
  sourceWidth: source.width,
  sourceHeight: source.height,
  targetWidth: target.width,
  targetHeight: target.height,
});

/** Whether one of its ends is selected: not the frame around it. */
const isHot = ({ from, fromHandle, to, toHandle }: Ends, selected: Scene['selected']): boolean =>
  (fromHandle === OUT && selected.has(from)) || (!toHandle.startsWith('in:') && selected.has(to));
