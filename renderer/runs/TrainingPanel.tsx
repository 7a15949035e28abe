import type { ReactNode } from 'react';
import { setTraining } from '../../engine/graph/commands/document';
import { TrainingSettings, USUAL_RATES } from '../../engine/graph/training';
import type { Field } from '../../engine/nodes/fields';
import { useDocument, useEditor, useProblems } from '../app/store';
import { FieldProblem } from '../inspector/FieldRow';
import { DataSection } from './DataSection';
import { Forecast } from './Forecast';
import { formatSetting } from './format';
import { RateFinder } from './RateFinder';
import { ratePath } from './rate-curve';
import { SeedsField } from './SeedsField';
import { StartSection } from './StartSection';
import { Choice, TrainingField } from './TrainingField';
import {
  augmentFields,
  clipFields,
  lossFields,
  optimizers,
  schedules,
  stepFields,
  trainingFields,
  watchFields,
  withType,
} from './training-fields';
import './runs.css';
import './training.css';

/** How the net of the open document is trained; every edit is a step of undo. */
export function TrainingPanel() {
  const { training: t } = useDocument();
  const problems = useProblems().filter((p) => p.place.setting !== undefined && p.place.setting !== 'data');
  const { optimizer, schedule } = t;
  return (
    <section className="training" aria-label="Training">
      <h2>Training</h2>
      <p className="quiet">How this net learns when you press Run.</p>
      <DataSection />
      {problems.map((p) => (
        <FieldProblem key={p.code} problem={p} />
      ))}

      <StartSection />

      <h3>Length</h3>
      {['epochs', 'batch', 'seed'].map((name) => (
        <TrainingField
          key={name}
          field={trainingFields[name]!}
          value={t[name as 'epochs']}
          set={(value) => ({ [name]: value })}
        />
      ))}

      <SeedsField />
      <Forecast />

      <h3>Optimizer</h3>
      <Choice
        label="Optimizer"
        value={optimizer.type}
        options={optimizers}
        onChange={(type) => patch({ optimizer: withType('optimizer', type), ...usualRate(t, type) })}
      />
      {optimizers[optimizer.type].fields.map((field) => (
        <TrainingField
          key={field.name}
          field={field}
          value={read(optimizer, field.name)}
          set={(value) => ({ optimizer: { ...optimizer, [field.name]: value } as never })}
        />
      ))}
      <TrainingField
        field={trainingFields['weightDecay']!}
        value={t.weightDecay}
        set={(value) => ({ weightDecay: value as number })}
      />

      <h3>Learning rate</h3>
      <TrainingField
        field={trainingFields['rate']!}
        value={t.rate}
        set={(value) => ({ rate: value as number })}
      />
      <Choice
        label="Schedule"
        value={schedule.type}
        options={schedules}
        onChange={(type) => patch({ schedule: withType('schedule', type, { warmup: schedule.warmup }) })}
      />
      {schedules[schedule.type].fields.map((field) => (
        <TrainingField
          key={field.name}
          field={field}
          value={shown(read(schedule, field.name))}
          set={(value) => ({ schedule: { ...schedule, [field.name]: taken(field, value) } as never })}
        />
      ))}
      <RateSketch training={t} />
      <RateFinder />

      <h3>Augmentation</h3>
      <Section fields={augmentFields} of="augment" />
      <Fold title="Loss" changed={isChanged(t, 'loss')}>
        <Section fields={lossFields} of="loss" />
      </Fold>
      <Fold
        title="Gradients"
        changed={isChanged(t, 'clip', 'accumulate', 'average', 'precision', 'recompute')}
      >
        <Section fields={clipFields} of="clip" />
        {stepFields.map((field) => (
          <TrainingField
            key={field.name}
            field={field}
            value={read(t, field.name)}
            set={(value) => ({ [field.name]: value })}
          />
        ))}
      </Fold>
      <Fold title="Validation" changed={isChanged(t, 'watch')}>
        <Section fields={watchFields} of="watch" />
      </Fold>
    </section>
  );
}

/** Settings that most runs leave as they are: open where they are not. */
function Fold({ title, changed, children }: { title: string; changed: boolean; children: ReactNode }) {
  return (
    <details className="training-fold" open={changed || undefined}>
      <summary>
        <h3>{title}</h3>
        {!changed && <small className="training-usual">as usual</small>}
      </summary>
      {children}
    </details>
  );
}
const USUAL = TrainingSettings.parse({});
const isChanged = (t: TrainingSettings, ...keys: readonly (keyof TrainingSettings)[]): boolean =>
  keys.some((key) => JSON.stringify(t[key]) !== JSON.stringify(USUAL[key]));

/** The fields of one part of the settings. */
function Section({ fields, of }: { fields: readonly Field[]; of: 'augment' | 'loss' | 'clip' | 'watch' }) {
  const { training } = useDocument();
  const part = training[of];
  return fields
    .filter((f) => f.only?.({ ...part }) ?? true)
    .map((field) => (
      <TrainingField
        key={field.name}
        field={field}
        value={read(part, field.name)}
        set={(value) => ({ [of]: { ...part, [field.name]: value } })}
      />
    ));
}

const patch = (change: Partial<TrainingSettings>) => useEditor.getState().run(setTraining, { patch: change });
const read = (section: object, name: string): unknown => (section as Record<string, unknown>)[name];

/** Optimizers want rates a hundredfold apart: a rate left as it came goes along with the choice. */
const usualRate = (t: TrainingSettings, type: keyof typeof optimizers): Partial<TrainingSettings> =>
  t.rate === USUAL_RATES[t.optimizer.type] ? { rate: USUAL_RATES[type] } : {};

/** Epochs of cuts are typed in one line: `5, 8`. */
const shown = (value: unknown): unknown => (Array.isArray(value) ? value.join(', ') : value);
const taken = (field: Field, value: unknown): unknown =>
  field.control === 'text' ? String(value).split(',').map(Number) : value;

const WIDTH = 264;
const HEIGHT = 34;
function RateSketch({ training }: { training: TrainingSettings }) {
  const path = ratePath(training, WIDTH, HEIGHT);
  const peak = formatSetting(training.rate);
  return (
    <figure className="rate">
      <svg
        viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Learning rate over ${training.epochs} epochs, at most ${peak}`}
      >
        <path className="rate-area" d={`${path}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} />
        <path className="rate-line" d={path} />
      </svg>
      <figcaption>
        <span>0</span>
        <span>rate, at most {peak}</span>
        <span>epoch {training.epochs}</span>
      </figcaption>
    </figure>
  );
}
