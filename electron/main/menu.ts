import type { MenuItemConstructorOptions } from 'electron';
import { recentLabel } from './documents';

interface Means {
  readonly mac: boolean;
  readonly recent: readonly string[];
  /** Keys that the user gave to commands, in place of those that stand here. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Asks the window to carry out a command of its table. */
  command(id: string): void;
  openRecent(path: string): void;
  forgetRecent(): void;
  showLog(): void;
  showRuns(): void;
  about(): void;
}
type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

/** The application menu. Keys that the window handles itself never come this far: it takes them first. */
export function menuTemplate(means: Means): Item[] {
  const item = (label: string, id: string, accelerator?: string): Item => ({
    label,
    id,
    click: () => means.command(id),
    ...shownKeys(means, id, accelerator),
  });
  return [
    ...(means.mac ? [{ role: 'appMenu' } as Item] : []),
    { label: '&File', submenu: fileMenu(means, item) },
    { label: '&Edit', submenu: editMenu(item) },
    { label: '&View', submenu: viewMenu(item) },
    { label: '&Run', submenu: runMenu(means, item) },
    { role: 'help', label: '&Help', submenu: helpMenu(means, item) },
  ];
}
/** A bare key is shown where the system can show it without taking it from fields. */
function shownKeys({ mac, keys }: Means, id: string, usual: string | undefined): Partial<Item> {
  const own = Object.hasOwn(keys, id) ? keys[id] : undefined;
  const accelerator = own ? own[0] && toAccelerator(own[0]) : usual;
  if (!accelerator) return {};
  const bare = !/Ctrl|Alt/.test(accelerator);
  if (bare && mac) return {};
  return { accelerator, ...(bare && { registerAccelerator: false }) };
}

const ELECTRON: Readonly<Record<string, string>> = {
  ...{ Mod: 'CmdOrCtrl', Enter: 'Return', ArrowUp: 'Up', ArrowDown: 'Down' },
  ...{ ArrowLeft: 'Left', ArrowRight: 'Right' },
};
/** `Mod+Shift+Z` -> `CmdOrCtrl+Shift+Z`; the plus sign has a name of its own. */
const toAccelerator = (keys: string): string =>
  keys
    .replace(/\+\+$|^\+$/, (plus) => (plus === '+' ? 'Plus' : '+Plus'))
    .split('+')
    .map((part) => ELECTRON[part] ?? part)
    .join('+');

type MakeItem = (label: string, id: string, accelerator?: string) => Item;

function fileMenu({ mac, recent, openRecent, forgetRecent }: Means, item: MakeItem): Item[] {
  const files: Item[] = recent.map((path) => ({
    label: recentLabel(path, recent).replaceAll('&', '&&'),
    click: () => openRecent(path),
  }));
  const clear: Item[] = [line, { label: 'Clear List', click: forgetRecent }];
  return [
    item('New', 'file.new', 'CmdOrCtrl+N'),
    item('Open…', 'file.open', 'CmdOrCtrl+O'),
    { label: 'Open Recent', enabled: files.length > 0, submenu: [...files, ...clear] },
    line,
    item('Save', 'file.save', 'CmdOrCtrl+S'),
    item('Save As…', 'file.save-as', 'CmdOrCtrl+Shift+S'),
    item('Export to JSON…', 'file.export-json', 'CmdOrCtrl+Shift+E'),
    item('Save All', 'file.save-all'),
    item('Export Picture…', 'file.export-picture', 'CmdOrCtrl+P'),
    item('Close Graph', 'file.close', 'CmdOrCtrl+W'),
    line,
    item('Compare with a File…', 'compare.file'),
    item('Compare with a Template…', 'compare.template'),
    item('Compare with the Saved Version', 'compare.saved'),
    item('Compare with Another Open Graph…', 'compare.open'),
    line,
    mac ? { role: 'close', accelerator: 'Shift+Cmd+W' } : { role: 'quit' },
  ];
}

/** The window tells text from nodes: with the cursor in a field these act on its text. */
const editMenu = (item: MakeItem): Item[] => [
  item('Undo', 'edit.undo', 'CmdOrCtrl+Z'),
  item('Redo', 'edit.redo', 'CmdOrCtrl+Shift+Z'),
  item('History', 'past.history', 'CmdOrCtrl+Shift+H'),
  item('Versions', 'past.versions'),
  line,
  item('Cut', 'edit.cut', 'CmdOrCtrl+X'),
  item('Copy', 'edit.copy', 'CmdOrCtrl+C'),
  item('Paste', 'edit.paste', 'CmdOrCtrl+V'),
  item('Duplicate', 'edit.duplicate', 'CmdOrCtrl+D'),
  item('Delete', 'edit.delete', 'Delete'),
  line,
  item('Select All', 'edit.select-all', 'CmdOrCtrl+A'),
  line,
  item('Add a Node…', 'node.quick'),
  item('Find in the Net…', 'find.open', 'CmdOrCtrl+F'),
];

const viewMenu = (item: MakeItem): Item[] => [
  item('Design', 'view.design', 'CmdOrCtrl+1'),
  item('Runs', 'view.runs', 'CmdOrCtrl+2'),
  item('Next Graph', 'tab.next'),
  item('Previous Graph', 'tab.previous'),
  line,
  item('Zoom In', 'view.zoom-in', 'CmdOrCtrl+='),
  item('Zoom Out', 'view.zoom-out', 'CmdOrCtrl+-'),
  item('Zoom to 100 %', 'view.zoom-100', 'CmdOrCtrl+0'),
  item('Show the Whole Net', 'view.fit'),
  item('Show the Selection', 'view.fit-selection'),
  item('Arrange the Nodes', 'view.arrange'),
  line,
  item('Palette', 'view.left', 'CmdOrCtrl+B'),
  item('Inspector', 'view.right', 'CmdOrCtrl+I'),
  item('Appearance…', 'view.looks'),
  item('Text Larger', 'view.text-larger', 'CmdOrCtrl+Alt+='),
  item('Text Smaller', 'view.text-smaller', 'CmdOrCtrl+Alt+-'),
  item('Text as Usual', 'view.text-usual', 'CmdOrCtrl+Alt+0'),
  item('Change the Theme', 'view.theme'),
  item('Search or Run a Command', 'view.commands', 'CmdOrCtrl+K'),
  line,
  { role: 'togglefullscreen' },
];

const runMenu = ({ showRuns }: Means, item: MakeItem): Item[] => [
  item('Start Training', 'run.start', 'CmdOrCtrl+Enter'),
  item('Pause or Resume', 'run.pause', 'CmdOrCtrl+Shift+P'),
  item('Stop', 'run.stop', 'CmdOrCtrl+.'),
  line,
  item('Look at the Data', 'data.preview'),
  { label: 'Show the Folder of Runs', click: showRuns },
];

const helpMenu = ({ showLog, about }: Means, item: MakeItem): Item[] => [
  item('Tour of the Window', 'help.tour'),
  item('Keyboard Shortcuts', 'help.shortcuts'),
  { label: 'Show Log', click: showLog },
  line,
  { label: 'About Convloom', click: about },
];
