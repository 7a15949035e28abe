import { z } from 'zod';
import type { Fault } from '../engine/errors';

/** A fault as it crosses a wire. */
export const FaultSchema: z.ZodType<Fault, Fault> = z.object({
  code: z.string(),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  place: z.record(z.string(), z.string()),
  repairs: z.array(z.object({ label: z.string(), command: z.string(), args: z.unknown() })),
});
