import type { Place } from '../../engine/analysis/transforms/transform';
import { setBulk } from './bulk-store';

interface Props {
  readonly places: readonly Place[];
  readonly leave: ReadonlySet<string>;
}

/** What becomes of what; one that is unticked stays as it is. */
export function PlaceList({ places, leave }: Props) {
  if (places.length === 0)
    return <p className="bulk-none">With these settings there is nothing to change.</p>;
  const taken = places.filter((p) => !leave.has(p.key)).length;
  return (
    <fieldset className="bulk-places">
      <legend className="visually-hidden">Places</legend>
      <label className="bulk-all">
        <input
          type="checkbox"
          checked={taken === places.length}
          ref={(box) => {
            if (box) box.indeterminate = taken > 0 && taken < places.length;
          }}
          onChange={() =>
            setBulk({ leave: new Set(taken === places.length ? places.map((p) => p.key) : []) })
          }
        />
        {taken} of {places.length} places
      </label>
      <ul>
        {places.map(({ key, path, words }) => (
          <li key={key}>
            <label className={leave.has(key) ? 'left' : undefined}>
              <input
                type="checkbox"
                checked={!leave.has(key)}
                onChange={() => setBulk({ leave: toggled(leave, key) })}
              />
              <span>
                <b>{path}</b>
                {words}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
