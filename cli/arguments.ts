import { z } from 'zod';

/** The schemas that arguments of several commands are made of. */

export const net = z.string().min(1, 'needs a file or a template');

export const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max.toLocaleString('en')}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
};

/** `28x28x1` or `28×28×1`: height, width and channels. */
export const mapShape = z
  .string()
  .regex(/^\d+[x×]\d+[x×]\d+$/i, 'must look like 28x28x1: height, width, channels')
  .transform((text) => text.split(/[x×]/i).map(Number) as [number, number, number])
  .refine(
    (shape) => shape.every((n) => n >= 1 && n <= 65_536),
    'must have sides and channels from 1 to 65,536',
  );

export const NET = ['net', 'a graph file, a run folder, or the name of a template'] as const;
export const SHAPE_OPTIONS = [
  ['--input <HxWxC>', 'give the net another input shape, e.g. 28x28x1'],
  ['--classes <n>', 'give the net another number of classes'],
] as const;
export const shapeArgs = { input: mapShape.optional(), classes: whole(2, 65_536).optional() };
