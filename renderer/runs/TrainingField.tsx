import { setTraining } from '../../engine/graph/commands/document';
import { TrainingSettings } from '../../engine/graph/training';
import type { Field } from '../../engine/nodes/fields';
import { useEditor, usePart } from '../app/store';
import { FieldRow } from '../inspector/FieldRow';
import { Select } from '../ui/Select';

interface TrainingFieldProps {
  readonly field: Field;
  readonly value: unknown;
  /** The change of the training section that sets the field to `value`. */
  set(value: unknown): Partial<TrainingSettings>;
}

/** A setting as a field of the inspector: the schema judges it, a scrub is one step of undo. */
export function TrainingField({ field, value, set }: TrainingFieldProps) {
  const training = usePart((doc) => doc.training);
  return (
    <FieldRow
      field={field}
      value={value}
      accepts={(next) => TrainingSettings.safeParse({ ...training, ...set(next) }).success}
      preview={(doc, [next]) => setTraining.run(doc, { patch: set(next) })}
      onSet={(next, gesture) => useEditor.getState().run(setTraining, { patch: set(next) }, gesture)}
    />
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: Readonly<Record<T, { readonly title: string }>>;
  onChange(value: T): void;
}
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <div className="fr">
      <span className="fr-name">{label}</span>
      <Select
        label={label}
        value={value}
        options={Object.keys(options)}
        titleOf={(option) => options[option as T].title}
        onChange={(option) => onChange(option as T)}
      />
    </div>
  );
}
