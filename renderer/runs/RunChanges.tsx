import { useId, useState } from 'react';
import { TrainingSettings } from '../../engine/graph/training';
import type { EventOf, Wish } from '../../ipc/contract';
import { expectation } from '../inspector/values';
import { Entry } from '../ui/Entry';
import { formatSetting } from './format';
import { changeText } from './run-log';
import { useRuns } from './run-store';
import { isActive, type RunView } from './run-view';
import { trainingFields, watchFields } from './training-fields';
import { useRunDocument } from './use-run-document';

type Setting = EventOf<'change'>['setting'];
const FIELDS: readonly (readonly [Setting, string])[] = [
  ['rate', 'Rate'],
  ['weightDecay', 'Weight decay'],
  ['epochs', 'Epochs'],
  ['patience', 'Patience'],
];

/** Fields for what may be changed while a run trains; each counts from the next step on. */
export function RunChanges({ view }: { readonly view: RunView }) {
  const training = useRunDocument(view.id)?.training;
  if (!isActive(view.phase) || view.phase === 'testing' || !training) return null;
  return (
    <fieldset className="run-changes" aria-label="Change this run">
      {FIELDS.map(([setting, title]) => (
        <ChangeField
          key={setting}
          {...{ setting, title }}
          now={formatSetting(settingNow(setting, training, view))}
        />
      ))}
    </fieldset>
  );
}

interface ChangeFieldProps {
  readonly setting: Setting;
  readonly title: string;
  readonly now: string;
}
function ChangeField({ setting, title, now }: ChangeFieldProps) {
  const why = useId();
  const [refused, setRefused] = useState(false);
  return (
    <div>
      <span>{title}</span>
      <Entry
        label={`${title} from the next step on`}
        text={now}
        bad={refused}
        describedBy={why}
        onCommit={(text) => {
          const asked = wish(setting, text);
          setRefused(!asked);
          return asked;
        }}
        onCancel={() => setRefused(false)}
      />
      <small id={why} role="alert">
        {refused && takes(setting)}
      </small>
    </div>
  );
}

/** What a setting takes, as a sentence. */
function takes(setting: Setting): string {
  const field = trainingFields[setting] ?? watchFields.find((f) => f.name === setting);
  const range = field ? expectation(field) : '';
  return setting === 'rate' ? `${range} Or ×0.1, a tenth of what it is.` : range;
}

const { shape } = TrainingSettings;
const SCHEMAS = { ...shape, patience: shape.watch.unwrap().shape.patience };

/** Only what the schema takes is asked for; whether one can be met the run says. A rate of `×0.1` is a tenth of what it is. */
function wish(setting: Setting, text: string): boolean {
  const [, times, number = ''] = /^\s*([×x*]?)\s*(\S+)\s*$/.exec(text.replaceAll(',', '')) ?? [];
  const value = Number(number);
  if (number === '' || (times !== '' && setting !== 'rate')) return false;
  if (!SCHEMAS[setting].safeParse(value).success) return false;
  const wanted: Wish = times === '' ? { [setting]: value } : { factor: value };
  void useRuns.getState().change(wanted);
  return true;
}

function settingNow(setting: Setting, t: TrainingSettings, { changes }: RunView): number {
  const changed = changes.filter((c) => c.setting === setting).at(-1);
  return changed?.to ?? (setting === 'patience' ? t.watch.patience : t[setting]);
}

/** What was changed on the way, in words; the charts mark the steps. */
export function ChangeList({ view: { changes } }: { readonly view: RunView }) {
  if (changes.length === 0) return null;
  return (
    <ul className="run-change-list" aria-label="Changes of this run">
      {changes.map((change) => (
        <li key={`${change.step} ${change.setting} ${change.to}`}>{changeText(change)}</li>
      ))}
    </ul>
  );
}
