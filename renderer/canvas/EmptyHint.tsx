import { formatShortcut, isMac } from '../app/keys';
import { useEditor } from '../app/store';

/** How to start, while there is nothing to see. */
export function EmptyHint() {
  const empty = useEditor((s) => Object.keys(s.history.present.nodes).length === 0);
  if (!empty) return null;
  return (
    <div className="empty-hint" data-testid="empty-hint">
      <svg width="148" height="96" viewBox="0 0 148 96" aria-hidden="true">
        <path className="empty-wire" d="M74 26v10M74 60v10" />
        <rect x="38" y="2" width="72" height="24" rx="5" />
        <rect x="38" y="36" width="72" height="24" rx="5" />
        <rect x="38" y="70" width="72" height="24" rx="5" />
        <path className="empty-spine" d="M38 8v12M38 42v12M38 76v12" />
      </svg>
      <b>Draw a net</b>
      <p>Drag a node from the palette, or double-click here and type it: “conv 64 3x3 s2”.</p>
      <p>
        A template is a good start: <kbd>{formatShortcut('Mod+K', isMac())}</kbd> finds them all.
      </p>
    </div>
  );
}
