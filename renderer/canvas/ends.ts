import type { Position } from '@xyflow/react';
import type { Direction } from './axis';
import { type Point, portX, type Size } from './geometry';

/** Wires come in at the top and leave at the bottom; where a net runs right, at the left and at the right. */
export const SIDES = {
  // of React Flow, without its code: the terminal draws nets too
  down: { in: 'top' as Position.Top, out: 'bottom' as Position.Bottom },
  right: { in: 'left' as Position.Left, out: 'right' as Position.Right },
} as const;

/** Where an input port lies on its node, from the node's top left corner. */
export const inPoint = (index: number, count: number, size: Size, direction: Direction): Point =>
  direction === 'down'
    ? { x: portX(index, count, size.width), y: 0 }
    : { x: 0, y: portX(index, count, size.height) };

/** Where the output lies. */
export const outPoint = ({ width, height }: Size, direction: Direction): Point =>
  direction === 'down' ? { x: width / 2, y: height } : { x: width, y: height / 2 };
