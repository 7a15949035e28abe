import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import { Habits, NO_HABITS } from '../../ipc/habits';
import { Looks, USUAL_LOOKS } from '../../ipc/looks';

const Bounds = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  maximized: z.boolean().default(false),
});
export type Bounds = z.infer<typeof Bounds>;

/** One damaged part takes its default; the others stay. */
const StoredHabits = z.object({
  keys: Habits.shape.keys.catch(NO_HABITS.keys),
  favourites: Habits.shape.favourites.catch(NO_HABITS.favourites),
  recentKinds: Habits.shape.recentKinds.catch(NO_HABITS.recentKinds),
  recentCommands: Habits.shape.recentCommands.catch(NO_HABITS.recentCommands),
});

/** One damaged entry takes its default; the others stay. */
const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** Paths, the newest first. */
  recent: z.array(z.string()).catch([]),
  bounds: Bounds.nullable().catch(null),
  /** Files of the tabs, from the left, and the one in front. */
  tabs: z
    .object({ paths: z.array(z.string()), front: z.string().nullable() })
    .catch({ paths: [], front: null }),
  habits: StoredHabits.catch(NO_HABITS),
  looks: Looks.catch(USUAL_LOOKS),
  /** Whether the tour of the first start was shown. */
  toured: z.boolean().catch(false),
});
export type Settings = z.infer<typeof Settings>;

export interface SettingsStore {
  get(): Settings;
  set(patch: Partial<Settings>): void;
  /** Resolves when what was set is on disk, or known not to be writable. */
  flush(): Promise<void>;
}

/** What the user chose in the window, in `file`. Where that cannot be read or written, the memory serves. */
export function openSettings(file: string, warn: (error: unknown) => void = console.warn): SettingsStore {
  const read = Settings.safeParse(readJson(file));
  let current = read.success ? read.data : Settings.parse({});
  let writing: Promise<void> = Promise.resolve();
  let warned = false;
  const write = async () => {
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFileAtomic(file, `${JSON.stringify(current, null, 2)}\n`);
    } catch (error) {
      if (!warned) warn(error);
      warned = true;
    }
  };
  return {
    get: () => current,
    set(patch) {
      current = Settings.parse({ ...current, ...patch });
      writing = writing.then(write);
    },
    flush: () => writing,
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // absent at the first start; damaged: defaults
  }
}
