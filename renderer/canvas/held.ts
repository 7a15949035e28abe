import type { Flow, FlowNode, FlowWire } from './flow-types';
import type { Point } from './geometry';
import type { Lane } from './lanes';
import { laneOf, type Obstacles, obstaclesOf } from './wire-lanes';

type Held = ReadonlyMap<string, Point>;

/** `flow` with some nodes held elsewhere, as while they are dragged: only they and their wires are new objects. */
export function heldFlow(flow: Flow, held: Held): Flow {
  if (held.size === 0) return flow;
  const nodes = flow.nodes.map((n) => {
    const at = held.get(n.id);
    return at && (at.x !== n.position.x || at.y !== n.position.y) ? { ...n, position: at } : n;
  });
  const [first] = nodes;
  if (!first) return flow;
  const outer = new Map(nodes.flatMap((n) => (n.parentId === undefined ? [[n.id, sideOf(n)] as const] : [])));
  const scene = { outer, boxes: obstaclesOf(outer, first.data.direction), moved: movesOf(flow.nodes, held) };
  let same = true;
  const wires = flow.wires.map((w) => {
    const lane = w.data!.inside ? carried(w, scene.moved) : heldLane(w, held, scene);
    if (sameLane(lane, w.data!.lane)) return w;
    same = false;
    return { ...w, data: { ...w.data!, lane } };
  });
  return { ...flow, nodes, wires: same ? flow.wires : wires };
}

const sideOf = (n: FlowNode) => ({
  place: n.position,
  width: n.width!,
  height: n.height!,
  ports: n.data.ports.split(' '),
});

interface Scene {
  readonly outer: ReadonlyMap<string, ReturnType<typeof sideOf>>;
  readonly boxes: Obstacles;
  readonly moved: Held;
}

/** How far each held node is from its own place. */
const movesOf = (nodes: readonly FlowNode[], held: Held): Held =>
  new Map(
    nodes.flatMap((n) => {
      const at = held.get(n.id);
      return at ? [[n.id, { x: at.x - n.position.x, y: at.y - n.position.y }] as const] : [];
    }),
  );

function heldLane(w: FlowWire, held: Held, { outer, boxes }: Scene): Lane | undefined {
  if (!held.has(w.source) && !held.has(w.target)) return w.data!.lane;
  const ends = {
    ...{ from: w.source, fromHandle: w.sourceHandle!, to: w.target, toHandle: w.targetHandle! },
  };
  return laneOf(ends, outer, boxes, w.data!.direction);
}

/** A wire inside of a frame that is dragged goes with it. */
function carried(w: FlowWire, moved: Held): Lane | undefined {
  const { lane, direction } = w.data!;
  const by = moved.get(w.source.split('/')[0]!);
  if (!lane || !by) return lane;
  const [across, along] = direction === 'down' ? [by.x, by.y] : [by.y, by.x];
  return { x: lane.x + across, top: lane.top + along, bottom: lane.bottom + along };
}

const sameLane = (a: Lane | undefined, b: Lane | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.x === b.x && a.top === b.top && a.bottom === b.bottom);
