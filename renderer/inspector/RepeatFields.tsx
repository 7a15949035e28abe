import type { Problem } from '../../engine/analysis/problem';
import { REPEAT } from '../../engine/nodes/body';
import { findKind } from '../../engine/nodes/catalogue';
import { fieldsOf } from '../../engine/nodes/fields';
import { kindsOf } from '../../engine/nodes/user-block';
import { usePart } from '../app/store';
import { changed, makeChanges } from './changes';
import { FieldRow } from './FieldRow';
import { Fields } from './Fields';
import { shownParams } from './values';

type Params = Readonly<Record<string, unknown>>;
interface RepeatFieldsProps {
  readonly path: string;
  readonly params: Params;
  readonly problems: readonly Problem[];
}
const repeat = findKind(REPEAT)!;
const [block, count] = fieldsOf(repeat.params);

/** A Repeat: which block and how often, the parameters of every copy, and those in which the first one differs. */
export function RepeatFields({ path, params, problems }: RepeatFieldsProps) {
  const blocks = usePart((doc) => doc.blocks);
  const def = kindsOf(blocks)(String(params['block']));
  const every = (params['params'] ?? {}) as Params;
  const first = (params['first'] ?? {}) as Params;
  const change = (param: string, value: unknown) => [{ path, param, value }];
  const everyWith = (name: string, value: unknown) => change('params', { ...every, [name]: value });
  const firstWith = (name: string, value: unknown) => change('first', differing(first, every, name, value));
  return (
    <>
      <div className="in-fields">
        {[block!, count!].map((field) => (
          <FieldRow
            key={field.name}
            field={field}
            value={params[field.name]}
            problems={problems.filter((p) => p.place.param === field.name)}
            accepts={(value) => repeat.params.shape[field.name]?.safeParse(value).success ?? false}
            onSet={(value, gesture) => makeChanges(change(field.name, value), gesture)}
            paths={[path]}
            preview={(doc, [value]) => changed(doc, change(field.name, value))}
          />
        ))}
      </div>
      {def && (
        <>
          <h3 className="in-sub">Every copy</h3>
          <Fields
            def={def}
            path={path}
            params={shownParams(def, every)}
            change={(doc, name, value) => changed(doc, everyWith(name, value))}
            onSet={(name, value, gesture) => makeChanges(everyWith(name, value), gesture)}
          />
          <h3 className="in-sub">The first copy</h3>
          <Fields
            def={def}
            path={path}
            params={shownParams(def, { ...every, ...first })}
            change={(doc, name, value) => changed(doc, firstWith(name, value))}
            onSet={(name, value, gesture) => makeChanges(firstWith(name, value), gesture)}
          />
        </>
      )}
    </>
  );
}

/** `first` with one more value, or without it where every copy has the same. */
function differing(first: Params, every: Params, name: string, value: unknown): Params {
  const { [name]: _, ...rest } = first;
  return JSON.stringify(every[name]) === JSON.stringify(value) ? rest : { ...rest, [name]: value };
}
