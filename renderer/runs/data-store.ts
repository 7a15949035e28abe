import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { type Fault, toFault } from '../../engine/errors';
import type { AppContract, DataInfo, DataReport, Preview, Recognised } from '../../ipc/contract';
import type { AugmentRequest } from '../../ipc/engine-protocol';
import type { Api } from '../app/api';
import { api as windowApi } from '../app/bridge';
import { useDocument } from '../app/store';

export interface DataChoice {
  readonly set: string;
  readonly folder?: string | undefined;
  /** Side of the pictures, and whether they are grey, where the source brings them to one size. */
  readonly size?: number | undefined;
  readonly colour?: 'grey' | 'colour' | undefined;
}
export interface DataEntry {
  readonly id: string;
  readonly title: string;
  readonly ready: boolean;
  /** How to get it, where it is not ready. */
  readonly remedy: string;
  /** Whether `fetch` can get it here. */
  readonly fetchable: boolean;
  /** Whether it is read from a folder that the user names. */
  readonly folder: boolean;
  /** Whether it brings picture files to one size, which may be chosen. */
  readonly resizes: boolean;
}
export type Known = { readonly info: DataInfo } | { readonly fault: Fault } | 'loading';

interface DataState {
  readonly list: readonly DataEntry[];
  /** By {@link keyOf}. */
  readonly known: Readonly<Record<string, Known>>;
  refresh(): Promise<void>;
  /** Gets the files of a data set on to this computer. Throws the fault. */
  fetch(set: string): Promise<void>;
  /** What is known of a data set; asks the engine the first time, and again after a fault. */
  load(choice: DataChoice, again?: boolean): Promise<DataInfo | null>;
  preview(choice: DataChoice, split: 'train' | 'test', start: number, count: number): Promise<Preview>;
  augmented(request: AugmentRequest): Promise<Preview>;
  report(choice: DataChoice): Promise<DataReport>;
  pickFolder(): Promise<string | null>;
  /** What a folder may be read as, the likeliest first. */
  recognise(folder: string): Promise<readonly Recognised[]>;
}

export const keyOf = ({ set, folder, size, colour }: DataChoice): string =>
  [set, folder, size, colour].filter((part) => part).join(' ');
/** Without what is not chosen, as documents and messages have it. */
export const plainChoice = ({ set, folder, size, colour }: DataChoice) => ({
  set,
  ...(folder && { folder }),
  ...(size && { size }),
  ...(colour && { colour }),
});

export function createDataStore(api: Api<AppContract>): UseBoundStore<StoreApi<DataState>> {
  const asked = new Map<string, Promise<DataInfo | null>>();
  return create<DataState>((set, get) => {
    const remember = (key: string, known: Known) => set((s) => ({ known: { ...s.known, [key]: known } }));
    const ask = async (choice: DataChoice): Promise<DataInfo | null> => {
      const key = keyOf(choice);
      remember(key, 'loading');
      try {
        const info = await api.call['data.info'](plainChoice(choice));
        remember(key, { info });
        return info;
      } catch (error) {
        remember(key, { fault: toFault(error, 'Reading the data set') });
        return null;
      }
    };
    return {
      list: [],
      known: {},
      refresh: async () => {
        const list = await api.call['data.list']().catch(() => null);
        if (list) set({ list });
      },
      fetch: async (set) => {
        await api.call['data.fetch'](set);
        await get().refresh();
      },
      load: (choice, again = false) => {
        const key = keyOf(choice);
        const known = get().known[key];
        if (known === 'loading') return asked.get(key)!;
        if (known && 'info' in known) return Promise.resolve(known.info);
        if (known && !again) return Promise.resolve(null);
        const fresh = ask(choice);
        asked.set(key, fresh);
        return fresh;
      },
      preview: (choice, split, start, count) =>
        api.call['data.preview']({ ...plainChoice(choice), split, start, count }),
      augmented: (request) => api.call['data.augmented'](request),
      report: (choice) => api.call['data.report'](plainChoice(choice)),
      pickFolder: () => api.call['data.folder'](),
      recognise: (folder) => api.call['data.recognise'](folder),
    };
  });
}
export const useDataSets = createDataStore(windowApi);

export function useChosenData(): Known | undefined {
  const { data } = useDocument().training;
  return useDataSets((s) => s.known[keyOf(data)]);
}
