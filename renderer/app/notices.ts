import { create } from 'zustand';
import { type Fault, toFault } from '../../engine/errors';

export interface Notice {
  readonly id: number;
  readonly tone: 'danger' | 'info' | 'ok';
  /** One sentence; of a fault, its `what`. */
  readonly text: string;
  readonly fault?: Fault;
}
interface Notices {
  readonly notices: readonly Notice[];
  dismiss(id: number): void;
}
export const useNotices = create<Notices>((set) => ({
  notices: [],
  dismiss: (id) => set((s) => ({ notices: s.notices.filter((n) => n.id !== id) })),
}));

let last = 0;
const MOST = 4;
const push = (notice: Omit<Notice, 'id'>): void => {
  const { notices } = useNotices.getState();
  const other = notices.filter((n) => n.text !== notice.text);
  last += 1;
  useNotices.setState({ notices: [...other, { ...notice, id: last }].slice(-MOST) });
};

/** Says something that went well; it leaves by itself. */
export const notify = (text: string, tone: 'info' | 'ok' = 'ok'): void => push({ tone, text });

/** Shows a fault until it is closed. @param doing as a subject, e.g. `Saving` */
export function reportError(error: unknown, doing: string): void {
  const fault = toFault(error, doing);
  push({ tone: 'danger', text: fault.what, fault });
}

/** The result of `work`; of a failure undefined, with the fault shown. */
export async function attempt<T>(doing: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    reportError(error, doing);
    return undefined;
  }
}
