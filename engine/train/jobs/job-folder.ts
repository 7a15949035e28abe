import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../errors';
import { writeFileAtomic } from '../../files/atomic-write';
import { readTextFile } from '../../files/read-file';
import type { GraphDocument } from '../../graph/document';
import { makeFree, stemOf } from '../run-folder';
import type { StartOptions } from '../transfer/start';
import { type Job, JobFile } from './job';

export const jobFileOf = (folder: string): string => join(folder, 'job.json');

interface Wish {
  readonly doc: GraphDocument;
  readonly seeds: readonly number[];
  readonly limit?: number;
  readonly start?: StartOptions;
}

/** Makes `<runs>/<time>-<name>-job` with its job.json; nothing is trained yet. @returns the folder */
export async function createJob(
  runs: string,
  { doc, seeds, limit, start }: Wish,
  now = new Date(),
): Promise<string> {
  const folder = await makeFree(join(runs, `${stemOf(doc, now)}-job`));
  await saveJob(folder, {
    ...{ format: 'convloom-job', version: 1, created: now.toISOString() },
    ...(limit !== undefined && { limit }),
    ...(start && { start }),
    runs: seeds.map((seed) => ({ seed, run: null, result: null, fault: null })),
    graph: doc,
  });
  return folder;
}

/** @throws UserError `job/damaged`, or as `readTextFile` */
export async function readJob(folder: string): Promise<JobFile> {
  const file = jobFileOf(folder);
  const parsed = JobFile.safeParse(parse(await readTextFile(file)));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new UserError(
    'job/damaged',
    `${file} is no job that can be read.`,
    `${path.join('.') || 'The file'}: ${message}. It is damaged, or comes from a newer Convloom.`,
    'Start the job anew. Its runs are whole: each has a folder of its own.',
    { file },
  );
}

/** Whole or not at all: who is killed finds the job as it was, or as it is. */
export const saveJob = (folder: string, job: JobFile): Promise<void> =>
  writeFileAtomic(jobFileOf(folder), `${JSON.stringify(job, null, 2)}\n`);

/** What is told of the job in `folder`. */
export const toldOf = (folder: string, { graph, created, runs }: JobFile): Job => ({
  ...{ id: basename(folder), folder, created, runs },
  ...{ name: graph.name, data: graph.training.data.set, epochs: graph.training.epochs },
});

/** Every job in the folder of runs, newest first; one that cannot be read is left out. */
export async function listJobs(runs: string): Promise<Job[]> {
  const names = (await readdir(runs).catch(() => [])).filter((n) => /-job(-\d+)?$/.test(n));
  const found = await Promise.all(
    names
      .map((n) => join(runs, n))
      .map((f) =>
        readJob(f).then(
          (job) => toldOf(f, job),
          () => undefined,
        ),
      ),
  );
  return found.filter((j) => j !== undefined).sort((a, b) => b.created.localeCompare(a.created));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
