import type { Effect, Figure } from '../../engine/analysis/transforms/effect';
import { formatBytes, formatCount, formatShort } from '../ui/format';
import { Icon } from '../ui/Icon';

/** Four figures before and after, each as two bars, and the problems that come or go. */
export function EffectBars({ effect: { figures, problems, mended } }: { readonly effect: Effect }) {
  return (
    <>
      <dl className="bulk-figures" data-testid="bulk-figures">
        {figures.map((figure) => (
          <Row key={figure.name} figure={figure} />
        ))}
      </dl>
      {problems.length > 0 && (
        <ul className="bulk-problems" aria-label="Problems that it makes">
          {problems.map((p) => (
            <li
              key={`${p.code} ${p.place.node ?? ''} ${p.place.port ?? ''}`}
              className={`bulk-problem ${p.severity}`}
            >
              <p>
                <Icon name={p.severity} size={13} /> {p.what}
              </p>
              <small>{p.remedy}</small>
            </li>
          ))}
        </ul>
      )}
      {mended > 0 && (
        <p className="bulk-mended">
          <Icon name="check" size={13} />{' '}
          {mended === 1 ? '1 problem goes' : `${formatCount(mended)} problems go`}
        </p>
      )}
    </>
  );
}

const FORMATS: Readonly<Record<Figure['name'], (n: number) => string>> = {
  parameters: formatShort,
  MACs: formatShort,
  memory: formatBytes,
  'receptive field': (n) => `${formatCount(n)} px`,
};

function Row({ figure: { name, before, after } }: { readonly figure: Figure }) {
  const most = Math.max(before ?? 0, after ?? 0, 1);
  const text = (n: number | null) => (n === null ? 'none' : FORMATS[name](n));
  const exact = (n: number | null) => (n === null ? 'none' : formatCount(n));
  return (
    <div title={`${exact(before)} → ${exact(after)}`}>
      <dt>{name}</dt>
      <dd>
        {before === after ? text(after) : `${text(before)} → ${text(after)}`}
        {change(before, after) && <em>{change(before, after)}</em>}
      </dd>
      <span className="bulk-bar" aria-hidden="true">
        <i style={{ width: `${(100 * (before ?? 0)) / most}%` }} />
        <i className="after" style={{ width: `${(100 * (after ?? 0)) / most}%` }} />
      </span>
    </div>
  );
}

/** `+54 %`, `−3.1 %`, `×24`; nothing where it stays. */
function change(before: number | null, after: number | null): string {
  if (before === null || after === null || before === after || before === 0) return '';
  const ratio = after / before;
  if (ratio >= 3) return `×${Number(ratio.toPrecision(2))}`;
  const percent = Math.abs(ratio - 1) * 100;
  const digits = percent < 0.1 ? '< 0.1' : percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0);
  return `${ratio > 1 ? '+' : '−'}${digits} %`;
}
