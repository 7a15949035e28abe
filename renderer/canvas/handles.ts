import type { Direction } from './axis';
import { OUT } from './connection';
import { inPoint, outPoint, SIDES } from './ends';
import type { Drawn, FlowNode } from './flow-types';
import type { Point } from './geometry';

type Handles = NonNullable<FlowNode['handles']>;

/** Where wires begin and end at a node: a point on its edge each. */
export function handlesOf({ ports, open, ...size }: Drawn, direction: Direction): Handles {
  const side = SIDES[direction];
  const inputs = ports.map((_, i) => inPoint(i, ports.length, size, direction));
  const output = outPoint(size, direction);
  const inner = open ? innerHandles(ports, inputs, output, direction) : [];
  return [
    ...ports.map((id, i) => handle(id, 'target', side.in, inputs[i]!, start(direction))),
    handle(OUT, 'source', side.out, output, end(direction)),
    ...inner,
  ];
}

/** Where wires of the inside begin and end on a frame: at its own ports, on the other side of the line. */
function innerHandles(
  ports: readonly string[],
  inputs: readonly Point[],
  output: Point,
  direction: Direction,
): Handles {
  const side = SIDES[direction];
  return [
    ...ports.map((id, i) => handle(`in:${id}`, 'source', side.out, inputs[i]!, end(direction))),
    handle('in:out', 'target', side.in, output, start(direction)),
  ];
}

/** A handle is a box of one pixel whose outer edge is where the wire ends: from its point to the box' corner. */
export const start = (direction: Direction): Point =>
  direction === 'down' ? { x: -0.5, y: 0 } : { x: 0, y: -0.5 };
export const end = (direction: Direction): Point =>
  direction === 'down' ? { x: -0.5, y: -1 } : { x: -1, y: -0.5 };

const handle = (
  id: string,
  type: 'source' | 'target',
  position: Handles[number]['position'],
  at: Point,
  corner: Point,
): Handles[number] => ({ id, type, position, x: at.x + corner.x, y: at.y + corner.y, width: 1, height: 1 });

/** Where a wire ends at a handle, from the node's top left corner. */
export function handleEnd({ position, x, y }: Pick<Handles[number], 'position' | 'x' | 'y'>): Point {
  switch (position) {
    case SIDES.down.in:
      return { x: x + 0.5, y };
    case SIDES.down.out:
      return { x: x + 0.5, y: y + 1 };
    case SIDES.right.in:
      return { x, y: y + 0.5 };
    default:
      return { x: x + 1, y: y + 0.5 };
  }
}
