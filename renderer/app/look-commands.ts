import { contrastIsHigh, setLooks, stepZoom } from '../looks/looks';
import { useTour } from '../tour/tour-state';
import type { AppCommand } from './commands';
import { useSession } from './session';
import { nextTheme } from './theme';

const looks = () => useSession.getState().looks;

/** How the window looks; each choice is kept for the next start. */
export const lookCommands: readonly AppCommand[] = [
  {
    ...{
      id: 'view.looks',
      title: 'Appearance: theme, contrast, colours, text size…',
      also: 'preferences settings font',
    },
    run: () => useSession.getState().set({ appearance: true }),
  },
  { id: 'view.theme', title: 'Change the theme', also: 'dark light mode', run: nextTheme },
  {
    ...{ id: 'view.contrast', title: 'High contrast on or off' },
    run: () => setLooks({ contrast: contrastIsHigh(looks()) ? 'normal' : 'high' }),
  },
  {
    ...{ id: 'view.palette', title: 'Colours that are safe for colour blindness on or off' },
    run: () => setLooks({ palette: looks().palette === 'safe' ? 'standard' : 'safe' }),
  },
  {
    ...{ id: 'view.text-larger', title: 'Text and controls larger', keys: ['Mod+Alt+='], inFields: true },
    run: () => stepZoom(1),
  },
  {
    ...{ id: 'view.text-smaller', title: 'Text and controls smaller', keys: ['Mod+Alt+-'], inFields: true },
    run: () => stepZoom(-1),
  },
  {
    ...{ id: 'view.text-usual', title: 'Text and controls in their usual size', keys: ['Mod+Alt+0'] },
    ...{ inFields: true, run: () => setLooks({ zoom: 1 }) },
  },
];

export const tourCommands: readonly AppCommand[] = [
  {
    ...{ id: 'help.tour', title: 'Tour of the window', also: 'introduction tutorial' },
    run: () => useTour.getState().start(),
  },
];
