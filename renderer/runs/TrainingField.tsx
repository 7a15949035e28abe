import { setTraining } from '../../engine/graph/commands/document';
import { TrainingSettings } from '../../engine/graph/training';
import type { Field } from '../../engine/nodes/fields';
import { useDocument, useEditor } from '../app/store';
import { FieldRow } from '../inspector/FieldRow';
import { Segments } from '../ui/Segments';

interface TrainingFieldProps {
  readonly field: Field;
  readonly value: unknown;
  /** The change of the training section that sets the field to `value`. */
  set(value: unknown): Partial<TrainingSettings>;
}

/** A setting as a field of the inspector: the schema judges it, a scrub is one step of undo. */
export function TrainingField({ field, value, set }: TrainingFieldProps) {
  const { training } = useDocument();
  return (
    <FieldRow
      field={field}
      value={value}
      accepts={(next) => TrainingSettings.safeParse({ ...training, ...set(next) }).success}
      onSet={(next, gesture) => useEditor.getState().run(setTraining, { patch: set(next) }, gesture)}
    />
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, label: string])[];
  onChange(value: T): void;
}
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <div className="fr">
      <span className="fr-name">{label}</span>
      <Segments
        label={label}
        value={value}
        segments={options.map(([v, l]) => ({ value: v, label: l, name: v }))}
        onChange={onChange}
      />
    </div>
  );
}
