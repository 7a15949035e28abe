import { arrangeSelected, canArrangeSelected, toggleTidy } from '../canvas/layout-actions';
import { type AppCommand, handled } from './commands';

/** How the net lies on the canvas, and how it is shown to others. */
export const layoutCommands: readonly AppCommand[] = [
  handled({ id: 'layout.down', title: 'Lay the net out from top to bottom', keys: ['Alt+Shift+D'] }),
  handled({ id: 'layout.right', title: 'Lay the net out from left to right', keys: ['Alt+Shift+R'] }),
  {
    ...{ id: 'layout.selection', title: 'Arrange the selected nodes', keys: ['Alt+Shift+A'] },
    run: arrangeSelected,
    enabled: canArrangeSelected,
  },
  { id: 'layout.tidy', title: 'Keep tidy while editing, or not', keys: ['Alt+Shift+T'], run: toggleTidy },
  handled({ id: 'view.present', title: 'Present the net', also: 'slides full screen', keys: ['F5'] }),
];
