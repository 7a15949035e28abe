import { create } from 'zustand';

export type DockTab = 'run' | 'problems' | 'log';
interface DockState {
  readonly open: boolean;
  /** Pixels, with the row of tabs. */
  readonly height: number;
  readonly tab: DockTab;
  show(tab: DockTab): void;
  toggle(): void;
  resize(height: number): void;
}

export const DOCK_HEIGHT = 222;
export const DOCK_LEAST = 150;
export const BAR_HEIGHT = 36;
const KEY = 'convloom.dock';
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
}));
export const dockMost = mostHeight;

function remembered(): Pick<DockState, 'open' | 'height'> {
  try {
    const { open, height } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as {
      open?: unknown;
      height?: unknown;
    };
    return { open: open !== false, height: typeof height === 'number' ? clamp(height) : DOCK_HEIGHT };
  } catch {
    return { open: true, height: DOCK_HEIGHT };
  }
}
function remember({ open, height }: DockState): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ open, height }));
  } catch {
    // The dock then opens at its usual height.
  }
}
