import { z } from 'zod';

const MOST = 100;
const LARGEST = 2_147_483_647;
const WANT = `must be a count up to ${MOST}, or different seeds such as 1,2,7`;

/** `5`: so many seeds, from the first on; `1,2,7`: these. */
export const seedsArgument = z
  .string()
  .regex(/^\d+(,\d+)*$/, WANT)
  .transform((text) => text.split(',').map(Number))
  .refine(
    (seeds) =>
      seeds.length === 1
        ? seeds[0]! >= 1 && seeds[0]! <= MOST
        : seeds.length <= MOST && new Set(seeds).size === seeds.length && Math.max(...seeds) <= LARGEST,
    WANT,
  );

/** @param first seed of a count, that of the document */
export const seedsOf = (given: readonly number[], first: number): number[] =>
  given.length > 1 ? [...given] : Array.from({ length: given[0]! }, (_, i) => (first + i) % (LARGEST + 1));
