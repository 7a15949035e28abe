import { z } from 'zod';

/** Ids of commands, as the menu sends them too. */
const CommandId = z
  .string()
  .max(64)
  .regex(/^[a-z]+\.[a-z0-9-]+$/i);
/** `Mod+Shift+Z`, `F`, `Space`: see renderer/app/keys.ts. */
const Keys = z
  .string()
  .max(40)
  .regex(/^((Mod|Ctrl|Alt|Shift)\+)*(\S|[A-Z][A-Za-z0-9]+)$/);
/** Of a node kind; those of the library begin with `library:`. */
const KindType = z
  .string()
  .max(80)
  .regex(/^[A-Za-z][\w:-]*$/);

/** What the user made of the window, kept between starts. */
export const Habits = z.strictObject({
  /** The keys of commands that do not have those of the table; an empty list is none. */
  keys: z.record(CommandId, z.array(Keys).max(4)),
  /** Kinds with a star. */
  favourites: z.array(KindType).max(200),
  /** Kinds that were added, and commands that were run by the palette, the latest first. */
  recentKinds: z.array(KindType).max(24),
  recentCommands: z.array(CommandId).max(12),
});
export type Habits = z.infer<typeof Habits>;
export const NO_HABITS: Habits = { keys: {}, favourites: [], recentKinds: [], recentCommands: [] };
