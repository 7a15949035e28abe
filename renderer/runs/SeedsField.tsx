import type { Field } from '../../engine/nodes/fields';
import { FieldRow } from '../inspector/FieldRow';
import { MOST_SEEDS, useSeeds } from './seeds';

const field: Field = {
  ...{ name: 'seeds', title: 'Seeds', control: 'int', min: 1, max: MOST_SEEDS },
  help: 'Runs, one after the other, with this seed and those after it: a job, with mean and deviation',
};

/** How many runs Run makes. */
export function SeedsField() {
  const count = useSeeds((s) => s.count);
  return (
    <FieldRow
      field={field}
      value={count}
      accepts={(v) => typeof v === 'number' && Number.isInteger(v) && v >= 1 && v <= MOST_SEEDS}
      onSet={(v) => useSeeds.setState({ count: v as number })}
    />
  );
}
