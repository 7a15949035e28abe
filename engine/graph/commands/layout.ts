import type { GraphDocument } from '../document';
import type { Command } from '../history';
import { moveNodes, type Position } from './nodes';

type Layout = GraphDocument['layout'];

/** Moves nodes to where a layout puts them, and keeps which way the net then runs: one step of undo. */
export const arrangeNodes: Command<{
  moves: readonly { id: string; position: Position }[];
  direction: NonNullable<Layout['direction']>;
}> = {
  id: 'layout.arrange',
  label: 'arrange',
  run: (doc, { moves, direction }) => withLayout(moveNodes.run(doc, { moves }), { direction }),
};

/** Whether each edit of nodes and wires arranges the net anew. */
export const setTidy: Command<{ on: boolean }> = {
  id: 'layout.tidy',
  label: 'keep tidy',
  run: (doc, { on }) => withLayout(doc, { tidy: on }),
};

/** What is as usual is left out, so that the file of a net that never used it stays as it was. */
function withLayout(doc: GraphDocument, change: Partial<Layout>): GraphDocument {
  const { direction = 'down', tidy = false, ...others } = { ...doc.layout, ...change };
  const same = direction === (doc.layout.direction ?? 'down') && tidy === (doc.layout.tidy ?? false);
  if (same) return doc;
  return {
    ...doc,
    layout: { ...others, ...(direction !== 'down' && { direction }), ...(tidy && { tidy }) },
  };
}
