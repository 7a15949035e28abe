import type { Flow, FlowNode, FlowWire } from './flow-types';
import type { Point, Rect } from './geometry';
import { handleEnd } from './handles';
import { wirePath } from './wire-path';

/** For tests: wires that run over a node which is neither of their ends, nor a frame around one, as `wire over node`. */
export function crossings(flow: Flow): readonly string[] {
  const places = new Map<string, Rect>();
  for (const n of flow.nodes) {
    const parent = places.get(n.parentId ?? '');
    const [x, y] = [n.position.x + (parent?.x ?? 0), n.position.y + (parent?.y ?? 0)];
    places.set(n.id, { x, y, width: n.width!, height: n.height! });
  }
  const known = new Map(flow.nodes.map((n) => [n.id, n]));
  return flow.wires.flatMap((w) => {
    const points = sample(pathOf(w, known, places));
    const box = around(points);
    const hit = flow.nodes.find(
      (n) =>
        !isEnd(n.id, w) && meets(places.get(n.id)!, box) && points.some((p) => inside(p, places.get(n.id)!)),
    );
    return hit ? [`${w.id} over ${hit.id}`] : [];
  });
}

const isEnd = (id: string, w: FlowWire): boolean =>
  [w.source, w.target].some((end) => end === id || end.startsWith(`${id}/`));

/** A pixel within the node's edge. */
const inside = (p: Point, r: Rect): boolean =>
  p.x > r.x + 1 && p.x < r.x + r.width - 1 && p.y > r.y + 1 && p.y < r.y + r.height - 1;
const meets = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function around(points: readonly Point[]): Rect {
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
}

function pathOf(
  w: FlowWire,
  nodes: ReadonlyMap<string, FlowNode>,
  places: ReadonlyMap<string, Rect>,
): string {
  const endOf = (id: string, handle: string | null | undefined): Point => {
    const { x, y } = handleEnd(nodes.get(id)!.handles!.find((h) => h.id === handle)!);
    return { x: places.get(id)!.x + x, y: places.get(id)!.y + y };
  };
  const { side, lane, stem, direction } = w.data!;
  const ends = { from: endOf(w.source, w.sourceHandle), to: endOf(w.target, w.targetHandle) };
  const sizes = { source: places.get(w.source)!, target: places.get(w.target)! };
  return wirePath({ ...ends, ...sizes, side, lane, stem, direction }).d;
}

/** Points along a path of M, L and C. */
function sample(d: string): readonly Point[] {
  const found: Point[] = [];
  let at: Point = { x: 0, y: 0 };
  for (const [, letter, rest] of d.matchAll(/([MLC])([^MLC]*)/g)) {
    const n = rest!.trim().split(/\s+/).map(Number);
    const points = Array.from({ length: n.length / 2 }, (_, i) => ({ x: n[2 * i]!, y: n[2 * i + 1]! }));
    const end = points.at(-1)!;
    if (letter === 'L') for (let t = 0; t <= 1; t += 0.02) found.push(mix(at, end, t));
    if (letter === 'C') for (let t = 0; t <= 1; t += 0.02) found.push(bezier([at, ...points], t));
    at = end;
  }
  return found;
}

const mix = (a: Point, b: Point, t: number): Point => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
});
function bezier(points: readonly Point[], t: number): Point {
  const next = points.slice(1).map((p, i) => mix(points[i]!, p, t));
  return next.length === 1 ? next[0]! : bezier(next, t);
}
