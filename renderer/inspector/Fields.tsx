import type { ReactNode } from 'react';
import type { Problem } from '../../engine/analysis/problem';
import type { GraphDocument } from '../../engine/graph/document';
import type { NodeDef } from '../../engine/nodes/define';
import { type Field, fieldsOf } from '../../engine/nodes/fields';
import { changed, makeChanges } from './changes';
import { FieldRow } from './FieldRow';

interface FieldsProps {
  readonly def: NodeDef;
  /** The node that an edit changes. */
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly disabled?: boolean;
  readonly problems?: readonly Problem[];
  /** In place of setting it at the node: the document with another value. */
  readonly change?: (doc: GraphDocument, param: string, value: unknown) => GraphDocument;
  readonly onSet?: (param: string, value: unknown, gesture: string) => void;
  /** A parameter that is set elsewhere, and where; it cannot be edited here. */
  readonly setElsewhere?: (param: string) => string | undefined;
  /** Stands behind a field. */
  readonly action?: ((field: Field) => ReactNode) | undefined;
}

/** The form of a kind's parameters, as the kind's own schema describes them. */
export function Fields(props: FieldsProps) {
  const { def, path, params, disabled = false, problems = [], onSet, change, setElsewhere, action } = props;
  const fields = fieldsOf(def.params).filter((f) => f.only?.(params) ?? true);
  if (fields.length === 0) return null;
  return (
    <div className="in-fields">
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          value={params[field.name]}
          disabled={disabled || setElsewhere?.(field.name) !== undefined}
          note={setElsewhere?.(field.name)}
          action={action?.(field)}
          problems={problems.filter((p) => p.place.param === field.name)}
          accepts={(value) => def.params.shape[field.name]?.safeParse(value).success ?? false}
          onSet={(value, gesture) => {
            if (onSet) onSet(field.name, value, gesture);
            else makeChanges([{ path, param: field.name, value }], gesture);
          }}
          paths={[path]}
          preview={(doc, [value]) =>
            change ? change(doc, field.name, value) : changed(doc, [{ path, param: field.name, value }])
          }
        />
      ))}
    </div>
  );
}
