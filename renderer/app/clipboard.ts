import { importBlock, usedBlocks } from '../../engine/analysis/blocks/own';
import { deleteSelection } from '../../engine/graph/commands/edges';
import { pasteNodes } from '../../engine/graph/commands/nodes';
import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import { openDocument, saveDocument } from '../../engine/graph/file';
import { deleteAt } from './blocks';
import { focusNode } from './focus';
import { reportError } from './notices';
import { useEditor } from './store';

/** The copied nodes as a graph of their own: its text, on the system's clipboard, opens as a file too. */
let clip: GraphDocument | undefined;
let pastes = 0;
let deletions = 0;
let insertions = 0;
const STEP = 40;

const state = () => useEditor.getState();

/** Selected nodes of the graph itself: what lies inside a block belongs to the block. */
export const selectedNodes = (): readonly string[] => {
  const { history, selection } = state();
  return selection.nodes.filter((id) => history.present.nodes[id]);
};
export const canCopy = (): boolean => selectedNodes().length > 0;
export const canPaste = (): boolean => clip !== undefined;
/** Selected nodes inside of blocks. */
export const innerNodes = (): readonly string[] =>
  state().selection.nodes.filter((path) => path.includes('/'));
export const canDelete = (): boolean => {
  const { history, selection } = state();
  return canCopy() || innerNodes().length > 0 || selection.edges.some((id) => history.present.edges[id]);
};

/** By the menu or the command field; keys come as the browser's events, see {@link onCopy}. */
export function copy(): void {
  if (!canCopy()) return;
  keep();
  // the system's clipboard takes what the event is given; where the browser refuses, the copy kept here does
  if ('execCommand' in document) document.execCommand('copy');
}

export function cut(): void {
  copy();
  deleteSelected();
}

export function paste(): void {
  if (clip) insertClip(clip);
}

/** Ctrl C and Ctrl X where no text is selected: the nodes, as text. */
export function onCopy(event: ClipboardEvent): void {
  if (!canCopy()) return;
  const text = saveDocument(keep());
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
  if (event.type === 'cut') deleteSelected();
}

/** Ctrl V: nodes from this or another window; a whole graph file too. Other text is not for the canvas. */
export function onPaste(event: ClipboardEvent): void {
  const text = event.clipboardData?.getData('text/plain').replaceAll('\r\n', '\n') ?? '';
  event.preventDefault();
  if (text === '') {
    paste();
    return;
  }
  if (!text.trimStart().startsWith('{') || !text.includes('"convloom"')) return;
  if (!clip || text !== saveDocument(clip)) {
    try {
      clip = openDocument(text);
      pastes = 0;
    } catch (error) {
      reportError(error, 'Pasting');
      return;
    }
  }
  insertClip(clip);
}

function keep(): GraphDocument {
  clip = cutOut(state().history.present, selectedNodes());
  pastes = 0;
  return clip;
}

function insertClip(from: GraphDocument): void {
  pastes += 1;
  insert(from, pastes * STEP);
}

export const duplicate = (): void => insert(cutOut(state().history.present, selectedNodes()), STEP);

export function deleteSelected(): void {
  const { run, select, selection } = state();
  const gesture = `delete ${++deletions}`;
  for (const path of innerNodes()) deleteAt(path, gesture);
  run(deleteSelection, { nodes: selectedNodes(), edges: selection.edges }, gesture);
  select({});
}

export function selectAll(): void {
  const { nodes, edges } = state().history.present;
  state().select({ nodes: Object.keys(nodes), edges: Object.keys(edges) });
}

/** Adds the nodes to the right and below, and selects them. */
function insert({ nodes, edges, blocks }: GraphDocument, offset: number): void {
  const { nodes: before, blocks: known } = state().history.present;
  const gesture = `insert ${++insertions}`;
  for (const id of usedBlocks({ nodes, blocks }))
    if (!Object.hasOwn(known, id)) state().run(importBlock, { id, block: blocks[id] }, gesture);
  const args = { nodes, edges: Object.values(edges), offset: { x: offset, y: offset } };
  state().run(pasteNodes, args, gesture);
  const fresh = Object.keys(state().history.present.nodes).filter((id) => !Object.hasOwn(before, id));
  if (fresh.length === 0) return;
  focusNode(fresh[0]!, 'if-hidden');
  state().select({ nodes: fresh });
}

function cutOut({ name, nodes, edges, blocks }: GraphDocument, ids: readonly string[]): GraphDocument {
  const inside = new Set(ids);
  return {
    ...emptyDocument(name),
    blocks,
    nodes: Object.fromEntries(ids.map((id) => [id, nodes[id]!])),
    edges: Object.fromEntries(
      Object.entries(edges).filter(([, e]) => inside.has(e.from.node) && inside.has(e.to.node)),
    ),
  };
}
