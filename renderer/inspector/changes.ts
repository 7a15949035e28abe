import { editInside } from '../../engine/analysis/blocks/inside';
import { setParam, setParams } from '../../engine/graph/commands/nodes';
import type { GraphDocument } from '../../engine/graph/document';
import type { Command } from '../../engine/graph/history';
import { splitPath } from '../app/blocks';
import { reportError } from '../app/notices';
import { useEditor } from '../app/store';

/** One parameter of the node at `path`, which may lie inside a block. */
export interface Change {
  readonly path: string;
  readonly param: string;
  readonly value: unknown;
}

/** What the document would be, without a step of history. @throws UserError where a block cannot be edited inside */
export function changed(doc: GraphDocument, changes: readonly Change[]): GraphDocument {
  // an edit inside a block makes a group of it, which no longer has the block's parameters
  const inOrder = [...changes].sort((a, b) => depth(a) - depth(b));
  return inOrder.reduce((at, { path, param, value }) => {
    const { parent, id } = splitPath(path);
    const args = { id, param, value };
    if (parent === '') return setParam.run(at, args);
    return editInside.run(at, { path: parent, command: setParams.id, args: { changes: [args] } });
  }, doc);
}
const depth = ({ path }: Change): number => path.split('/').length;

/** All of it as one step of undo. */
const changeParams: Command<{ readonly changes: readonly Change[] }> = {
  id: setParam.id,
  label: setParam.label,
  run: (doc, { changes }) => changed(doc, changes),
};

/** Carries the changes out. @param gesture edits with one gesture are one step of undo */
export function makeChanges(changes: readonly Change[], gesture: string): void {
  try {
    useEditor.getState().run(changeParams, { changes }, gesture);
  } catch (error) {
    reportError(error, 'Changing the parameter');
  }
}
