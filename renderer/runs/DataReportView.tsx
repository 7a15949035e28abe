import { useEffect, useState } from 'react';
import { type Fault, toFault } from '../../engine/errors';
import type { DataReport } from '../../ipc/contract';
import { type DataChoice, useDataSets } from './data-store';
import { FaultCard } from './FaultCard';
import { formatCount } from './format';

/** What a data set is like: classes as bars, channels, pictures that cannot be read, and duplicates. */
export function DataReportView({ choice }: { choice: DataChoice }) {
  const found = useReport(choice);
  if (!found) {
    return (
      <div className="pictures" role="status">
        Reading every picture…
      </div>
    );
  }
  if ('fault' in found) return <FaultCard fault={found.fault} />;
  const { report } = found;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="data-report" tabIndex={0} aria-label="Figures of the data">
      <Classes classes={report.classes} />
      <Channels channels={report.channels} />
      <Duplicates duplicates={report.duplicates} />
      <Skipped skipped={report.info.skipped} />
    </section>
  );
}

type Found = { readonly report: DataReport } | { readonly fault: Fault };

function useReport({ set, folder, size, colour }: DataChoice): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let current = true;
    setFound(null);
    useDataSets
      .getState()
      .report({ set, folder, size, colour })
      .then(
        (report) => current && setFound({ report }),
        (error) => current && setFound({ fault: toFault(error, 'Reading the data set') }),
      );
    return () => {
      current = false;
    };
  }, [set, folder, size, colour]);
  return found;
}

function Classes({ classes }: Pick<DataReport, 'classes'>) {
  const most = Math.max(1, ...classes.map((c) => c.train));
  return (
    <table className="data-classes">
      <caption>Classes</caption>
      <thead>
        <tr>
          <th scope="col">class</th>
          <th scope="col">train</th>
          <th scope="col">test</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {classes.map((c) => (
          <tr key={c.name}>
            <th scope="row">{c.name}</th>
            <td>{formatCount(c.train)}</td>
            <td>{formatCount(c.test)}</td>
            <td className="data-bar">
              <span style={{ width: `${(100 * c.train) / most}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const NAMES: Readonly<Record<number, readonly string[]>> = { 1: ['grey'], 3: ['red', 'green', 'blue'] };

function Channels({ channels }: Pick<DataReport, 'channels'>) {
  return (
    <table className="data-channels">
      <caption>Channels, 0 to 1</caption>
      <tbody>
        {channels.map((c, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a channel is known by its place
          <tr key={i}>
            <th scope="row">{NAMES[channels.length]?.[i] ?? `channel ${i}`}</th>
            <td>mean {c.mean.toFixed(4)}</td>
            <td>deviation {c.deviation.toFixed(4)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Duplicates({ duplicates }: Pick<DataReport, 'duplicates'>) {
  const { between, train, test, otherLabel, first } = duplicates;
  if (between + train + test === 0) return <p>No picture is there twice.</p>;
  return (
    <div>
      <p>
        {formatCount(between)} test pictures stand among the training pictures. {formatCount(train)} training
        pictures repeat another one, {formatCount(test)} test pictures likewise.
        {otherLabel > 0 && ` ${formatCount(otherLabel)} of all these have another label.`}
      </p>
      {first.length > 0 && (
        <p className="quiet">
          {first.map((f) => `Test ${formatCount(f.test)} is training ${formatCount(f.train)}`).join('; ')}
          {between > first.length ? '; …' : '.'}
        </p>
      )}
    </div>
  );
}

function Skipped({ skipped }: Pick<DataReport['info'], 'skipped'>) {
  if (!skipped) return null;
  const rest = skipped.count - skipped.first.length;
  return (
    <div>
      <p>
        {formatCount(skipped.count)} {skipped.count === 1 ? 'picture is' : 'pictures are'} left out:
      </p>
      <ul className="data-skipped">
        {skipped.first.map((f) => (
          <li key={f.name} data-selectable>
            {f.name} <span className="quiet">{f.why}</span>
          </li>
        ))}
        {rest > 0 && <li className="quiet">and {formatCount(rest)} more</li>}
      </ul>
    </div>
  );
}
