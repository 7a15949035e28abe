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
  /** By the key of the document: another one starts anew. */
  readonly choices: Readonly<Record<string, Choice>>;
  set(change: Partial<Choice>): void;
}

/** What the next run starts from. It is no part of the document: a run is of this machine alone. */
export const useStart = create<StartState>((set) => ({
  choices: {},
  set: (change) =>
    set((s) => {
      const { key } = useEditor.getState();
      return { choices: { ...s.choices, [key]: { ...chosen(s, key), ...change } } };
    }),
}));

const chosen = ({ choices }: Pick<StartState, 'choices'>, key = useEditor.getState().key): Choice =>
  choices[key] ?? NONE;

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
