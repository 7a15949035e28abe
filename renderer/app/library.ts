import { adopt, type Blocks, closure } from '../../engine/analysis/blocks/library';
import { UserBlock } from '../../engine/nodes/user-block';
import { api } from './bridge';
import { useLibrary } from './library-kinds';
import { attempt, notify } from './notices';
import { ask } from './session';
import { useEditor } from './store';

let asked = false;
export function loadLibrary(): void {
  if (asked) return;
  asked = true;
  void attempt('Reading your library of blocks', () => api.call['library.get']()).then((blocks) =>
    useLibrary.setState({ blocks: blocks ?? {} }),
  );
}

async function store(blocks: Blocks, doing: string): Promise<boolean> {
  const valid = Object.entries(blocks).flatMap(([id, raw]) => {
    const block = UserBlock.safeParse(raw);
    return block.success ? [[id, block.data] as const] : [];
  });
  const all = Object.fromEntries(valid);
  const done = await attempt(doing, async () => {
    await api.call['library.set'](all);
    return true;
  });
  if (done) useLibrary.setState({ blocks: all });
  return done ?? false;
}

/** Keeps a block of the document, with those that it is made of, for all documents. */
export async function keepInLibrary(id: string): Promise<void> {
  const before = useLibrary.getState().blocks ?? {};
  const wanted = closure(useEditor.getState().history.present.blocks, id);
  const clash = Object.hasOwn(before, id) && JSON.stringify(before[id]) !== JSON.stringify(wanted[id]);
  const answer = clash ? await askReplace(titleOf(before[id])) : 'both';
  if (answer !== 'both' && answer !== 'replace') return;
  const { [id]: _, ...rest } = before;
  const { blocks } = adopt(answer === 'replace' ? rest : before, wanted);
  if (await store(blocks, 'Keeping the block'))
    notify(`${titleOf(wanted[id])} is in your library, for every document.`);
}

const askReplace = (title: string): Promise<string | null> =>
  ask({
    title: `Replace ${title} in your library?`,
    text: 'The library has another block under the same name. Documents that use it keep theirs.',
    answers: [
      { id: 'both', label: 'Keep both' },
      { id: 'replace', label: 'Replace', tone: 'danger' },
    ],
  });

export async function removeFromLibrary(id: string): Promise<void> {
  const { [id]: gone, ...rest } = useLibrary.getState().blocks ?? {};
  if (await store(rest, 'Removing the block'))
    notify(`${titleOf(gone)} is out of your library. Documents that use it keep theirs.`);
}

const titleOf = (block: unknown): string => (block as { title?: string } | undefined)?.title ?? '';
