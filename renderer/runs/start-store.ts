import { create } from 'zustand';
import type { StartOptions } from '../../ipc/contract';
import { useEditor } from '../app/store';

/** What of a net is trained. */
export type Trained = 'all' | 'classifier' | 'some';

interface Choice {
  /** Id of the earlier run; null for weights from the seed. */
  readonly run: string | null;
  readonly checkpoint: 'last' | 'best';
  readonly trained: Trained;
  /** Names to freeze, parted by commas. */
  readonly freeze: string;
}
const NONE: Choice = { run: null, checkpoint: 'last', trained: 'all', freeze: '' };

interface StartState {
  /** Of the document that it was chosen for: another one starts anew. */
  readonly key: string;
  readonly choice: Choice;
  set(change: Partial<Choice>): void;
}

/** What the next run starts from. It is no part of the document: a run is of this machine alone. */
export const useStart = create<StartState>((set) => ({
  key: '',
  choice: NONE,
  set: (change) => set((s) => ({ key: useEditor.getState().key, choice: { ...chosen(s), ...change } })),
}));

const chosen = (
  { key, choice }: Pick<StartState, 'key' | 'choice'>,
  now = useEditor.getState().key,
): Choice => (key === now ? choice : NONE);

export function useStartChoice(): Choice {
  const key = useEditor((s) => s.key);
  return useStart((s) => chosen(s, key));
}

export function optionsOf({ run, checkpoint, trained, freeze }: Choice): StartOptions | undefined {
  const names = trained === 'some' ? freeze.split(/[\s,]+/).filter((name) => name !== '') : [];
  const classifierOnly = trained === 'classifier';
  if (run === null && !classifierOnly && names.length === 0) return undefined;
  return { ...(run !== null && { from: { run, checkpoint } }), freeze: names, classifierOnly };
}

/** As the engine takes it; undefined for a run from the seed that trains everything. */
export const startOptions = (): StartOptions | undefined => optionsOf(chosen(useStart.getState()));
