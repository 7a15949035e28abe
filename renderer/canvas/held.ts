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
  let boxes: Obstacles | undefined;
  const scene: Scene = {
    ...{ outer, moved: movesOf(flow.nodes, held) },
    boxes: () => (boxes ??= obstaclesOf(outer, first.data.direction)),
  };
  let same = true;
  const wires = flow.wires.map((w) => {
    const lane = w.data!.inside ? carried(w, scene.moved.get(outermost(w.source))) : heldLane(w, scene);
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
  readonly moved: Held;
  boxes(): Obstacles;
}

/** How far each held node is from its own place. */
const movesOf = (nodes: readonly FlowNode[], held: Held): Held =>
  new Map(
    nodes.flatMap((n) => {
      const at = held.get(n.id);
      return at ? [[n.id, { x: at.x - n.position.x, y: at.y - n.position.y }] as const] : [];
    }),
  );

/** A wire between two nodes that go together goes with them, and is led anew once they are let go of. */
function heldLane(w: FlowWire, { outer, moved, boxes }: Scene): Lane | undefined {
  const [a, b] = [moved.get(w.source), moved.get(w.target)];
  if (!a && !b) return w.data!.lane;
  if (a?.x === b?.x && a?.y === b?.y) return carried(w, a);
  const ends = {
    ...{ from: w.source, fromHandle: w.sourceHandle!, to: w.target, toHandle: w.targetHandle! },
  };
  return laneOf(ends, outer, boxes(), w.data!.direction);
}

const outermost = (path: string): string => path.split('/')[0]!;

/** A wire inside of a frame that is dragged goes with it too. */
function carried(w: FlowWire, by: Point | undefined): Lane | undefined {
  const { lane, direction } = w.data!;
  if (!lane || !by) return lane;
  const [across, along] = direction === 'down' ? [by.x, by.y] : [by.y, by.x];
  return { x: lane.x + across, top: lane.top + along, bottom: lane.bottom + along };
}

const sameLane = (a: Lane | undefined, b: Lane | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.x === b.x && a.top === b.top && a.bottom === b.bottom);
