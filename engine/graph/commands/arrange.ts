import type { GraphDocument } from '../document';
import type { Command } from '../history';
import { moveNodes, type Position } from './nodes';

const GRID = 20;
const snap = (v: number): number => Math.round(v / GRID) * GRID;

/** Which line nodes are brought to. All are of one size, so that one line stands for the same lines of all. */
export type Line = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
type Axis = 'x' | 'y';

const AXIS: Readonly<Record<Line, Axis>> = {
  ...({ left: 'x', centre: 'x', right: 'x' } as const),
  ...({ top: 'y', middle: 'y', bottom: 'y' } as const),
};

/** The nodes of `ids` that have a place, once each. */
function placed(doc: GraphDocument, ids: readonly string[]): readonly { id: string; at: Position }[] {
  return [...new Set(ids)].flatMap((id) => {
    const at = Object.hasOwn(doc.nodes, id) ? doc.nodes[id]!.position : undefined;
    return at ? [{ id, at }] : [];
  });
}

/** Brings nodes to one line, on the grid of 20 pixels; fewer than two stay where they are. */
export const alignNodes: Command<{ ids: readonly string[]; line: Line }> = {
  id: 'node.align',
  label: 'align',
  run(doc, { ids, line }) {
    const found = placed(doc, ids);
    if (found.length < 2) return doc;
    const axis = AXIS[line];
    const values = found.map(({ at }) => at[axis]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const start = line === 'left' || line === 'top';
    const end = line === 'right' || line === 'bottom';
    const value = snap(start ? low : end ? high : (low + high) / 2);
    return moveNodes.run(doc, {
      moves: found.map(({ id, at }) => ({ id, position: { ...at, [axis]: value } })),
    });
  },
};

/** Gives nodes even distances between the two outermost, which stay; fewer than three stay where they are. */
export const distributeNodes: Command<{ ids: readonly string[]; axis: Axis }> = {
  id: 'node.distribute',
  label: 'distribute',
  run(doc, { ids, axis }) {
    const found = [...placed(doc, ids)].sort((a, b) => a.at[axis] - b.at[axis]);
    if (found.length < 3) return doc;
    const [low, high] = [found[0]!.at[axis], found.at(-1)!.at[axis]];
    const step = (high - low) / (found.length - 1);
    const inner = found.slice(1, -1);
    return moveNodes.run(doc, {
      moves: inner.map(({ id, at }, i) => ({
        id,
        position: { ...at, [axis]: snap(low + (i + 1) * step) },
      })),
    });
  },
};
