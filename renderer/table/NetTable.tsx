import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import {
  formatTable,
  sortRows,
  type TableColumn,
  type TableFormat,
  tableColumns,
  tableRows,
} from '../../engine/analysis/table';
import { focusNode } from '../app/focus';
import { notify } from '../app/notices';
import { useAnalysis, useEditor } from '../app/store';
import { Segments } from '../ui/Segments';
import './net-table.css';

const ROW = 26;
/** Rows above and below those on screen that are drawn too. */
const SPARE = 12;
const FORMATS: readonly (readonly [TableFormat, string])[] = [
  ['csv', 'CSV'],
  ['markdown', 'Markdown'],
  ['latex', 'LaTeX'],
];

interface Order {
  readonly column: TableColumn;
  readonly descending: boolean;
}

/** Every node of the net as a row: sorted by a click on a column, copied for papers and spreadsheets. */
export function NetTable() {
  const analysis = useAnalysis();
  const [flat, setFlat] = useState(false);
  const [order, setOrder] = useState<Order>();
  const rows = useMemo(() => {
    const all = tableRows(analysis, flat);
    return order ? sortRows(all, order.column, order.descending) : all;
  }, [analysis, flat, order]);
  const copy = async (format: TableFormat, title: string) => {
    await navigator.clipboard.writeText(formatTable(rows, format));
    notify(`The table is on the clipboard, as ${title}.`);
  };
  return (
    <div className="ntable">
      <div className="ntable-bar">
        <Segments
          label="Rows"
          segments={[
            { value: 'nodes', label: 'Nodes' },
            { value: 'layers', label: 'Layers' },
          ]}
          value={flat ? 'layers' : 'nodes'}
          onChange={(v) => setFlat(v === 'layers')}
        />
        <span className="ntable-count">{rows.length.toLocaleString('en')} rows</span>
        <span className="ntable-space" />
        {FORMATS.map(([format, title]) => (
          <button key={format} type="button" className="btn small" onClick={() => void copy(format, title)}>
            Copy {title}
          </button>
        ))}
      </div>
      <Rows rows={rows} order={order} onOrder={(column) => setOrder(nextOrder(order, column))} />
    </div>
  );
}

/** First the largest, or A to Z; then the other way round; then as the net runs. */
function nextOrder(order: Order | undefined, column: TableColumn): Order | undefined {
  if (order?.column !== column) return { column, descending: column.right };
  return order.descending === column.right ? { column, descending: !order.descending } : undefined;
}

interface RowsProps {
  readonly rows: ReturnType<typeof tableRows>;
  readonly order: Order | undefined;
  onOrder(column: TableColumn): void;
}

function Rows({ rows, order, onOrder }: RowsProps) {
  const [top, setTop] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const selected = useEditor((s) => s.selection.nodes);
  const seen = Math.ceil((box.current?.clientHeight ?? 400) / ROW);
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const shown = rows.slice(first, first + seen + 2 * SPARE);
  const below = rows.length - first - shown.length;
  return (
    <section
      className="ntable-box"
      ref={box}
      onScroll={(e) => setTop(e.currentTarget.scrollTop)}
      aria-label="Table of the net"
    >
      <table className="ntable-table" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {tableColumns.map((c) => (
              <th key={c.id} scope="col" className={c.right ? 'right' : ''} aria-sort={sortOf(order, c)}>
                <button type="button" onClick={() => onOrder(c)}>
                  {c.title}
                  {order?.column === c && (order.descending ? ' ↓' : ' ↑')}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <tr aria-hidden style={{ height: first * ROW }} />}
          {shown.map((row, i) => (
            <Row
              key={row.instance.path}
              row={row}
              index={first + i}
              selected={selected.includes(row.instance.path)}
            />
          ))}
          {below > 0 && <tr aria-hidden style={{ height: below * ROW }} />}
        </tbody>
      </table>
    </section>
  );
}

const sortOf = (order: Order | undefined, column: TableColumn) =>
  order?.column !== column ? 'none' : order.descending ? 'descending' : 'ascending';

interface RowProps {
  readonly row: RowsProps['rows'][number];
  readonly index: number;
  readonly selected: boolean;
}
function Row({ row, index, selected }: RowProps) {
  const { path } = row.instance;
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const;
    const key = step[event.key as keyof typeof step];
    if (!key) return;
    event.preventDefault();
    event.currentTarget.closest('tr')?.[key]?.querySelector('button')?.focus();
  };
  return (
    <tr className={selected ? 'sel' : ''} aria-rowindex={index + 2}>
      {tableColumns.map((c, i) => (
        <td key={c.id} className={c.right ? 'right' : ''}>
          {i === 0 ? (
            <button type="button" onClick={() => focusNode(path)} onKeyDown={onKeyDown}>
              {c.text(row)}
            </button>
          ) : (
            c.text(row)
          )}
        </td>
      ))}
    </tr>
  );
}
