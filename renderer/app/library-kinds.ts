import { create } from 'zustand';
import { adopt, adoptBlocks, type Blocks, closure } from '../../engine/analysis/blocks/library';
import type { NodeDef } from '../../engine/nodes/define';
import { blockType, kindsOf } from '../../engine/nodes/user-block';
import { useEditor } from './store';

/** The blocks that the user keeps for all documents; null until they are read. */
export const useLibrary = create<{ readonly blocks: Blocks | null }>(() => ({ blocks: null }));

const PREFIX = 'library:';
export const libraryId = (type: string): string | undefined =>
  type.startsWith(PREFIX) ? type.slice(PREFIX.length) : undefined;

/** Blocks of the library as kinds of the palette, less those that the document has. */
export function libraryKinds(library: Blocks | null, own: Blocks): readonly NodeDef[] {
  if (!library) return [];
  return Object.keys(library)
    .filter((id) => JSON.stringify(own[id]) !== JSON.stringify(library[id]))
    .flatMap((id) => {
      const def = kindsOf(library)(blockType(id));
      return def ? [{ ...def, type: `${PREFIX}${id}`, source: 'Your library' }] : [];
    })
    .sort((a, b) => a.title.localeCompare(b.title));
}

/** The kind to add: one of the library comes into the document first. */
export function takeFromLibrary(type: string, gesture: string): string {
  const id = libraryId(type);
  const { blocks } = useLibrary.getState();
  if (id === undefined || !blocks) return type;
  const { run, history } = useEditor.getState();
  const wanted = closure(blocks, id);
  const { ids } = adopt(history.present.blocks, wanted);
  run(adoptBlocks, { blocks: wanted }, gesture);
  return blockType(ids.get(id) ?? id);
}
