import { useMemo, useState } from 'react';
import {
  type ClassReport,
  type ClassScore,
  classReport,
  worstFirst,
} from '../../engine/analysis/class-report';
import type { EventOf } from '../../ipc/contract';
import { Switch } from '../ui/Switch';
import { formatCount, formatPercent } from './format';
import './class-table.css';

type Share = 'precision' | 'recall' | 'f1';
type Key = 'name' | Share | 'support';
interface Order {
  readonly key: Key;
  readonly rising: boolean;
}

const COLUMNS: readonly { readonly key: Key; readonly title: string; readonly help: string }[] = [
  { key: 'name', title: 'Class', help: 'In the order of the data' },
  {
    key: 'precision',
    title: 'Precision',
    help: 'Of the pictures taken for the class, the share that is of it',
  },
  { key: 'recall', title: 'Recall', help: 'Of the pictures of the class, the share that was recognised' },
  { key: 'f1', title: 'F1', help: 'Harmonic mean of precision and recall' },
  { key: 'support', title: 'Pictures', help: 'Pictures of the class in the test split' },
];
const MARKS = {
  'never-predicted': 'No picture was taken for this class',
  'no-pictures': 'The test split has no picture of this class',
} as const;

/** What the net is worth class by class: a row each, sorted by a click on a column. */
export function ClassTable({ done }: { readonly done: EventOf<'done'> }) {
  const report = useMemo(() => classReport(done.confusion, done.classNames), [done]);
  const [order, setOrder] = useState<Order>({ key: 'name', rising: true });
  const [worst, setWorst] = useState(false);
  const rows = useMemo(
    () => (worst ? worstFirst(report.classes) : sorted(report.classes, order)),
    [report, order, worst],
  );
  const sort = (key: Key) => {
    setWorst(false);
    setOrder({ key, rising: !worst && order.key === key ? !order.rising : key === 'name' });
  };
  const shown = worst ? undefined : order;
  return (
    <section className="classes" aria-label="Classes" data-testid="class-table">
      <header className="classes-head">
        <h3>Classes</h3>
        <span>
          Balanced accuracy <b>{formatPercent(report.balancedAccuracy)}</b>
        </span>
        <span className="classes-worst">
          Worst first
          <Switch label="Worst classes first" checked={worst} onChange={setWorst} />
        </span>
      </header>
      <section
        className="classes-box"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label="Precision, recall and F1 of each class"
      >
        <table data-selectable>
          <Head order={shown} onSort={sort} />
          <tbody>
            {rows.map((c) => (
              <Row key={c.name} score={c} />
            ))}
          </tbody>
          <Means report={report} />
        </table>
      </section>
    </section>
  );
}

function sorted(classes: readonly ClassScore[], { key, rising }: Order): readonly ClassScore[] {
  const way = rising ? 1 : -1;
  if (key === 'name') return rising ? classes : [...classes].reverse();
  return [...classes].sort((a, b) => way * (a[key] - b[key]));
}

function Head({ order, onSort }: { readonly order: Order | undefined; onSort(key: Key): void }) {
  const sortOf = (key: Key) => (order?.key !== key ? 'none' : order.rising ? 'ascending' : 'descending');
  return (
    <thead>
      <tr>
        {COLUMNS.map(({ key, title, help }) => (
          <th key={key} scope="col" aria-sort={sortOf(key)}>
            <button type="button" title={help} onClick={() => onSort(key)}>
              {title}
              {order?.key === key && (order.rising ? ' ↑' : ' ↓')}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row({ score }: { readonly score: ClassScore }) {
  const { name, precision, recall, f1, support, mark } = score;
  return (
    <tr>
      <th scope="row">
        {name}
        {mark && (
          <span className="classes-mark" title={MARKS[mark]}>
            {mark === 'no-pictures' ? 'no pictures' : 'never predicted'}
          </span>
        )}
      </th>
      <Bar share={precision} />
      <Bar share={recall} />
      <Bar share={f1} />
      <td>{formatCount(support)}</td>
    </tr>
  );
}

function Bar({ share }: { readonly share: number }) {
  return (
    <td>
      <span className="classes-bar" aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </span>
      {formatPercent(share)}
    </td>
  );
}

function Means({ report }: { readonly report: ClassReport }) {
  return (
    <tfoot>
      {(['macro', 'weighted'] as const).map((name) => (
        <tr key={name}>
          <th
            scope="row"
            title={name === 'macro' ? 'Every class counts the same' : 'Every class counts by its pictures'}
          >
            {name === 'macro' ? 'Macro mean' : 'Weighted mean'}
          </th>
          {(['precision', 'recall', 'f1'] as const).map((key) => (
            <td key={key}>{formatPercent(report[name][key])}</td>
          ))}
          <td />
        </tr>
      ))}
    </tfoot>
  );
}
