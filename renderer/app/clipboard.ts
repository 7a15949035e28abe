import { deleteSelection } from '../../engine/graph/commands/edges';
import { pasteNodes } from '../../engine/graph/commands/nodes';
import type { EdgeRecord, GraphDocument, NodeRecord } from '../../engine/graph/document';
import { useEditor } from './store';

interface Clip {
  readonly nodes: Readonly<Record<string, NodeRecord>>;
  readonly edges: readonly EdgeRecord[];
}
let clip: Clip | undefined;
let pastes = 0;
const STEP = 40;

const state = () => useEditor.getState();

/** Selected nodes of the graph itself: what lies inside a block belongs to the block. */
export const selectedNodes = (): readonly string[] => {
  const { history, selection } = state();
  return selection.nodes.filter((id) => history.present.nodes[id]);
};
export const canCopy = (): boolean => selectedNodes().length > 0;
export const canPaste = (): boolean => clip !== undefined;
export const canDelete = (): boolean => {
  const { history, selection } = state();
  return canCopy() || selection.edges.some((id) => history.present.edges[id]);
};

export function copy(): void {
  if (!canCopy()) return;
  clip = cutOut(state().history.present, selectedNodes());
  pastes = 0;
}

export function cut(): void {
  copy();
  deleteSelected();
}

export function paste(): void {
  if (!clip) return;
  pastes += 1;
  insert(clip, pastes * STEP);
}

export const duplicate = (): void => insert(cutOut(state().history.present, selectedNodes()), STEP);

export function deleteSelected(): void {
  const { run, select, selection } = state();
  run(deleteSelection, { nodes: selectedNodes(), edges: selection.edges });
  select({});
}

export function selectAll(): void {
  const { nodes, edges } = state().history.present;
  state().select({ nodes: Object.keys(nodes), edges: Object.keys(edges) });
}

/** Adds the nodes to the right and below, and selects them. */
function insert({ nodes, edges }: Clip, offset: number): void {
  const before = state().history.present.nodes;
  state().run(pasteNodes, { nodes, edges, offset: { x: offset, y: offset } });
  const fresh = Object.keys(state().history.present.nodes).filter((id) => !Object.hasOwn(before, id));
  if (fresh.length > 0) state().select({ nodes: fresh });
}

function cutOut({ nodes, edges }: GraphDocument, ids: readonly string[]): Clip {
  const inside = new Set(ids);
  return {
    nodes: Object.fromEntries(ids.map((id) => [id, nodes[id]!])),
    edges: Object.values(edges).filter((e) => inside.has(e.from.node) && inside.has(e.to.node)),
  };
}
