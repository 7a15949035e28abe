import type { TrainingSettings } from '../../engine/graph/training';
import type { Field } from '../../engine/nodes/fields';
import type { RunSummary, Started } from '../../ipc/contract';
import { formatCount, formatSetting } from './format';
import { TransferView } from './TransferView';
import { optimizers, schedules } from './training-fields';

type Row = readonly [name: string, value: string];

/** All settings of a run in words. */
export function settingRows(t: TrainingSettings): readonly Row[] {
  const { data, optimizer, schedule, augment } = t;
  const augmented = [
    augment.flip && 'flip',
    augment.crop > 0 && `pad and crop ${augment.crop} px`,
    augment.mixup > 0 && `mixup ${augment.mixup}`,
    augment.cutmix > 0 && `CutMix ${augment.cutmix}`,
  ].filter(Boolean);
  return [
    ['Data', data.folder ? `${data.set}, ${data.folder}` : data.set],
    ['Validation', `${formatCount(data.validation)} pictures`],
    ['Epochs', formatCount(t.epochs)],
    ['Batch', formatCount(t.batch)],
    ['Optimizer', describeOptimizer(optimizer)],
    ['Learning rate', formatSetting(t.rate)],
    ['Schedule', describeSchedule(schedule)],
    ['Weight decay', formatSetting(t.weightDecay)],
    ['Augmentation', augmented.join(', ') || 'none'],
    ...unusual(t),
    ['Seed', String(t.seed)],
  ];
}

/** Settings that most runs leave as they are, where they are not. */
function unusual(settings: TrainingSettings): readonly Row[] {
  const { loss, clip, accumulate, average, watch, precision, recompute } = settings;
  const clipped = [clip.norm > 0 && `norm ${clip.norm}`, clip.value > 0 && `value ${clip.value}`].filter(
    Boolean,
  );
  const rows: readonly (Row | false)[] = [
    loss.smoothing > 0 && ['Label smoothing', formatSetting(loss.smoothing)],
    loss.classes !== 'equal' && [
      'Class weights',
      loss.classes === 'balanced' ? 'balanced' : loss.classes.join(', '),
    ],
    clipped.length > 0 && ['Clipping', clipped.join(', ')],
    accumulate > 1 && ['Batches a step', String(accumulate)],
    average > 0 && ['Average of weights', formatSetting(average)],
    precision !== 'float32' && ['Precision', precision],
    recompute && ['Layers', 'computed again in the backward pass'],
    watch.patience > 0 && ['Patience', `${watch.patience} epochs, by ${watch.metric}`],
    watch.plateau > 0 && ['On a plateau', `rate times ${watch.factor} after ${watch.plateau} epochs`],
    watch.best && ['Tested', 'the best epoch'],
    watch.every > 0 && ['Checked', `every ${formatCount(watch.every)} steps`],
  ];
  return rows.filter((row) => row !== false);
}

/** The name and every setting of an optimizer or schedule: `SGD, momentum 0.9`. */
function inWords(
  kind: { readonly title: string; readonly fields: readonly Field[] },
  settings: Readonly<Record<string, unknown>>,
): string {
  const parts = kind.fields.flatMap(({ name, title }) => {
    const value = settings[name];
    if (value === false || value === 0 || value === undefined) return [];
    const words = title.toLowerCase();
    if (typeof value === 'number') return [`${words} ${formatSetting(value)}`];
    return [value === true ? words : `${words} ${String(value).replaceAll(',', ', ')}`];
  });
  return [kind.title, ...parts].join(', ');
}
const describeOptimizer = (o: TrainingSettings['optimizer']): string => inWords(optimizers[o.type], o);
const describeSchedule = (s: TrainingSettings['schedule']): string => inWords(schedules[s.type], s);

interface RunSettingsProps {
  readonly summary: RunSummary;
  readonly training: TrainingSettings | undefined;
  readonly started: Started | null;
}
export function RunSettings({ summary, training, started }: RunSettingsProps) {
  return (
    <section className="runs-settings" aria-label="Settings of the run">
      <h3>Settings</h3>
      {training && (
        <dl>
          {settingRows(training).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-selectable>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {started?.transfer && (
        <p className="quiet" data-selectable>
          From step {formatCount(started.transfer.step)} of {started.transfer.run}
        </p>
      )}
      {started && <TransferView started={started} />}
      <p className="runs-folder" data-selectable>
        {summary.folder}
      </p>
    </section>
  );
}
