import { useEffect } from 'react';
import type { NodeAnalysis } from '../../engine/analysis/analyse';
import { toggleOpen } from '../../engine/graph/commands/document';
import type { UserBlock } from '../../engine/nodes/user-block';
import { blockActions } from '../app/blocks';
import { keepInLibrary, loadLibrary, removeFromLibrary } from '../app/library';
import { useLibrary } from '../app/library-kinds';
import { useEditor, usePart } from '../app/store';
import { Icon } from '../ui/Icon';
import { OwnBlock } from './OwnBlock';
import { useOwnBlock } from './use-own-block';

/** What can be done with a block as a whole; of one's own also its name, and how often it is used. */
export function BlockSection({ node }: { readonly node: NodeAnalysis }) {
  const { path } = node.instance;
  const run = useEditor((s) => s.run);
  const open = usePart((doc) => doc.layout.open.includes(path));
  const own = useOwnBlock(path);
  const acts = [
    ['make', 'Make block'],
    ['repeat', 'Repeat'],
    ['detach', 'Detach'],
    ['reset', 'Reset'],
    ['ungroup', 'Ungroup'],
  ] as const;
  return (
    <div className="in-block">
      {own && <OwnBlock id={own.id} block={own.block} />}
      <div className="in-acts">
        <button type="button" className="btn small" onClick={() => run(toggleOpen, { path })}>
          <Icon name={open ? 'up' : 'down'} size={12} />
          {open ? 'Fold the block' : 'Look inside'}
        </button>
        {acts
          .filter(([act]) => blockActions[act].enabled() && !(own && act === 'make'))
          .map(([act, title]) => (
            <button key={act} type="button" className="btn small" onClick={() => blockActions[act].run()}>
              {title}
            </button>
          ))}
        {own && <LibraryButton id={own.id} block={own.block} />}
      </div>
    </div>
  );
}

/** Keeps the block for all documents, or lets go of it there. */
function LibraryButton({ id, block }: { readonly id: string; readonly block: UserBlock }) {
  const kept = useLibrary((s) => s.blocks?.[id]);
  useEffect(loadLibrary, []);
  const same = kept !== undefined && JSON.stringify(kept) === JSON.stringify(block);
  return (
    <button
      type="button"
      className="btn small"
      onClick={() => void (same ? removeFromLibrary(id) : keepInLibrary(id))}
    >
      {same ? 'Remove from library' : 'Keep in library'}
    </button>
  );
}
