import { FIND_ID } from '../app/find';
import { useSession } from '../app/session';
import { useEditor } from '../app/store';
import { useDock } from '../runs/dock-state';
import { useRuns } from '../runs/run-store';

export interface TourStep {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The small thing to do, with `{key}` for a shortcut. */
  readonly task: string;
  /** What the step is about, by a CSS selector; the first that is there. */
  readonly at: readonly string[];
  /** The state that tells whether it is done; what was so when the step began does not count. */
  state?(): unknown;
  /** Whether the state, once it has changed, is what was asked for. */
  done?(state: unknown): boolean;
}

const present = () => useEditor.getState().history;

/** About two minutes on the net that the window starts with. Each step may be passed over. */
export const STEPS: readonly TourStep[] = [
  {
    id: 'canvas',
    title: 'This is a net',
    text: 'ResNet-20, read from the top down: each card is a layer or a block, each wire carries maps of the shape beside it. The wider the wire, the more channels.',
    task: 'Click a card, e.g. the first Conv.',
    at: ['.react-flow__node:nth-child(2)', 'section[data-canvas]'],
    state: () => useEditor.getState().selection.nodes.join(),
    done: (nodes) => nodes !== '',
  },
  {
    id: 'inspector',
    title: 'Everything about it stands here',
    text: 'Its settings, what goes in and comes out, and what it costs.',
    task: 'Change a number, e.g. the filters. Arrow keys count.',
    at: ['[aria-label="Inspector"]'],
    state: () => present().present.nodes,
    done: () => true,
  },
  {
    id: 'totals',
    title: 'What the whole net costs',
    text: 'Parameters, multiply-accumulates for one picture, receptive field, memory and time: they follow every change. The thin bar on a card is its share of them.',
    task: 'Take the change back with {Mod+Z} and watch them.',
    at: ['[data-testid="totals"]'],
    state: () => present().future.length,
    done: (undone) => (undone as number) > 0,
  },
  {
    id: 'palette',
    title: 'What nets are made of',
    text: 'Drag a kind onto the canvas or onto a wire. The second tab has nets from papers, ready to be trained.',
    task: 'Press {/} and type the name of a kind.',
    at: ['[aria-label="Palette"]'],
    state: () => document.activeElement?.id,
    done: (id) => id === FIND_ID,
  },
  {
    id: 'problems',
    title: 'What is wrong, and how to mend it',
    text: 'Shapes that do not fit show at the wire while you draw. Each problem says why, and offers repairs that were tried.',
    task: 'Open the list of problems.',
    at: ['[data-testid="problem-count"]'],
    state: () => useDock.getState().tab,
    done: (tab) => tab === 'problems',
  },
  {
    id: 'run',
    title: 'Train it on this machine',
    text: 'MNIST is at hand. Pause, change settings and go on at any time; Stop ends with a test.',
    task: 'Press Run, or {Mod+Enter}. You can stop at once.',
    at: ['[data-testid="run-start"]', '[data-testid="run-stop"]'],
    state: () => useRuns.getState().current,
    done: (run) => run !== null,
  },
  {
    id: 'dock',
    title: 'Watch it learn',
    text: 'Curves, confusion and speed appear here while it trains; Runs, at the top, keeps every run to compare.',
    task: 'Press Next.',
    at: ['.dock'],
  },
  {
    id: 'commands',
    title: 'Find anything',
    text: 'Every command, node, template and recent file is in one list. {?} shows all shortcuts, and this tour is in the list too.',
    task: 'Try {Mod+K}, or press Done.',
    at: ['.hd-cmd'],
    state: () => useSession.getState().palette,
    done: (open) => open === false,
  },
];
