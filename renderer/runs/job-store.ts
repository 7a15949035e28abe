import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { GraphDocument } from '../../engine/graph/document';
import type { AppContract, Job, Queue, StartOptions } from '../../ipc/contract';
import type { Api } from '../app/api';
import { api as windowApi } from '../app/bridge';
import { notify, reportError } from '../app/notices';

export interface JobState {
  /** Newest first. */
  readonly jobs: readonly Job[];
  readonly queue: Queue;
  /** The job that the Runs workspace shows, in place of a run. */
  readonly selected: string | null;
  select(job: string | null): void;
  refresh(): Promise<void>;
  /** Puts a net at the end of the queue. */
  add(doc: GraphDocument, seeds: readonly number[], start?: StartOptions): Promise<void>;
  remove(job: string): Promise<void>;
  move(job: string, to: number): Promise<void>;
  pause(paused: boolean): Promise<void>;
  continueJob(job: string): Promise<void>;
  /** Listens to the main process until the function it gives back is called. */
  connect(): () => void;
}
export type JobStore = UseBoundStore<StoreApi<JobState>>;
const EMPTY: Queue = { paused: false, entries: [] };

export function createJobStore(api: Api<AppContract>): JobStore {
  const attempt = (doing: string, call: Promise<unknown>) =>
    call.then(
      () => {},
      (error: unknown) => reportError(error, doing),
    );
  return create<JobState>((set, get) => ({
    jobs: [],
    queue: EMPTY,
    selected: null,
    select: (selected) => set({ selected }),
    refresh: () =>
      attempt(
        'Reading the queue',
        Promise.all([api.call['job.list'](), api.call['queue.list']()]).then(([jobs, queue]) =>
          set({ jobs: jobs ?? [], queue: queue ?? EMPTY }),
        ),
      ),
    add: async (doc, seeds, start) => {
      const { entries } = get().queue;
      try {
        await api.call['queue.add']({ doc, seeds: [...seeds], ...(start && { start }) });
        notify(`${doc.name} is number ${entries.length + 1} in the queue.`);
      } catch (error) {
        reportError(error, 'Adding to the queue');
      }
    },
    remove: (job) => attempt('Taking out of the queue', api.call['queue.remove'](job)),
    move: (job, to) => attempt('Moving in the queue', api.call['queue.move']({ job, to })),
    pause: (paused) => attempt('Pausing the queue', api.call['queue.pause'](paused)),
    continueJob: (job) => attempt('Going on with the job', api.call['job.continue'](job)),
    connect: () => {
      const stops = [
        api.on('queue.changed', (queue) => set({ queue })),
        api.on('job.changed', (job) => set((s) => ({ jobs: withJob(s.jobs, job) }))),
      ];
      void get().refresh();
      return () => {
        for (const stop of stops) stop();
      };
    },
  }));
}
export const useJobs = createJobStore(windowApi);

const withJob = (jobs: readonly Job[], job: Job): readonly Job[] =>
  jobs.some((j) => j.id === job.id) ? jobs.map((j) => (j.id === job.id ? job : j)) : [job, ...jobs];

/** Whether a job is under way, also between two of its runs. */
export const useJobRunning = (): boolean =>
  useJobs((s) => s.queue.entries.some((e) => e.state === 'running'));

/** The job and the seed of a run, where it is one of several. */
export function jobOf(jobs: readonly Job[], run: string): { job: Job; seed: number } | undefined {
  for (const job of jobs) {
    const found = job.runs.length > 1 ? job.runs.find((r) => r.run === run) : undefined;
    if (found) return { job, seed: found.seed };
  }
  return undefined;
}
