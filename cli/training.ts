import { UserError } from '../engine/errors';
import { OptimizerSettings, ScheduleSettings, TrainingSettings } from '../engine/graph/training';

/**
 * The settings with `path=value` pairs set: `optimizer.type=adam`, `loss.smoothing=0.1`, `watch.patience=3`. Another
 * type of optimizer or schedule brings its own defaults.
 *
 * @throws UserError `cli/setting`
 */
export function withSettings(training: TrainingSettings, pairs: readonly string[]): TrainingSettings {
  const next = structuredClone(training) as Record<string, unknown>;
  for (const pair of pairs) {
    const [, path, text] = /^([\w.]+)=(.*)$/.exec(pair) ?? [];
    if (path === undefined) throw unreadable(pair);
    assign(next, path.split('.'), readValue(text!), pair);
  }
  const parsed = TrainingSettings.safeParse(next);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const at = issue.path.join('.') || 'The settings';
  throw new UserError(
    'cli/setting',
    `${at}: ${issue.message}.`,
    'That is none of the values that this setting takes.',
    'docs/train.md lists every setting with its range.',
    { param: 'set' },
  );
}

/** Sections whose type decides what else stands in them. */
const KINDS = { optimizer: OptimizerSettings, schedule: ScheduleSettings };

function assign(
  settings: Record<string, unknown>,
  keys: readonly string[],
  value: unknown,
  pair: string,
): void {
  const last = keys.at(-1)!;
  const target = keys.slice(0, -1).reduce<Record<string, unknown> | undefined>((at, key) => {
    const inner = at && Object.hasOwn(at, key) ? at[key] : undefined;
    return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : undefined;
  }, settings);
  if (!target) throw unknown(pair, settings);
  if (!Object.hasOwn(target, last)) throw unknown(pair, target);
  target[last] = value;
  const kind = last === 'type' ? KINDS[keys[0] as keyof typeof KINDS]?.safeParse({ type: value }) : undefined;
  if (!kind?.success) return;
  for (const key of Object.keys(target)) delete target[key];
  Object.assign(target, kind.data);
}

/** A number, true, false, a list, or a word. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const unreadable = (pair: string): UserError =>
  new UserError(
    'cli/setting',
    `'${pair}' is no setting.`,
    'A setting is a path, an equals sign and a value.',
    'For example: --set loss.smoothing=0.1 optimizer.type=adam',
    { param: 'set' },
  );

const unknown = (pair: string, known: Record<string, unknown>): UserError =>
  new UserError(
    'cli/setting',
    `There is no setting '${pair.split('=')[0]}'.`,
    `At that place there are: ${Object.keys(known).join(', ')}.`,
    'docs/train.md lists every setting with its range.',
    { param: 'set' },
  );
