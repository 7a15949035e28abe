import { create } from 'zustand';
import { useSession } from '../app/session';
import { useCompare } from '../compare/compare-store';

export type PastPage = 'history' | 'versions';

/** Which list of earlier states stands on the canvas. */
export const usePast = create<{ readonly page: PastPage | null }>(() => ({ page: null }));

export const isShown = (page: PastPage): boolean =>
  usePast.getState().page === page && useSession.getState().workspace === 'design';

/** The same again closes it. */
export function showPast(page: PastPage): void {
  if (isShown(page)) {
    closePast();
    return;
  }
  useSession.getState().show('design');
  useCompare.getState().leave();
  usePast.setState({ page });
}

/** The focus goes back to the canvas, where the work is. */
export function closePast(): void {
  usePast.setState({ page: null });
  document.querySelector<HTMLElement>('section[data-canvas]')?.focus({ preventScroll: true });
}
