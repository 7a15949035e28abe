import type { TrainingSettings } from '../../engine/graph/training';
import type { RunSummary } from '../../ipc/contract';
import { formatCount, formatSetting } from './format';

type Row = readonly [name: string, value: string];

/** All settings of a run in words. */
export function settingRows(t: TrainingSettings): readonly Row[] {
  const { data, optimizer, schedule, augment } = t;
  const augmented = [augment.flip && 'flip', augment.crop > 0 && `pad and crop ${augment.crop} px`].filter(
    Boolean,
  );
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
    ['Seed', String(t.seed)],
  ];
}

function describeOptimizer(o: TrainingSettings['optimizer']): string {
  if (o.type === 'adam') return `Adam, β₁ ${o.beta1}, β₂ ${o.beta2}, ε ${formatSetting(o.epsilon)}`;
  return o.momentum === 0
    ? 'SGD'
    : `SGD, ${o.nesterov ? 'Nesterov ' : ''}momentum ${formatSetting(o.momentum)}`;
}

function describeSchedule(s: TrainingSettings['schedule']): string {
  const warm = s.warmup > 0 ? `, warm-up ${formatSetting(s.warmup)} epochs` : '';
  const shape =
    s.type === 'step' ? `×${formatSetting(s.factor)} every ${formatSetting(s.every)} epochs` : s.type;
  return `${shape}${warm}`;
}

export function RunSettings({
  summary,
  training,
}: {
  summary: RunSummary;
  training: TrainingSettings | undefined;
}) {
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
      <p className="runs-folder" data-selectable>
        {summary.folder}
      </p>
    </section>
  );
}
