import { isEnd } from '../../engine/analysis/bypass';
import { bypassNodes, dissolveNodes, swapNodes } from '../../engine/analysis/rewire';
import { UserError } from '../../engine/errors';
import { alignNodes, distributeNodes, type Line } from '../../engine/graph/commands/arrange';
import { dissolveAt, tryTo } from './blocks';
import { innerNodes, selectedNodes } from './clipboard';
import { type AppCommand, handled } from './commands';
import { canDuplicate, duplicateWithWires } from './copies';
import { reportError } from './notices';
import { analysisOf, useEditor } from './store';

const doc = () => useEditor.getState().history.present;
const some = (): boolean => useEditor.getState().selection.nodes.length > 0;
const atLeast = (count: number) => (): boolean => selectedNodes().length >= count;

/** Switches the selected nodes off; where all are off, on again. The ends of the net do not count. */
function bypass(): void {
  const ids = selectedNodes();
  const [within] = innerNodes();
  if (ids.length === 0 && within !== undefined) {
    reportError(insideOfBlock(within), 'Bypassing');
    return;
  }
  const { nodes } = analysisOf(doc());
  const inner = ids.filter((id) => !isEnd(nodes.get(id)?.instance.def));
  const on = inner.length > 0 && inner.every((id) => doc().nodes[id]?.bypassed);
  tryTo('Bypassing', bypassNodes, { ids, on });
}

const insideOfBlock = (path: string): UserError =>
  new UserError(
    'bypass/inside',
    `'${path}' lies inside of a block, and cannot be bypassed there.`,
    'A block has no place for what takes no part in it.',
    'Take it out, which keeps the wires, or ungroup the block first.',
    { node: path },
  );

let taken = 0;

/** Takes the selected nodes out, of blocks too; what was before them is joined to what was after. One step of undo. */
function dissolve(): void {
  const before = doc();
  const gesture = `take out ${++taken}`;
  for (const path of innerNodes()) dissolveAt(path, gesture);
  const ids = selectedNodes();
  if (ids.length > 0) tryTo('Taking out', dissolveNodes, { ids }, gesture);
  if (doc() !== before) useEditor.getState().select({});
}

function swap(): void {
  const [a, b] = selectedNodes();
  if (a !== undefined && b !== undefined) tryTo('Swapping', swapNodes, { ids: [a, b] });
}

const align = (line: Line, title: string, keys: readonly string[] = []): AppCommand => ({
  ...{ id: `align.${line}`, title, ...(keys.length > 0 && { keys }) },
  run: () => useEditor.getState().run(alignNodes, { ids: selectedNodes(), line }),
  enabled: atLeast(2),
});
const distribute = (axis: 'x' | 'y', id: string, title: string): AppCommand => ({
  ...{ id, title },
  run: () => useEditor.getState().run(distributeNodes, { ids: selectedNodes(), axis }),
  enabled: atLeast(3),
});

export const alignCommands: readonly AppCommand[] = [
  align('left', 'Align left', ['Alt+Shift+ArrowLeft']),
  align('centre', 'Align centres'),
  align('right', 'Align right', ['Alt+Shift+ArrowRight']),
  align('top', 'Align top', ['Alt+Shift+ArrowUp']),
  align('middle', 'Align middles'),
  align('bottom', 'Align bottom', ['Alt+Shift+ArrowDown']),
  distribute('x', 'distribute.across', 'Distribute across'),
  distribute('y', 'distribute.down', 'Distribute down'),
];

/** What is done to selected nodes and their wires. */
export const nodeCommands: readonly AppCommand[] = [
  {
    ...{ id: 'node.bypass', title: 'Bypass, or switch on again', also: 'mute disable skip', keys: ['M'] },
    run: bypass,
    enabled: some,
  },
  {
    ...{
      id: 'node.dissolve',
      title: 'Take out and keep the wires',
      also: 'dissolve remove reconnect',
      keys: ['Mod+Delete', 'Mod+Backspace'],
    },
    run: dissolve,
    enabled: some,
  },
  {
    ...{ id: 'node.swap', title: 'Swap two nodes', keys: ['Mod+Shift+X'] },
    run: swap,
    enabled: () => selectedNodes().length === 2,
  },
  {
    ...{ id: 'node.duplicate-wired', title: 'Duplicate with the wires', keys: ['Mod+Shift+D'] },
    run: () => duplicateWithWires(selectedNodes(), { x: 40, y: 40 }),
    enabled: canDuplicate,
  },
  handled({ id: 'node.cut-wires', title: 'Cut wires by a stroke', keys: ['K'] }),
  ...alignCommands,
];
