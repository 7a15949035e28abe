import { useEffect } from 'react';
import { useSession } from './session';
import { useEditor } from './store';

/** After a press of the pointer the browser itself knows where Tab goes on from, for so many milliseconds. */
const POINTER = 400;

interface Last {
  readonly element: HTMLElement;
  readonly box: DOMRect;
}

/**
 * The keyboard never loses its place: where what had the focus goes (a node that is deleted, a dialog that is closed, a
 * block that is folded, a field that Enter leaves), the nearest node or else the canvas takes it.
 */
export function useKeepFocus(): void {
  useEffect(() => {
    let last: Last | null = null;
    let pointer = 0;
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement) last = { element: target, box: target.getBoundingClientRect() };
    };
    const onPointer = () => {
      pointer = performance.now();
    };
    const check = () => {
      // what comes next may take the focus itself: a dialog, a list, a title
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const lost =
            document.activeElement === document.body && !inDialog() && performance.now() - pointer > POINTER;
          if (lost) heir(last)?.focus({ preventScroll: true });
        }),
      );
    };
    const stops = [useEditor.subscribe(check), useSession.subscribe(check)];
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', check);
    document.addEventListener('pointerdown', onPointer, true);
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', check);
      document.removeEventListener('pointerdown', onPointer, true);
    };
  }, []);
}

/** A dialog keeps the focus by itself. */
const inDialog = (): boolean =>
  document.querySelector('[role="dialog"][data-modal], [role="alertdialog"]') !== null;
const canvas = (): HTMLElement | null => document.querySelector<HTMLElement>('section[data-canvas]');

/** Of a node that is gone the nearest that is left; of anything else the canvas, or the page in its place. */
function heir(last: Last | null): HTMLElement | null {
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
