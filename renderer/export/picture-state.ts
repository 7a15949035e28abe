import { create } from 'zustand';
import { useEditor } from '../app/store';
import { isComparing } from '../compare/compare-store';
import { type PictureChoice, PLAIN_CHOICE } from '../picture/draw';

export type PictureFormat = 'svg' | 'png' | 'pdf' | 'tex';

export interface PictureSettings extends PictureChoice {
  readonly format: PictureFormat;
  /** Pixels of a PNG for each of the drawing. */
  readonly pixels: 1 | 2 | 4;
  readonly part: 'all' | 'selection';
}

interface PictureState {
  readonly open: boolean;
  /** As they were chosen last, until the app ends. */
  readonly settings: PictureSettings;
  choose(patch: Partial<PictureSettings>): void;
  close(): void;
}

export const usePictures = create<PictureState>((set) => ({
  open: false,
  settings: { ...PLAIN_CHOICE, format: 'svg', pixels: 2, part: 'all' },
  choose: (patch) => set((s) => ({ settings: { ...s.settings, ...patch } })),
  close: () => set({ open: false }),
}));

export const canDraw = (): boolean =>
  !isComparing() && Object.keys(useEditor.getState().history.present.nodes).length > 0;

/** With the selection where there is one of several nodes, in the theme that is on screen at the first time. */
let shown = false;
export function openPictures(): void {
  const several = useEditor.getState().selection.nodes.length > 1;
  const dark = document.documentElement.dataset['theme'] === 'dark';
  usePictures.setState((s) => ({
    open: true,
    settings: {
      ...s.settings,
      part: several ? 'selection' : 'all',
      theme: shown ? s.settings.theme : dark ? 'dark' : 'light',
    },
  }));
  shown = true;
}
