import { z } from 'zod';
import { DataInfo, DataReport, Preview } from '../engine/data/describe';
import { GraphDocument } from '../engine/graph/document';
import { Device, Probe, RateSweep, TrainEvent } from '../engine/train/events';
import { Job } from '../engine/train/jobs/job';
import { call, event } from './define';
import { FaultSchema } from './fault';

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

/** Every message between main and the engine's process, which owns TensorFlow. The carrier may be any channel. */
export const engineContract = {
  /** A sign of life: answered at once whenever the engine's thread is free. */
  'engine.ping': call(z.void(), z.void()),
  /** Loads TensorFlow and says what it computes on. */
  'engine.device': call(z.void(), Device),
  'engine.data': call(DataChoice, DataInfo),
  'engine.preview': call(PreviewRequest, Preview),
  /** Reads every picture: seconds for a large set. */
  'engine.report': call(DataChoice, DataReport),
  /** Starts a run and answers with its id; its events follow. One run at a time. */
  'engine.train': call(z.strictObject({ graph: GraphDocument, runs: z.string() }), z.string()),
  /** Takes a few steps to learn how fast this machine trains the net. */
  'engine.probe': call(GraphDocument, Probe),
  /** Trains while the rate grows; `engine.stop` ends it early. */
  'engine.rates': call(GraphDocument, RateSweep),
  /** Goes on with a stopped or killed run from its newest checkpoint. */
  'engine.continue': call(z.strictObject({ folder: z.string() }), z.string()),
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
