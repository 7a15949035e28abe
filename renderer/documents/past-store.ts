import { create } from 'zustand';
import { useSession } from '../app/session';
import { useCompare } from '../compare/compare-store';
import { focusCanvas } from './focus-canvas';

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

export function closePast(): void {
  usePast.setState({ page: null });
  focusCanvas();
}
