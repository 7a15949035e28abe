import { flushSync } from 'react-dom';
import { toggleOpen } from '../../engine/graph/commands/document';
import { useEditor } from './store';

export interface FocusRequest {
  readonly path: string;
  /** `centre` moves the view to the node; `if-hidden` only where it is out of sight. */
  readonly move: 'centre' | 'if-hidden';
}
type Listener = (request: FocusRequest) => void;
const listeners = new Set<Listener>();

/** Selects the node, opens the blocks it lies in, and asks the canvas to show it. */
export function focusNode(path: string, move: FocusRequest['move'] = 'centre'): void {
  const { run, select, history } = useEditor.getState();
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const outer = parts.slice(0, depth).join('/');
    if (!history.present.layout.open.includes(outer)) run(toggleOpen, { path: outer }, `focus ${path}`);
  }
  select({ nodes: [path] });
  for (const listener of listeners) listener({ path, move });
}

/** For the canvas, which knows where nodes lie. Gives back the way to stop. */
export function onFocusNode(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Carries out `act` and puts the cursor into the field that comes of it: in the same moment where it can be, so that no
 * key that is typed next is lost. @param selector of the field
 */
export function actAndFocus(act: () => void, selector: string): void {
  const field = () => document.querySelector<HTMLElement>(selector);
  flushSync(act);
  if (field()) field()?.focus();
  else requestAnimationFrame(() => field()?.focus());
}
