import { useEffect, useState } from 'react';
import { create } from 'zustand';

export type DockTab = 'run' | 'problems' | 'table' | 'log';
interface DockState {
  readonly open: boolean;
  /** Pixels, with the row of tabs; null while the user has chosen none. */
  readonly height: number | null;
  readonly tab: DockTab;
  show(tab: DockTab): void;
  toggle(): void;
  resize(height: number): void;
  reset(): void;
}

export const DOCK_LEAST = 150;
export const BAR_HEIGHT = 36;
/** Before the first run: the tabs, and what Run would do. */
export const SLIM_HEIGHT = 84;
const KEY = 'convloom.dock';
/** A quarter of the window, so that the net keeps its room in a small one. */
const usualHeight = (): number => {
  const least = Math.max(DOCK_LEAST, Math.min(196, window.innerHeight * 0.35));
  return Math.round(Math.min(222, Math.max(least, window.innerHeight / 4)));
};
const mostHeight = (): number => Math.max(DOCK_LEAST, Math.round(window.innerHeight * 0.7));
const clamp = (height: number): number => Math.round(Math.min(mostHeight(), Math.max(DOCK_LEAST, height)));

export const useDock = create<DockState>((set, get) => ({
  ...remembered(),
  tab: 'run',
  show: (tab) => {
    set({ tab, open: true });
    remember(get());
  },
  toggle: () => {
    set((s) => ({ open: !s.open }));
    remember(get());
  },
  resize: (height) => {
    // Dragged to half of the least height, the dock folds.
    set(height < DOCK_LEAST / 2 ? { open: false } : { open: true, height: clamp(height) });
    remember(get());
  },
  reset: () => {
    set({ open: true, height: null });
    remember(get());
  },
}));
export const dockMost = mostHeight;

/** The chosen height, or the usual one at this size of the window. */
export function useDockHeight(): number {
  const height = useDock((s) => s.height);
  const [, measure] = useState(0);
  useEffect(() => {
    const again = () => measure(window.innerHeight);
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  }, []);
  return height === null ? usualHeight() : clamp(height);
}

function remembered(): Pick<DockState, 'open' | 'height'> {
  try {
    const { open, height } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as {
      open?: unknown;
      height?: unknown;
    };
    return { open: open !== false, height: typeof height === 'number' ? height : null };
  } catch {
    return { open: true, height: null };
  }
}
function remember({ open, height }: DockState): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ open, height }));
  } catch {
    // The dock then opens at its usual height.
  }
}
