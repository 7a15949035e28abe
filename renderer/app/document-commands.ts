import { dissolveBlock, groupNodes } from '../../engine/analysis/blocks/group';
import { editInside, resetBlock } from '../../engine/analysis/blocks/inside';
import { adoptBlocks } from '../../engine/analysis/blocks/library';
import {
  deleteBlock,
  describeBlock,
  describeParam,
  detachBlock,
  exposeParams,
  importBlock,
  makeBlock,
} from '../../engine/analysis/blocks/own';
import { wrapInRepeat } from '../../engine/analysis/blocks/repeat';
import { fitDocument } from '../../engine/analysis/fit-command';
import { bypassNodes, dissolveNodes, swapNodes } from '../../engine/analysis/rewire';
import { alignNodes, distributeNodes } from '../../engine/graph/commands/arrange';
import {
  renameDocument,
  replaceDocument,
  setTraining,
  toggleOpen,
} from '../../engine/graph/commands/document';
import { addEdge, deleteEdges, deleteSelection } from '../../engine/graph/commands/edges';
import {
  colourFrame,
  deleteFrame,
  frameNodes,
  renameFrame,
  unframeNodes,
} from '../../engine/graph/commands/frames';
import { insertNode } from '../../engine/graph/commands/insert';
import {
  addNode,
  deleteNodes,
  moveNodes,
  pasteNodes,
  renameNode,
  replaceNode,
  setParam,
  setParams,
} from '../../engine/graph/commands/nodes';
import { addNote, deleteNote, moveNote, noteNode, writeNote } from '../../engine/graph/commands/notes';
import type { Command } from '../../engine/graph/history';

/** Every command on the document by its id: what a repair in a problem may name. */
const all: readonly Command<any>[] = [
  addNode,
  moveNodes,
  deleteNodes,
  setParam,
  renameNode,
  pasteNodes,
  addEdge,
  insertNode,
  deleteEdges,
  deleteSelection,
  renameDocument,
  replaceDocument,
  setTraining,
  toggleOpen,
  fitDocument,
  editInside,
  resetBlock,
  groupNodes,
  dissolveBlock,
  makeBlock,
  exposeParams,
  describeBlock,
  describeParam,
  deleteBlock,
  importBlock,
  adoptBlocks,
  detachBlock,
  wrapInRepeat,
  bypassNodes,
  dissolveNodes,
  swapNodes,
  alignNodes,
  distributeNodes,
  replaceNode,
  setParams,
  frameNodes,
  unframeNodes,
  renameFrame,
  colourFrame,
  deleteFrame,
  addNote,
  writeNote,
  moveNote,
  deleteNote,
  noteNode,
];
export const documentCommands: ReadonlyMap<string, Command<any>> = new Map(all.map((c) => [c.id, c]));
