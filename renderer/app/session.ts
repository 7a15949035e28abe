import type { ReactNode } from 'react';
import { create } from 'zustand';
import type { AppContract } from '../../ipc/contract';
import type { Calls } from '../../ipc/define';
import { type Looks, USUAL_LOOKS } from '../../ipc/looks';

export type AppInfo = Awaited<ReturnType<Calls<AppContract>['app.info']>>;
export type Theme = AppInfo['theme'];
export type Workspace = 'design' | 'runs' | 'compare';

/** A question that stops the user: two or three answers, the first of which is the safe one. */
export interface Question {
  readonly title: string;
  readonly text: ReactNode;
  readonly answers: readonly {
    readonly id: string;
    readonly label: string;
    readonly tone?: 'accent' | 'danger';
  }[];
  answer(id: string | null): void;
}

interface Session {
  /** Whether the main process has said what to show, or that it cannot. */
  readonly started: boolean;
  readonly info: AppInfo | null;
  readonly theme: Theme;
  readonly looks: Looks;
  readonly workspace: Workspace;
  readonly palette: boolean;
  readonly shortcuts: boolean;
  /** Whether the dialog of how the window looks is open. */
  readonly appearance: boolean;
  /** Side panels on screen. */
  readonly left: boolean;
  readonly right: boolean;
  readonly recovered: AppInfo['recovered'];
  readonly question: Question | null;
  show(workspace: Workspace): void;
  set(patch: Partial<Omit<Session, 'show' | 'set'>>): void;
}

/** What the window shows, apart from the document. */
export const useSession = create<Session>((set) => ({
  started: false,
  info: null,
  theme: 'system',
  looks: USUAL_LOOKS,
  workspace: 'design',
  palette: false,
  shortcuts: false,
  appearance: false,
  left: true,
  right: true,
  recovered: [],
  question: null,
  show: (workspace) => set({ workspace }),
  set: (patch) => set(patch),
}));

/** Asks, and waits for the answer's id; null when the question is closed. */
export const ask = (question: Omit<Question, 'answer'>): Promise<string | null> =>
  new Promise((resolve) => {
    const answer = (id: string | null) => {
      useSession.setState({ question: null });
      resolve(id);
    };
    useSession.setState({ question: { ...question, answer } });
  });
