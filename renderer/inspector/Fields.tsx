import { memo, type ReactNode } from 'react';
import type { Problem } from '../../engine/analysis/problem';
import type { GraphDocument } from '../../engine/graph/document';
import type { NodeDef } from '../../engine/nodes/define';
import { type Field, fieldsOf } from '../../engine/nodes/fields';
import { changed, makeChanges } from './changes';
import { FieldRow } from './FieldRow';
import { sameValue } from './use-field-edit';

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
      {fields.map((field) => {
        const note = setElsewhere?.(field.name);
        const own = problems.filter((p) => p.place.param === field.name);
        return (
          <Param
            key={field.name}
            {...{ def, path, field, note, onSet, change }}
            value={params[field.name]}
            disabled={disabled || note !== undefined}
            action={action?.(field)}
            problems={own.length > 0 ? own : NONE}
          />
        );
      })}
    </div>
  );
}
const NONE: readonly Problem[] = [];

interface ParamProps extends Pick<FieldsProps, 'def' | 'path'> {
  readonly change: FieldsProps['change'] | undefined;
  readonly onSet: FieldsProps['onSet'] | undefined;
  readonly field: Field;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly note: string | undefined;
  readonly action: ReactNode;
  readonly problems: readonly Problem[];
}

/** Values of several parts are parsed anew each time. */
const unchanged = (a: ParamProps, b: ParamProps): boolean =>
  (Object.keys(b) as (keyof ParamProps)[]).every((key) =>
    key === 'value' ? sameValue(a.value, b.value) : a[key] === b[key],
  );

/** One of them; an edit of another draws it not anew. */
const Param = memo(function Param({ def, path, change, onSet, ...row }: ParamProps) {
  const param = row.field.name;
  return (
    <FieldRow
      {...row}
      accepts={(value) => def.params.shape[param]?.safeParse(value).success ?? false}
      onSet={(value, gesture) => {
        if (onSet) onSet(param, value, gesture);
        else makeChanges([{ path, param, value }], gesture);
      }}
      paths={[path]}
      preview={(doc, [value]) =>
        change ? change(doc, param, value) : changed(doc, [{ path, param, value }])
      }
    />
  );
}, unchanged);
