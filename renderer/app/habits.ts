import { create } from 'zustand';
import { type Habits, NO_HABITS } from '../../ipc/habits';

/** Keys, favourites and what was used last. A change is kept for the next start, see use-start.ts. */
export const useHabits = create<Habits>(() => NO_HABITS);

const MOST_KINDS = 24;
const MOST_COMMANDS = 12;
const first = (item: string, list: readonly string[], most: number): string[] =>
  [item, ...list.filter((other) => other !== item)].slice(0, most);

export const usedKind = (type: string): void =>
  useHabits.setState(({ recentKinds }) => ({ recentKinds: first(type, recentKinds, MOST_KINDS) }));
export const usedCommand = (id: string): void =>
  useHabits.setState(({ recentCommands }) => ({ recentCommands: first(id, recentCommands, MOST_COMMANDS) }));

export const toggleFavourite = (type: string): void =>
  useHabits.setState(({ favourites }) => ({
    favourites: favourites.includes(type) ? favourites.filter((f) => f !== type) : [...favourites, type],
  }));
