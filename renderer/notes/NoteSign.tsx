import { useEditor } from '../app/store';
import { Icon } from '../ui/Icon';
import { firstWords } from '../ui/markdown-text';

/** Says on the node that something is written down about it; the words are in the inspector. */
export function NoteSign({ path }: { readonly path: string }) {
  const note = useEditor((s) => s.history.present.nodes[path]?.note);
  if (!note) return null;
  return (
    <span className="node-note" role="img" aria-label="Has a note" title={firstWords(note, 200)}>
      <Icon name="note" size={13} />
    </span>
  );
}
