import { z } from 'zod';
import { TemplateSummary } from '../engine/analysis/template-summary';
import { DataInfo, DataReport, Preview, Recognised } from '../engine/data/describe';
import { GraphDocument } from '../engine/graph/document';
import { UserBlock } from '../engine/nodes/user-block';
import { Wish } from '../engine/train/change';
import { Device, Probe, RateSweep, Score, TrainEvent } from '../engine/train/events';
import { Job, JobId, Seeds } from '../engine/train/jobs/job';
import { Queue } from '../engine/train/jobs/queue-state';
import { Growth } from '../engine/train/net2net/growth';
import { Started, StartOptions } from '../engine/train/transfer/start';
import { call, event } from './define';
import { Looks } from './looks';

/** Events and pictures as the window reads them. */
export type { TemplateSummary } from '../engine/analysis/template-summary';
export type { DataInfo, DataReport, Preview, Recognised } from '../engine/data/describe';
export type { Wish } from '../engine/train/change';
export type { EventOf, Preflight, RateSweep, TrainEvent } from '../engine/train/events';
export type { Job, JobRun } from '../engine/train/jobs/job';
export type { Queue } from '../engine/train/jobs/queue-state';
export type { Started, StartOptions } from '../engine/train/transfer/start';
export type { DiskState, OpenedFile, Version } from './document-calls';

import { documentCalls, OpenedFile, Stamp } from './document-calls';
import { AugmentRequest, DataChoice, PreviewRequest } from './engine-protocol';
import { FaultSchema } from './fault';
import { Habits } from './habits';
import { ClipPicture, PictureRequest } from './picture';
import { PreflightSchema } from './preflight';

/** The user's own blocks by id, as a document has them. */
export const LibraryBlocks = z.record(z.string().regex(/^[A-Za-z][\w-]{0,63}$/), UserBlock);
export type LibraryBlocks = z.infer<typeof LibraryBlocks>;

/** A document as JSON: while the user types it crosses in a fifth of the time that its objects take. */
const DocumentText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('no JSON');
      return z.NEVER;
    }
  })
  .pipe(GraphDocument);

/** The window names an earlier run by its id. */
const StartRequest = z.strictObject({ doc: GraphDocument, start: StartOptions });
const JobRequest = z.strictObject({ doc: GraphDocument, seeds: Seeds, start: StartOptions.optional() });

/** A run as the list shows it, read from its folder. */
const RunSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  started: z.string(),
  /** `made`: no run, but weights of a net that was made wider or deeper, to start from. */
  state: z.enum(['running', 'done', 'stopped', 'broken', 'made']),
  epochs: z.number().int(),
  epochsDone: z.number().int(),
  test: Score.nullable(),
  params: z.number().nullable(),
  data: z.string(),
});
export type RunSummary = z.infer<typeof RunSummary>;

const EngineState = z.strictObject({
  state: z.enum(['starting', 'ready', 'failed', 'stopped', 'not-responding']),
  device: Device.nullable(),
  error: FaultSchema.nullable(),
});
export type EngineState = z.infer<typeof EngineState>;

/** What the application menu and its shortcuts ask of the window; the window's own command table carries them out. */
export const MenuCommand = z.string().regex(/^[a-z]+\.[a-z0-9-]+$/i);

/** Every message between window and main process. To add one: a line here, and a handler where tsc then asks for it. */
export const contract = {
  'app.info': call(
    z.void(),
    z.strictObject({
      version: z.string(),
      platform: z.string(),
      runsFolder: z.string(),
      /** What to show at start: a file from the command line, a recovered document, or the example. */
      start: OpenedFile,
      /** The tabs of the last time, and which of them was in front. */
      tabs: z.array(OpenedFile),
      front: z.string().nullable(),
      recovered: z.array(
        z.strictObject({ key: z.string(), path: z.string().nullable(), saved: z.string(), name: z.string() }),
      ),
      recent: z.array(z.string()),
      theme: z.enum(['system', 'light', 'dark']),
      habits: Habits,
      looks: Looks,
      /** Whether the tour of the first start was shown. */
      toured: z.boolean(),
    }),
  ),
  'app.theme': call(z.enum(['system', 'light', 'dark']), z.void()),
  /** The window over the whole screen, to present, or as it was. */
  'app.fullscreen': call(z.boolean(), z.void()),
  'app.looks': call(Looks, z.void()),
  /** The tour need not be shown at the next start. */
  'app.toured': call(z.void(), z.void()),
  /** Keeps keys, favourites and what was used last for the next start. */
  'app.habits': call(Habits, z.void()),
  /** Whether there are unsaved changes, for the title and the question at close. */
  'app.dirty': call(z.strictObject({ dirty: z.boolean(), name: z.string() }), z.void()),
  /** Bytes of memory that programs may still take, and all there is. */
  'app.memory': call(z.void(), z.strictObject({ free: z.number(), total: z.number() })),
  'app.log': call(z.void(), z.void()),

  'templates.list': call(z.void(), z.array(TemplateSummary)),
  'templates.open': call(z.string(), GraphDocument),
  /** How often a kind follows another in the templates. */
  'templates.followers': call(z.void(), z.record(z.string(), z.record(z.string(), z.number().int()))),

  ...documentCalls,

  /** Asks where to; gives the path back, null when cancelled. */
  'picture.save': call(PictureRequest, z.string().nullable()),
  'picture.copy': call(ClipPicture, z.void()),

  /** Unsaved work, kept at most a second behind the edits. */
  'recovery.keep': call(
    z.strictObject({
      ...{ key: z.string(), path: z.string().nullable(), doc: DocumentText },
      /** What the file held that the work started from. */
      stamp: Stamp.nullable().default(null),
    }),
    z.void(),
  ),
  'recovery.open': call(z.string(), OpenedFile),
  'recovery.drop': call(z.string(), z.void()),

  /** Blocks that the user keeps for all documents, by id. */
  'library.get': call(z.void(), LibraryBlocks),
  'library.set': call(LibraryBlocks, z.void()),

  'data.list': call(
    z.void(),
    z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        ready: z.boolean(),
        remedy: z.string(),
        /** Whether `data.fetch` can get it on this computer. */
        fetchable: z.boolean(),
        /** Whether it is read from a folder that the user names. */
        folder: z.boolean(),
        /** Whether it brings picture files to one size, which may be chosen. */
        resizes: z.boolean(),
      }),
    ),
  ),
  /** Gets the files of a data set on to this computer; ends when they are there. */
  'data.fetch': call(z.string(), z.void()),
  'data.info': call(DataChoice, DataInfo),
  'data.preview': call(PreviewRequest, Preview),
  /** Pictures of the training split, draw after draw, as the training step augments them. */
  'data.augmented': call(AugmentRequest, Preview),
  /** Classes, channels, broken pictures and duplicates; reads every picture. */
  'data.report': call(DataChoice, DataReport),
  /** What a folder may be read as, the likeliest first; one at least. */
  'data.recognise': call(z.string(), z.array(Recognised)),
  /** Asks for a folder of data; null when cancelled. */
  'data.folder': call(z.void(), z.string().nullable()),

  'engine.state': call(z.void(), EngineState),
  'engine.restart': call(z.void(), z.void()),
  'run.start': call(StartRequest.partial({ start: true }), z.string().describe('run id')),
  /** What the run would take from the earlier one, and what would be frozen. */
  'run.transfer': call(StartRequest, Started),
  'run.probe': call(GraphDocument, Probe),
  /** Looks at one batch, and trains on it alone for a few steps; nothing is kept. */
  'run.preflight': call(GraphDocument, PreflightSchema),
  'run.rates': call(GraphDocument, RateSweep),
  /** A wider or deeper net that computes what that of the run does, and the id of the folder with its weights. */
  'run.grow': call(
    z.strictObject({ run: z.string(), checkpoint: z.enum(['last', 'best']), growth: Growth }),
    z.strictObject({ run: z.string(), doc: GraphDocument }),
  ),
  'run.continue': call(z.string(), z.string()),
  'run.change': call(Wish, z.void()),
  'run.pause': call(z.void(), z.void()),
  'run.resume': call(z.void(), z.void()),
  'run.stop': call(z.void(), z.void()),
  'run.list': call(z.void(), z.array(RunSummary)),
  /** All events of a finished or running run, from its metrics file. */
  'run.read': call(z.string(), z.array(TrainEvent)),
  'run.document': call(z.string(), GraphDocument),
  'run.reveal': call(z.string(), z.void()),

  /** Every job, newest first. */
  'job.list': call(z.void(), z.array(Job)),
  /** Trains once for each seed, before all that waits. @returns the job's id */
  'job.start': call(JobRequest, z.string()),
  /** Goes on with a job that was stopped, before all that waits. */
  'job.continue': call(JobId, z.void()),

  'queue.list': call(z.void(), Queue),
  'queue.add': call(JobRequest, z.string().describe('job id')),
  'queue.remove': call(JobId, z.void()),
  /** `to` counts from 0. */
  'queue.move': call(z.strictObject({ job: JobId, to: z.number().int().min(0) }), z.void()),
  /** While it is paused nothing that waits begins. */
  'queue.pause': call(z.boolean(), z.void()),

  'queue.changed': event(Queue),
  'job.changed': event(Job),
  'engine.changed': event(EngineState),
  'run.events': event(z.strictObject({ run: z.string(), events: z.array(TrainEvent) })),
  'run.failed': event(z.strictObject({ run: z.string(), error: FaultSchema })),
  'menu.command': event(MenuCommand),
  /** A file opened from outside the window (Open Recent, a second start of the app). The window has a tab for it. */
  'document.opened': event(OpenedFile),
  /** A fault that no call of the window can answer with. */
  'app.fault': event(FaultSchema),
};
export type AppContract = typeof contract;
