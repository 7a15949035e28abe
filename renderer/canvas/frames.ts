import type { Instance } from '../../engine/analysis/elaborate';
import { OUTSIDE } from '../../engine/nodes/subgraph';
import type { Direction } from './axis';
import { boundsOf, NODE_HEIGHT, NODE_SIZE, NODE_WIDTH, type Rect, type Size } from './geometry';
import { type Box, type Link, layered } from './layered';

/** An open composite: how large its frame is, and where its children stand in it. */
export interface Frame extends Size {
  readonly children: ReadonlyMap<string, Rect>;
}

/** The line with the block's name and its button. */
export const HEAD = 32;
const SIDE = 36;
/** Room for the wires that fan out below the head, and that come together above the end. */
const FAN = 28;

export const isOpen = (n: Instance, open: ReadonlySet<string>): boolean =>
  n.children.length > 0 && open.has(n.path);

/** The frames of `node` and of every open composite inside it, by path; nothing for a folded one. */
export function framesOf(
  node: Instance,
  open: ReadonlySet<string>,
  into = new Map<string, Frame>(),
  direction: Direction = 'down',
): Map<string, Frame> {
  if (!isOpen(node, open)) return into;
  for (const child of node.children) framesOf(child, open, into, direction);
  const boxes = node.children.map((c): Box => ({ id: c.path, ...sizeOf(c.path, into) }));
  const links = node.wires.map(
    (w): Link => [
      w.from.node === OUTSIDE ? OUTSIDE : `${node.path}/${w.from.node}`,
      `${node.path}/${w.to.node}`,
    ],
  );
  into.set(node.path, frameOf(boxes, links, direction));
  return into;
}

const sizeOf = (path: string, frames: ReadonlyMap<string, Frame>): Size => frames.get(path) ?? NODE_SIZE;

/** Nets repeat their blocks: a frame is laid out once for all that have the same inside. */
const known = new Map<string, Omit<Frame, 'children'> & { readonly rects: readonly Rect[] }>();
const MOST_KNOWN = 400;

function frameOf(boxes: readonly Box[], links: readonly Link[], direction: Direction): Frame {
  const index = new Map(boxes.map((b, i) => [b.id, i]));
  const wires = links.map(([a, b]) => [index.get(a), index.get(b)]);
  const key = JSON.stringify([direction, boxes.map((b) => [b.width, b.height]), wires]);
  const same = known.get(key) ?? layOut(boxes, links, direction);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, same);
  const { width, height, rects } = same;
  return { width, height, children: new Map(boxes.map((b, i) => [b.id, rects[i]!])) };
}

function layOut(boxes: readonly Box[], links: readonly Link[], direction: Direction) {
  const places = layered([{ id: OUTSIDE, width: 1, height: 1 }, ...boxes], links, { direction });
  const rects = boxes.map((b) => ({ ...places.get(b.id)!, width: b.width, height: b.height }));
  const bounds = boundsOf(rects);
  const { width, height } = direction === 'down' ? roomDown(bounds) : roomRight(bounds);
  const left = (width - bounds.width) / 2 - bounds.x;
  const top = direction === 'down' ? HEAD + FAN - 4 - bounds.y : (height - bounds.height) / 2 - bounds.y;
  return {
    width,
    height,
    rects: rects.map((r): Rect => ({ ...r, x: r.x + left, y: r.y + top })),
  };
}

/** A frame grows by whole steps of the grid on both sides, so that what stands beside it stays on the grid. */
const grown = (least: number, wanted: number, step: number): number =>
  least + Math.ceil((wanted - least) / step) * step;

const roomDown = ({ width, height }: Size): Size => ({
  width: grown(NODE_WIDTH, width + 2 * SIDE, 40),
  height: grown(NODE_HEIGHT, height + HEAD + 2 * FAN, 20),
});
/** As much room below as the head takes above, so that the wire straight through meets the middle of the side. */
const roomRight = ({ width, height }: Size): Size => ({
  width: grown(NODE_WIDTH, width + 2 * (SIDE + FAN), 20),
  height: grown(NODE_HEIGHT, height + 2 * (HEAD + 12), 40),
});
