import { useEffect, useRef } from 'react';
import type { GraphDiff, NodeDiff } from '../../engine/analysis/diff';
import { formatCount } from '../ui/format';
import { Glyph } from '../ui/Glyph';
import { changeLines, costText, SIGNS, unitOf } from './change-text';

interface Props {
  readonly result: GraphDiff;
  readonly selected: string | null;
  onSelect(key: string): void;
}

/** Each change with what it costs; a click shows it on the canvas. */
export function ChangeList({ result, ...rest }: Props) {
  const changed = result.nodes.filter((n) => n.state !== 'unchanged');
  const own = changed.filter((n) => !n.follows);
  const following = changed.filter((n) => n.follows);
  return (
    <div className="cmp-list">
      <h2 className="cmp-heading">Changes</h2>
      {changed.length === 0 && (
        <p className="cmp-none">The nets are equal: same nodes, same parameters, same wires.</p>
      )}
      <Rows rows={own} {...rest} />
      {following.length > 0 && (
        <details open={following.length <= 12}>
          <summary className="cmp-heading">
            {formatCount(following.length)} {following.length === 1 ? 'node follows' : 'nodes follow'} from
            these
          </summary>
          <Rows rows={following} {...rest} />
        </details>
      )}
    </div>
  );
}

function Rows({ rows, selected, onSelect }: Omit<Props, 'result'> & { readonly rows: readonly NodeDiff[] }) {
  return (
    <ul>
      {rows.map((n) => (
        <li key={n.key}>
          <Row n={n} selected={n.key === selected} onSelect={onSelect} />
        </li>
      ))}
    </ul>
  );
}

function Row({
  n,
  selected,
  onSelect,
}: { readonly n: NodeDiff; readonly selected: boolean } & Pick<Props, 'onSelect'>) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (selected) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const { path, instance } = unitOf(n);
  const cost = costText(n);
  return (
    <button
      ref={ref}
      type="button"
      className={`cmp-row ${n.state}`}
      aria-pressed={selected}
      data-testid={`change-${n.key}`}
      onClick={() => onSelect(n.key)}
    >
      <span className="cmp-row-sign" role="img" aria-label={n.state}>
        {SIGNS[n.state]}
      </span>
      <span className="cmp-row-head">
        <Glyph category={instance.def?.category} size={13} />
        <b>{instance.title}</b>
        <small>{n.before && n.before.path !== path ? `${n.before.path} → ${path}` : path}</small>
      </span>
      {changeLines(n).map((line) => (
        <span key={line} className="cmp-row-line">
          {line}
        </span>
      ))}
      {cost !== '' && <span className="cmp-row-cost">{cost}</span>}
    </button>
  );
}
