import type { Shortcut } from './keys';

/** One thing the window can do: read by the keyboard, the command palette, the help and the menu of the app. */
export interface AppCommand {
  readonly id: string;
  readonly title: string;
  readonly keys?: readonly Shortcut[];
  /** Other words by which people look for it. */
  readonly also?: string;
  /** Keeps its keys while the user types in a field, e.g. to save. */
  readonly inFields?: boolean;
  /** Its keys are left to the browser, whose own event does the work. */
  readonly byEvent?: boolean;
  run(): unknown;
  enabled?(): boolean;
}

/** What a part of the window does for a command of the table, while that part is on screen. */
interface Handler {
  run(): unknown;
  enabled?(): boolean;
}
const handlers = new Map<string, Handler>();

/**
 * Carries out a command of the table, e.g. `view.fit`, by the component that can: `useEffect(() => registerCommand(...))`.
 * A handler that came later wins; without one the command is disabled.
 *
 * @returns what takes the handler away again
 */
export function registerCommand(id: string, handler: Handler | (() => unknown)): () => void {
  const full = typeof handler === 'function' ? { run: handler } : handler;
  handlers.set(id, full);
  return () => {
    if (handlers.get(id) === full) handlers.delete(id);
  };
}

/** A row of the table whose work is done by whoever registers for it. */
export const handled = (command: Omit<AppCommand, 'run' | 'enabled'>): AppCommand => ({
  ...command,
  run: () => handlers.get(command.id)?.run(),
  enabled: () => {
    const handler = handlers.get(command.id);
    return handler !== undefined && (handler.enabled?.() ?? true);
  },
});

export const isEnabled = (command: AppCommand): boolean => command.enabled?.() ?? true;
