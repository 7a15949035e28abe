import { type KeyboardEvent, useRef, useState } from 'react';
import { Icon } from '../ui/Icon';
import { appCommands } from './command-table';
import type { AppCommand } from './commands';
import { useHabits } from './habits';
import { type Clash, clashOf, keysOf, withKeys, withoutKeys } from './key-map';
import { formatShortcut, isMac, type Shortcut, shortcutOf } from './keys';

interface KeyRowProps {
  readonly command: AppCommand;
  /** Whether its new keys are waited for. */
  readonly recording: boolean;
  record(on: boolean): void;
}

/** An action with its keys, and a button that gives it others. */
export function KeyRow({ command, recording, record }: KeyRowProps) {
  const own = useHabits((s) => s.keys);
  const keys = keysOf(command, own);
  const button = useRef<HTMLButtonElement>(null);
  const done = () => {
    record(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  const changed = Object.hasOwn(own, command.id);
  return (
    <div className={`sh-row${changed ? ' changed' : ''}`} data-command={command.id}>
      <span className="sh-words">{command.title}</span>
      {recording ? (
        <Recorder command={command} done={done} />
      ) : (
        <button
          ref={button}
          type="button"
          className="sh-keys"
          title="Change the keys"
          aria-label={`${command.title}: ${spoken(keys)}. Change the keys`}
          onClick={() => record(true)}
        >
          {keys.map((k) => (
            <kbd key={k}>{formatShortcut(k, isMac())}</kbd>
          ))}
          {keys.length === 0 && <span className="sh-set">Set</span>}
        </button>
      )}
      {changed && !recording && (
        <button
          type="button"
          className="sh-reset"
          title="Back to its own keys"
          aria-label={`Reset the keys of ${command.title}`}
          onClick={() => useHabits.setState({ keys: withoutKeys(own, command.id) })}
        >
          <Icon name="restore" size={13} />
        </button>
      )}
    </div>
  );
}

const spoken = (keys: readonly Shortcut[]): string =>
  keys.length === 0 ? 'no key' : keys.map((k) => formatShortcut(k, isMac())).join(' or ');

interface RecorderProps {
  readonly command: AppCommand;
  done(): void;
}

/** Takes the next keys that are pressed. What has them already is named, and can give them up. */
function Recorder({ command, done }: RecorderProps) {
  const own = useHabits((s) => s.keys);
  const [refused, setRefused] = useState<{ readonly keys: Shortcut; readonly clash: Clash } | null>(null);
  const take = (keys: Shortcut, clash?: Clash) => {
    useHabits.setState({ keys: withKeys(own, command, [keys], clash?.with) });
    done();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') return; // the dialog ends the waiting
    event.preventDefault();
    const keys = shortcutOf(event, isMac());
    if (keys === undefined) return;
    const clash = clashOf(keys, command, appCommands, own);
    if (clash) setRefused({ keys, clash });
    else take(keys);
  };
  // the buttons beside it belong to it
  const onBlur = (event: React.FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) done();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears that the focus leaves its buttons
    <div className="sh-record" onBlur={onBlur}>
      <button
        type="button"
        className="sh-wait"
        // biome-ignore lint/a11y/noAutofocus: it waits for the keys that were asked for
        autoFocus
        aria-label={`Press the new keys of ${command.title}`}
        onKeyDown={onKeyDown}
      >
        {refused ? formatShortcut(refused.keys, isMac()) : 'Press the keys'}
      </button>
      {refused && <p role="alert">{refused.clash.words}</p>}
      {refused?.clash.with && (
        <button
          type="button"
          className="btn small"
          onClick={() => take(refused.keys, refused.clash)}
          aria-label={`Take ${formatShortcut(refused.keys, isMac())} from ${refused.clash.with.title}`}
        >
          Take it
        </button>
      )}
      {!refused && !command.byEvent && keysOf(command, own).length > 0 && (
        <button
          type="button"
          className="btn small"
          onClick={() => {
            useHabits.setState({ keys: withKeys(own, command, []) });
            done();
          }}
        >
          No key
        </button>
      )}
    </div>
  );
}
