import { create } from 'zustand';
import type { Repair } from '../../engine/errors';
import type { GraphDocument } from '../../engine/graph/document';
import { documentCommands } from './document-commands';
import { useEditor } from './store';

interface Preview {
  readonly of: GraphDocument;
  readonly doc: GraphDocument;
}
const usePreview = create<{ readonly preview: Preview | null }>(() => ({ preview: null }));

/** What the document would be after the edit that is pointed at or typed; it holds for the document as it stands only. */
export function usePreviewed(): GraphDocument | null {
  const preview = usePreview((s) => s.preview);
  const present = useEditor((s) => s.history.present);
  return preview?.of === present ? preview.doc : null;
}

/** Shows on the canvas what a repair would do. One that cannot be carried out shows nothing. */
export function showPreview({ command, args }: Repair): void {
  const { present } = useEditor.getState().history;
  try {
    const doc = documentCommands.get(command)?.run(present, args);
    usePreview.setState({ preview: doc && doc !== present ? { of: present, doc } : null });
  } catch {
    endPreview();
  }
}
/** Shows on the canvas what an edit that is not made yet would do. */
export function previewDocument(doc: GraphDocument): void {
  const { present } = useEditor.getState().history;
  if (doc !== present) usePreview.setState({ preview: { of: present, doc } });
}
export const endPreview = (): void => usePreview.setState({ preview: null });
