import { z } from 'zod';
import { Job, JobId, KeptFault } from './job';

/** `queue.json` in the folder of runs: jobs that wait for their turn, in order. */
export const QueueFile = z.strictObject({
  format: z.literal('convloom-queue'),
  version: z.literal(1),
  /** Nothing that waits begins. */
  paused: z.boolean(),
  entries: z.array(
    z.strictObject({
      job: JobId,
      /** Why it broke off; it waits no more. */
      fault: KeptFault.nullable(),
    }),
  ),
});
export type QueueFile = z.infer<typeof QueueFile>;

const QueueEntry = z.strictObject({
  job: Job,
  state: z.enum(['running', 'waiting', 'failed']),
  fault: KeptFault.nullable(),
});
/** What is told of the queue. */
export const Queue = z.strictObject({ paused: z.boolean(), entries: z.array(QueueEntry) });
export type Queue = z.infer<typeof Queue>;
