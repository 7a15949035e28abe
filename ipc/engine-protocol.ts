import { z } from 'zod';
import { DataInfo, DataReport, Preview, Recognised } from '../engine/data/describe';
import { GraphDocument } from '../engine/graph/document';
import { TrainingSettings } from '../engine/graph/training';
import { Wish } from '../engine/train/change';
import { Device, Probe, RateSweep, TrainEvent } from '../engine/train/events';
import { Job } from '../engine/train/jobs/job';
import { Growth } from '../engine/train/net2net/growth';
import { Started, StartOptions } from '../engine/train/transfer/start';
import { call, event } from './define';
import { FaultSchema } from './fault';
import { PreflightSchema } from './preflight';

export const DataChoice = z.strictObject({
  set: z.string(),
  folder: z.string().optional(),
  size: z.number().int().min(8).max(512).optional(),
  colour: z.enum(['grey', 'colour']).optional(),
});
export type DataChoice = z.infer<typeof DataChoice>;

/** Which pictures to look at. */
export const PreviewRequest = DataChoice.extend({
  split: z.enum(['train', 'test']),
  start: z.number().int().min(0),
  count: z.number().int().min(1).max(400),
});

/** Which pictures to look at as the training step sees them, and in which of its draws. */
export const AugmentRequest = DataChoice.extend({
  start: z.number().int().min(0),
  count: z.number().int().min(1).max(16),
  ...TrainingSettings.pick({ augment: true, seed: true }).shape,
  draws: z.array(z.number().int().min(1).max(2_147_483_647)).min(1).max(16),
});

export type AugmentRequest = z.infer<typeof AugmentRequest>;

/** Every message between main and the engine's process, which owns TensorFlow. The carrier may be any channel. */
export const engineContract = {
  /** A sign of life: answered at once whenever the engine's thread is free. */
  'engine.ping': call(z.void(), z.void()),
  /** Loads TensorFlow and says what it computes on. */
  'engine.device': call(z.void(), Device),
  'engine.data': call(DataChoice, DataInfo),
  /** What a folder may be read as, the likeliest first. */
  'engine.recognise': call(z.string(), z.array(Recognised)),
  'engine.preview': call(PreviewRequest, Preview),
  /** Pictures of the training split, draw after draw, as the training step augments them. */
  'engine.augmented': call(AugmentRequest, Preview),
  /** Reads every picture: seconds for a large set. */
  'engine.report': call(DataChoice, DataReport),
  /** Starts a run and answers with its id; its events follow. One run at a time. */
  'engine.train': call(
    z.strictObject({ graph: GraphDocument, runs: z.string(), start: StartOptions.optional() }),
    z.string(),
  ),
  /** What a run would take from an earlier one, and what would be frozen. */
  'engine.transfer': call(z.strictObject({ graph: GraphDocument, start: StartOptions }), Started),
  /** Takes a few steps to learn how fast this machine trains the net. */
  'engine.probe': call(GraphDocument, Probe),
  'engine.preflight': call(GraphDocument, PreflightSchema),
  /** Trains while the rate grows; `engine.stop` ends it early. */
  'engine.rates': call(GraphDocument, RateSweep),
  /** Makes the net of a run wider or deeper, in a new folder that training starts from. */
  'engine.grow': call(
    z.strictObject({
      run: z.string(),
      runs: z.string(),
      checkpoint: z.enum(['last', 'best']),
      growth: Growth,
    }),
    z.strictObject({ folder: z.string(), doc: GraphDocument }),
  ),
  /** Goes on with a stopped or killed run from its newest checkpoint. */
  'engine.continue': call(z.strictObject({ folder: z.string() }), z.string()),
  /** Settings of the run under way, from its next step on. */
  'engine.change': call(Wish, z.void()),
  /** Does the job in a folder; ends with it. The events of its runs come as those of any run. */
  'engine.job': call(z.strictObject({ folder: z.string() }), z.void()),
  'engine.pause': call(z.void(), z.void()),
  'engine.resume': call(z.void(), z.void()),
  'engine.stop': call(z.void(), z.void()),
  /** At most ten batches a second. */
  'engine.events': event(z.strictObject({ run: z.string(), events: z.array(TrainEvent) })),
  /** A run of a job begins or ends. */
  'engine.jobChanged': event(Job),
  /** The run ended by a fault rather than by `done`. */
  'engine.failed': event(z.strictObject({ run: z.string(), error: FaultSchema })),
};
export type EngineContract = typeof engineContract;
