import { z } from 'zod';

/** Sizes of the interface, as factors: what Text larger and Text smaller step through. */
export const ZOOMS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** How the window looks, apart from light and dark. */
export const Looks = z.strictObject({
  /** `system` is high where the system asks for more contrast. */
  contrast: z.enum(['system', 'high', 'normal']),
  /** `safe`: kinds and series stay apart in every form of colour blindness. */
  palette: z.enum(['standard', 'safe']),
  zoom: z.number().min(0.5).max(3),
});
export type Looks = z.infer<typeof Looks>;

export const USUAL_LOOKS: Looks = { contrast: 'system', palette: 'standard', zoom: 1 };
