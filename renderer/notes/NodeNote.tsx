import { useRef } from 'react';
import { noteNode } from '../../engine/graph/commands/notes';
import { useDocument, useEditor } from '../app/store';
import { Markdown } from '../ui/Markdown';
import { NoteText } from './NoteText';
import { useNotes } from './note-state';
import './notes.css';

/** What the user wrote down about a node, in the inspector. Nodes inside of blocks belong to the block. */
export function NodeNote({ path }: { readonly path: string }) {
  const record = useDocument().nodes[path];
  const writing = useNotes((s) => s.node === path);
  const set = useNotes((s) => s.set);
  const button = useRef<HTMLButtonElement>(null);
  if (!record) return null;
  const note = record.note ?? '';
  const keep = (text: string, byKey: boolean) => {
    useEditor.getState().run(noteNode, { id: path, note: text });
    set({ node: null });
    if (byKey) requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <section className="nn" aria-label="Note">
      <h3 className="nn-head">
        Note
        {!writing && (
          <button
            type="button"
            ref={button}
            className="nn-write"
            aria-label={note === '' ? 'Write a note on this node' : 'Change the note on this node'}
            onClick={() => set({ node: path })}
          >
            {note === '' ? 'Write' : 'Change'}
          </button>
        )}
      </h3>
      {writing ? (
        <NoteText label="Note on this node" value={note} onDone={keep} />
      ) : (
        note !== '' && <Markdown text={note} />
      )}
    </section>
  );
}
