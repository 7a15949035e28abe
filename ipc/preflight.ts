import { z } from 'zod';
import type { Preflight } from '../engine/train/events';
import { FaultSchema } from './fault';

const Layer = z.strictObject({
  path: z.string(),
  gradient: z.number().nullable(),
  weight: z.number().nullable(),
  mean: z.number(),
  deviation: z.number(),
  dead: z.number().nullable(),
});

export const PreflightSchema: z.ZodType<Preflight, Preflight> = z.object({
  overfit: z.strictObject({ steps: z.number().int(), first: z.number(), last: z.number().nullable() }),
  guess: z.number(),
  layers: z.array(Layer),
  problems: z.array(FaultSchema.and(z.object({ severity: z.enum(['error', 'warning', 'hint']) }))),
});
