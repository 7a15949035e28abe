import { shapeText, signed } from '../compare/change-text';
import { formatBytes, formatCount, formatShort } from '../ui/format';
import { Icon } from '../ui/Icon';
import { type Effect, type Figure, isQuiet } from './effect';

/** More faults than this are counted. */
const MOST = 3;

/** What a change would do, as figures of the node and of the whole net, and the faults that come of it. */
export function EffectTable({ effect }: { readonly effect: Effect }) {
  const { output, here, net, works, faults, mended } = effect;
  if (isQuiet(effect)) return <p className="fcard-quiet">Changes no shape and no cost.</p>;
  // what stands behind a fault counts for nothing: the sum over the net would seem to have become less
  const broken = faults.some((p) => p.severity === 'error');
  const rows = [
    { title: 'Parameters', here: works ? here.params : undefined, net: net.params, format: formatCount },
    { title: 'MACs', here: works ? here.macs : undefined, net: net.macs, format: formatShort },
    { title: 'Memory', here: undefined, net: net.memory, format: formatBytes },
  ]
    .map((row) => (broken ? { ...row, net: undefined } : row))
    .filter((row) => [row.here, row.net].some((f) => f && f.before !== f.after));
  const several = rows.some((row) => row.here && row.here.before !== row.here.after);
  return (
    <div role="status">
      {output && (
        <p className="fcard-shape">
          <span>Output</span> {shapeText(output.before)} → {shapeText(output.after)}
        </p>
      )}
      {rows.length > 0 && (
        <table className="fcard-costs">
          <thead>
            <tr>
              <td />
              {several && <th scope="col">here</th>}
              {!broken && <th scope="col">whole net</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.title}>
                <th scope="row">{row.title}</th>
                {several && <td>{row.here ? delta(row.here, row.format) : ''}</td>}
                {row.net && (
                  <td>
                    {delta(row.net, row.format)}
                    <small>{row.net.after === row.net.before ? '' : `to ${row.format(row.net.after)}`}</small>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {faults.slice(0, MOST).map((p) => (
        <p key={`${p.code} ${p.place.node} ${p.place.port}`} className={`fcard-problem ${p.severity}`}>
          <Icon name={p.severity} size={12} />
          {p.what}
        </p>
      ))}
      {faults.length > MOST && <p className="fcard-problem error">and {faults.length - MOST} more</p>}
      {mended.length > 0 && (
        <p className="fcard-mended">
          {mended.length === 1 ? 'Mends a problem' : `Mends ${mended.length} problems`}
        </p>
      )}
    </div>
  );
}

const delta = ({ before, after }: Figure, format: (n: number) => string): string =>
  signed(after - before, format);
