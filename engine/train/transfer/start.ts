import { z } from 'zod';

/** What a run starts from, and what of it is trained. No part of the document: a folder is of this machine alone. */
export const StartOptions = z.strictObject({
  /** An earlier run's folder, and which of its checkpoints. */
  from: z
    .strictObject({ run: z.string().min(1), checkpoint: z.enum(['last', 'best']).default('last') })
    .optional(),
  /** Weights that are kept: names, what stands before a slash in them, or a beginning with `*` behind it. */
  freeze: z.array(z.string().min(1)).default([]),
  /** Keeps all weights but those of the classifier. */
  classifierOnly: z.boolean().default(false),
});
export type StartOptions = z.infer<typeof StartOptions>;
export const FROM_SCRATCH: StartOptions = { freeze: [], classifierOnly: false };

const Shape = z.array(z.number().int());
/** Which weights of an earlier run a net takes: those of the same name and shape. */
export const Transfer = z.strictObject({
  /** The earlier run's folder, and the step of the checkpoint. */
  run: z.string(),
  step: z.number().int(),
  /** Names of the weights that are taken. */
  taken: z.array(z.string()),
  /** Weights of this net that the run has none for: they start as in a new run. */
  fresh: z.array(z.strictObject({ name: z.string(), shape: Shape })),
  /** Weights of the run that this net has no place for; `here` is the shape of its weight of that name. */
  dropped: z.array(z.strictObject({ name: z.string(), shape: Shape, here: Shape.optional() })),
});
export type Transfer = z.infer<typeof Transfer>;

/** What came of the options for this net: it is told when the run starts, and kept in `config.json`. */
export const Started = z.strictObject({
  transfer: Transfer.optional(),
  /** Names of the weights that are kept as they are, statistics among them. */
  frozen: z.array(z.string()),
});
export type Started = z.infer<typeof Started>;
