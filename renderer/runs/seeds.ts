import { create } from 'zustand';

/** Runs that Run makes of one net. */
export const MOST_SEEDS = 100;
const LARGEST = 2_147_483_647;

/** Of the window, not of the document: how often a net is tried says nothing about the net. */
export const useSeeds = create<{ readonly count: number }>(() => ({ count: 1 }));

/** So many seeds, from that of the document on. */
export const seedsFrom = (first: number, count = useSeeds.getState().count): number[] =>
  Array.from({ length: count }, (_, i) => (first + i) % (LARGEST + 1));
