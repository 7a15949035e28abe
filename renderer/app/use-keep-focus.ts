import { useEffect } from 'react';
import { useSession } from './session';
import { useEditor } from './store';

interface Last {
  readonly element: HTMLElement;
  readonly box: DOMRect;
  readonly dialog: boolean;
}

/**
 * The keyboard never loses its place: where what had the focus goes (a node that is deleted, a dialog that is closed, a
 * block that is folded, a field that Enter leaves), the nearest node or else the canvas takes it.
 */
export function useKeepFocus(): void {
  useEffect(() => {
    let last: Last | null = null;
    /** What had the focus before a dialog took it. */
    let before: HTMLElement | null = null;
    /** Whether a press of the pointer came last: a click on empty ground takes the focus away, and may. */
    let pointed = false;
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      const dialog = target.closest(DIALOG) !== null;
      if (dialog && last && !last.dialog) before = last.element;
      last = { element: target, box: target.getBoundingClientRect(), dialog };
    };
    const onInput = ({ type }: Event) => {
      pointed = type === 'pointerdown';
    };
    const check = () => {
      // what comes next may take the focus itself: a dialog, a list, a title
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const lost = document.activeElement === document.body && !inDialog();
          if (lost && !(pointed && last?.element.isConnected))
            heir(last, before)?.focus({ preventScroll: true });
        }),
      );
    };
    const stops = [useEditor.subscribe(check), useSession.subscribe(check)];
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', check);
    document.addEventListener('pointerdown', onInput, true);
    document.addEventListener('keydown', onInput, true);
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', check);
      document.removeEventListener('pointerdown', onInput, true);
      document.removeEventListener('keydown', onInput, true);
    };
  }, []);
}

/** A dialog keeps the focus by itself. */
const DIALOG = '[role="dialog"][data-modal], [role="alertdialog"]';
const inDialog = (): boolean => document.querySelector(DIALOG) !== null;
const canvas = (): HTMLElement | null => document.querySelector<HTMLElement>('section[data-canvas]');

/**
 * Of a node that is gone the nearest that is left; of a dialog what had the focus before it; of anything else the
 * canvas, or the page in its place.
 */
function heir(last: Last | null, before: HTMLElement | null): HTMLElement | null {
  if (last?.dialog && before?.isConnected) return before;
  if (last && !last.element.isConnected && last.element.matches('.react-flow__node')) {
    const near = nearest(last.box);
    if (near) return near;
  }
  return canvas() ?? document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]');
}

function nearest(box: DOMRect): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
  const far = (e: HTMLElement) => {
    const other = e.getBoundingClientRect();
    return Math.hypot(other.x - box.x, other.y - box.y);
  };
  return all.map((e) => [e, far(e)] as const).sort(([, a], [, b]) => a - b)[0]?.[0];
}
