import { z } from 'zod';
import { GraphDocument } from '../../graph/document';
import { Score } from '../events';
import { StartOptions } from '../transfer/start';

/** Why a run or a job broke off, as it is kept in a file. */
export const KeptFault = z.strictObject({
  code: z.string(),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
});
export type KeptFault = z.infer<typeof KeptFault>;

/** A name of a folder in that of runs: no path. */
export const JobId = z.string().regex(/^\w[\w.-]{0,199}$/);
const Seed = z.number().int().min(0).max(2_147_483_647);
export const Seeds = z.array(Seed).min(1).max(100);

const JobRun = z.strictObject({
  seed: Seed,
  /** Name of the run's folder, from its start on. */
  run: JobId.nullable(),
  /** From its end on. Seconds are of training steps. */
  result: z.strictObject({ test: Score.nullable(), seconds: z.number(), step: z.number().int() }).nullable(),
  /** Where it diverged: the other runs go on. */
  fault: KeptFault.nullable(),
});
export type JobRun = z.infer<typeof JobRun>;

/** `job.json`: a net that is trained once for each seed. What is to do follows from what is done. */
export const JobFile = z.strictObject({
  format: z.literal('convloom-job'),
  version: z.literal(1),
  created: z.string(),
  /** Steps after which each run ends; all of them when left out. */
  limit: z.number().int().min(1).optional(),
  /** An earlier run that each run starts from, and what is frozen. */
  start: StartOptions.optional(),
  runs: z.array(JobRun).min(1).max(100),
  graph: GraphDocument,
});
export type JobFile = z.infer<typeof JobFile>;

/** What is told of a job. */
export const Job = z.strictObject({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  created: z.string(),
  data: z.string(),
  epochs: z.number().int(),
  runs: z.array(JobRun),
});
export type Job = z.infer<typeof Job>;

/** What a job tells beside the events of its runs. */
export const JobEvent = z.discriminatedUnion('type', [
  /** At its start, and whenever a run of it begins or ends. */
  z.strictObject({ type: z.literal('job'), job: Job }),
  /** A run diverged. */
  z.strictObject({ type: z.literal('fault'), run: z.string(), error: KeptFault }),
]);
export type JobEvent = z.infer<typeof JobEvent>;

export const isOver = ({ result, fault }: JobRun): boolean => result !== null || fault !== null;
export const isJobOver = ({ runs }: Pick<Job, 'runs'>): boolean => runs.every(isOver);
