import type { Problem } from '../../engine/analysis/problem';
import { REPEAT } from '../../engine/nodes/body';
import { findKind } from '../../engine/nodes/catalogue';
import { fieldsOf } from '../../engine/nodes/fields';
import { kindsOf } from '../../engine/nodes/user-block';
import { setParamAt } from '../app/blocks';
import { useDocument } from '../app/store';
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
  const { blocks } = useDocument();
  const def = kindsOf(blocks)(String(params['block']));
  const every = (params['params'] ?? {}) as Params;
  const first = (params['first'] ?? {}) as Params;
  const set = (param: 'params' | 'first', values: Params, gesture: string) =>
    setParamAt(path, param, values, gesture);
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
            onSet={(value, gesture) => setParamAt(path, field.name, value, gesture)}
          />
        ))}
      </div>
      {def && (
        <>
          <h3 className="in-sub">Every copy</h3>
          <Fields
            def={def}
            ids={[]}
            params={shownParams(def, every)}
            onSet={(name, value, gesture) => set('params', { ...every, [name]: value }, gesture)}
          />
          <h3 className="in-sub">The first copy</h3>
          <Fields
            def={def}
            ids={[]}
            params={shownParams(def, { ...every, ...first })}
            onSet={(name, value, gesture) => set('first', differing(first, every, name, value), gesture)}
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
