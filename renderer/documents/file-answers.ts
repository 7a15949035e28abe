import type { GraphDocument } from '../../engine/graph/document';
import { type Command, execute } from '../../engine/graph/history';
import { api } from '../app/bridge';
import { save } from '../app/files';
import { attempt } from '../app/notices';
import type { Tab } from '../app/store';
import { compareWith } from '../compare/compare-actions';
import { allTabs, frontTab, patchTab } from './tabs';
import { filesOf, setTrouble, type Trouble } from './trouble';

/** One click of the bar below the header. */
export interface Answer {
  readonly label: string;
  readonly title: string;
  readonly accent?: boolean;
  run(): unknown;
}
interface Words {
  readonly what: string;
  readonly why: string;
  readonly answers: readonly Answer[];
}

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** What the bar says of a trouble of the graph in front, and what can be done about it. */
export function wordsOf(trouble: Trouble, path: string): Words {
  const name = fileName(path);
  if (trouble.kind === 'changed') {
    return {
      what: `${name} was changed by another program.`,
      why: 'Nothing is written over it until you choose.',
      answers: [TAKE, KEEP, COMPARE, ELSEWHERE],
    };
  }
  if (trouble.kind === 'fault') {
    const { what, why, remedy } = trouble.fault;
    return { what, why: `${why} ${remedy}`, answers: [{ ...ELSEWHERE, accent: true }, AGAIN] };
  }
  const { moved } = trouble;
  if (moved === null) {
    return {
      what: `${name} is no longer there.`,
      why: 'It was deleted, renamed, or its disk is away. The graph is only here now.',
      answers: [PUT_BACK, ELSEWHERE],
    };
  }
  return {
    what: `${name} is called ${fileName(moved)} now.`,
    why: 'The file was renamed by another program.',
    answers: [
      {
        ...{ label: `Go on with ${fileName(moved)}`, title: moved, accent: true },
        run: () => follow(path, moved, trouble.saved),
      },
      PUT_BACK,
      ELSEWHERE,
    ],
  };
}

const TAKE: Answer = {
  ...{ label: 'Reload', title: 'Take what the file holds now; Undo brings yours back' },
  accent: true,
  run: takeTheirs,
};
const KEEP: Answer = {
  label: 'Keep mine',
  title: 'Leave the graph as it is here; the next Save writes over the file',
  run: keepMine,
};
const COMPARE: Answer = { label: 'Compare', title: 'Show what differs', run: compareWithDisk };
const ELSEWHERE: Answer = {
  label: 'Save elsewhere…',
  title: 'Save the graph under another name',
  run: () => save({ elsewhere: true }),
};
const AGAIN: Answer = { label: 'Try again', title: 'Save to the same file', run: () => save() };
const PUT_BACK: Answer = {
  ...{ label: 'Save it there again', title: 'Write the file anew', accent: true },
  run: () => save({ anyway: true }),
};

/** One step of undo, whichever tab is in front when the file has been read. */
const loadAgain = (doc: GraphDocument): Command<undefined> => ({
  id: 'document.load-again',
  label: 'load the file again',
  run: () => doc,
});

async function takeTheirs(): Promise<void> {
  const { key, path } = frontTab();
  const opened = await attempt('Loading', () => api.call['document.open'](path));
  const tab = allTabs().find((t) => t.key === key);
  if (!opened || !tab) return;
  const history = execute(tab.history, loadAgain(opened.doc), undefined);
  patchTab(key, { history, saved: history.present, stamp: opened.stamp, selection: NOTHING });
  setTrouble(key, null);
}
const NOTHING: Tab['selection'] = { nodes: [], edges: [] };

/** What the file holds now is known from here on: a change after this one is noticed again. */
async function keepMine(): Promise<void> {
  const { key, path } = frontTab();
  if (path === null) return;
  const states = await attempt('Looking', () => api.call['document.look'](filesOf(allTabs())));
  const state = states?.find((s) => s.path === path);
  if (!state) return;
  patchTab(key, { stamp: state.stamp, saved: null });
  setTrouble(key, null);
}

async function compareWithDisk(): Promise<void> {
  const { path } = frontTab();
  const opened = await attempt('Opening', () => api.call['document.open'](path));
  if (opened) compareWith(opened.doc, 'file');
}

async function follow(from: string, to: string, saved: GraphDocument | null): Promise<void> {
  const { key } = frontTab();
  const opened = await attempt('Opening', () => api.call['document.follow']({ from, to }));
  if (!opened) return;
  patchTab(key, { path: opened.path, stamp: opened.stamp, saved });
  setTrouble(key, null);
}
