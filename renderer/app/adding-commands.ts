import { useFind } from '../find/find-store';
import { type AppCommand, handled } from './commands';
import { useSession } from './session';

/** Adding nodes by typing, finding them, and looking at a part of the net. */
export const findCommands: readonly AppCommand[] = [
  handled({ id: 'node.quick', title: 'Add a node by typing', also: 'insert quick', keys: ['Space', 'Tab'] }),
  {
    id: 'find.open',
    title: 'Find in the net',
    also: 'search',
    keys: ['Mod+F'],
    inFields: true,
    run() {
      useSession.getState().set({ workspace: 'design' });
      useFind.getState().show();
    },
  },
  handled({ id: 'find.next', title: 'Go to the next hit', keys: ['F3'], inFields: true }),
  handled({ id: 'find.previous', title: 'Go to the previous hit', keys: ['Shift+F3'], inFields: true }),
  handled({ id: 'find.select', title: 'Select all hits' }),
];
export const zoomCommands: readonly AppCommand[] = [
  handled({ id: 'view.fit-selection', title: 'Show the selection', also: 'zoom fit', keys: ['Shift+Z'] }),
  handled({ id: 'view.zoom-100', title: 'Zoom to 100 %', keys: ['Mod+0'] }),
];
