import { freemem, totalmem } from 'node:os';
import { MAX_SPLIT } from '../limits';

/** Of the memory that is free; TensorFlow holds a second copy. */
const SHARE = 0.4;

/**
 * Whether pictures are held in memory whole. `CONVLOOM_PICTURES_MB` sets the bound in megabytes by hand.
 *
 * @param splits bytes of the training and of the test pictures
 */
export function fitsMemory(splits: readonly number[], env = process.env, free = freemem()): boolean {
  const named = Number(env['CONVLOOM_PICTURES_MB']);
  const bound = named > 0 ? named * 1e6 : Math.min(totalmem() / 2, SHARE * free);
  return splits.every((n) => n <= MAX_SPLIT) && splits.reduce((a, b) => a + b, 0) <= bound;
}
