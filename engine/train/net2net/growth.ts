import { z } from 'zod';

/** How a trained net is made larger. */
export const Growth = z.discriminatedUnion('how', [
  z.strictObject({
    how: z.literal('widen'),
    node: z.string().min(1),
    /** Channels or units. */
    to: z.number().int().min(1).max(65_536),
  }),
  z.strictObject({ how: z.literal('deepen'), node: z.string().min(1) }),
]);
export type Growth = z.infer<typeof Growth>;
