import { create } from 'zustand';
import type { Repair } from '../../engine/errors';
import type { GraphDocument } from '../../engine/graph/document';
import { documentCommands } from './document-commands';
import { useDocument, useEditor } from './store';

interface Preview {
  readonly of: GraphDocument;
  readonly doc: GraphDocument;
}
const usePreview = create<{ readonly preview: Preview | null }>(() => ({ preview: null }));

/** What the document would be after the edit that is pointed at or typed; it holds for the document as it stands only. */
export function usePreviewed(): GraphDocument | null {
  const preview = usePreview((s) => s.preview);
  const present = useDocument();
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
/** Shows another document in place of the open one, until it changes or `endPreview`. @param of the open one */
export function previewDocument(doc: GraphDocument, of = useEditor.getState().history.present): void {
  usePreview.setState({ preview: doc === of ? null : { of, doc } });
}
export const endPreview = (): void => usePreview.setState({ preview: null });

/** Milliseconds in which an edit comes to the canvas. */
const LAPSE = 500;
/** Ends it; where what it foretold was done, once that is on the canvas, which would show for a moment what was before. */
export function leavePreview(): void {
  const { preview } = usePreview.getState();
  const done = preview !== null && preview.of !== useEditor.getState().history.present;
  if (!done) endPreview();
  else setTimeout(() => usePreview.getState().preview === preview && endPreview(), LAPSE);
}
