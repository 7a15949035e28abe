import type { Problem } from '../../engine/analysis/problem';
import { setParam } from '../../engine/graph/commands/nodes';
import type { NodeDef } from '../../engine/nodes/define';
import { fieldsOf } from '../../engine/nodes/fields';
import { useEditor } from '../app/store';
import { FieldRow } from './FieldRow';

interface FieldsProps {
  readonly def: NodeDef;
  /** The nodes that an edit changes, all of this kind. */
  readonly ids: readonly string[];
  /** Values to show; undefined where the nodes differ. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly disabled?: boolean;
  readonly problems?: readonly Problem[];
}

/** The form of a kind's parameters, as the kind's own schema describes them. */
export function Fields({ def, ids, params, disabled = false, problems = [] }: FieldsProps) {
  const run = useEditor((s) => s.run);
  const fields = fieldsOf(def.params).filter((f) => f.only?.(params) ?? true);
  if (fields.length === 0) return null;
  return (
    <div className="in-fields">
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          value={params[field.name]}
          disabled={disabled}
          problems={problems.filter((p) => p.place.param === field.name)}
          accepts={(value) => def.params.shape[field.name]?.safeParse(value).success ?? false}
          onSet={(value, gesture) => {
            for (const id of ids) run(setParam, { id, param: field.name, value }, gesture);
          }}
        />
      ))}
    </div>
  );
}
