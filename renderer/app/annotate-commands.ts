import {
  colourFrame,
  deleteFrame,
  frameNodes,
  frameOf,
  unframeNodes,
} from '../../engine/graph/commands/frames';
import { freeId } from '../../engine/graph/commands/records';
import { FRAME_COLOURS } from '../../engine/graph/document';
import { useNotes } from '../notes/note-state';
import { selectedNodes } from './clipboard';
import { type AppCommand, handled } from './commands';
import { actAndFocus } from './focus';
import { useSession } from './session';
import { useEditor } from './store';

const editor = () => useEditor.getState();
const groups = () => editor().history.present.groups;
const someSelected = (): boolean => selectedNodes().length > 0;
/** The frame of the first selected node that stands in one. */
const frame = (): string | undefined =>
  selectedNodes()
    .map((id) => frameOf(groups(), id))
    .find((id) => id !== undefined);
const inFrame = (): boolean => frame() !== undefined;

function frameSelected(): void {
  const before = groups();
  const id = freeId('frame', before);
  const title = `Frame ${Object.keys(before).length + 1}`;
  // its title is the next thing one writes
  actAndFocus(
    () => editor().run(frameNodes, { ids: selectedNodes(), title, id }),
    `[data-frame="${id}"] .nm input`,
  );
}

function nextColour(): void {
  const id = frame();
  if (id === undefined) return;
  const at = FRAME_COLOURS.indexOf(groups()[id]!.colour ?? 'grey');
  editor().run(colourFrame, { id, colour: FRAME_COLOURS[(at + 1) % FRAME_COLOURS.length]! });
}

function noteOnNode(): void {
  const [node] = selectedNodes();
  useSession.getState().set({ right: true, workspace: 'design' });
  if (node !== undefined) useNotes.getState().set({ node });
}

/** Frames around nodes, and notes. */
export const annotateCommands: readonly AppCommand[] = [
  {
    ...{ id: 'frame.add', title: 'Frame the selected nodes', keys: ['Shift+F'] },
    ...{ run: frameSelected, enabled: someSelected },
  },
  {
    ...{ id: 'frame.leave', title: 'Take the selected nodes out of their frame' },
    run: () => editor().run(unframeNodes, { ids: selectedNodes() }),
    enabled: inFrame,
  },
  {
    ...{ id: 'frame.colour', title: 'Change the colour of the frame' },
    ...{ run: nextColour, enabled: inFrame },
  },
  {
    ...{ id: 'frame.delete', title: 'Remove the frame around the selected nodes' },
    run: () => editor().run(deleteFrame, { id: frame() ?? '' }),
    enabled: inFrame,
  },
  handled({ id: 'note.add', title: 'Add a note to the canvas', keys: ['Shift+N'] }),
  {
    ...{ id: 'note.node', title: 'Write a note on the selected node', keys: ['Shift+M'] },
    ...{ run: noteOnNode, enabled: () => selectedNodes().length === 1 },
  },
];
