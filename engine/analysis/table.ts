import { formatShape } from '../ir/shape';
import type { Analysis, NodeAnalysis } from './analyse';
import { intensity } from './analyse';
import { fieldSize } from './receptive-field';

/** A column of the net's table: how it is called, sorted and written. */
export interface TableColumn {
  readonly id: string;
  readonly title: string;
  /** Numbers stand right, and are sorted as numbers. */
  readonly right: boolean;
  /** What sorts: a number, or words. */
  value(row: NodeAnalysis): number | string;
  text(row: NodeAnalysis): string;
}

const count = (n: number): string => n.toLocaleString('en');
const words = (id: string, title: string, value: (row: NodeAnalysis) => string): TableColumn => ({
  ...{ id, title, right: false, value, text: value },
});
const figure = (
  id: string,
  title: string,
  value: (row: NodeAnalysis) => number,
  text: (row: NodeAnalysis) => string = (row) => count(value(row)),
): TableColumn => ({ id, title, right: true, value, text });

const size = (shape: readonly number[] | undefined): number => shape?.reduce((n, d) => n * d, 1) ?? 0;

/** The columns of the tables that papers print. */
export const tableColumns: readonly TableColumn[] = [
  words('layer', 'layer', (r) => r.instance.path),
  words('kind', 'kind', (r) => r.instance.title),
  figure(
    'output',
    'output',
    (r) => size(r.output),
    (r) => (r.output ? formatShape(r.output) : '?'),
  ),
  figure('params', 'parameters', (r) => r.cost.params.trainable),
  figure('macs', 'MACs', (r) => r.cost.macs),
  figure(
    'share',
    '% of MACs',
    (r) => r.share * 100,
    (r) => (r.share > 0 ? (r.share * 100).toFixed(1) : '0'),
  ),
  figure('activations', 'activations', (r) => r.cost.activations),
  figure(
    'intensity',
    'MACs a byte',
    (r) => intensity(r.instance),
    (r) => intensity(r.instance).toFixed(1),
  ),
  figure(
    'field',
    'receptive field',
    (r) => (r.field ? Math.max(...fieldSize(r.field)) : 0),
    (r) => (r.field ? fieldSize(r.field).join('×') : ''),
  ),
];

/** The graph's own nodes in execution order, or its layers with blocks opened. */
export function tableRows({ elaboration, nodes }: Analysis, flat: boolean): readonly NodeAnalysis[] {
  const instances = flat ? elaboration.flat : [...elaboration.nodes.values()];
  return instances.map((n) => nodes.get(n.path)!);
}

/** `rows` by a column; equal ones stay in execution order. */
export function sortRows(
  rows: readonly NodeAnalysis[],
  { value }: TableColumn,
  descending: boolean,
): readonly NodeAnalysis[] {
  const compare = (a: number | string, b: number | string) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(value(a), value(b)));
}

export type TableFormat = 'csv' | 'markdown' | 'latex';

/** The table as text for other programs. */
export function formatTable(rows: readonly NodeAnalysis[], format: TableFormat): string {
  return { csv, markdown, latex }[format](rows);
}

/**
 * RFC 4180, with plain numbers. A cell of words that a spreadsheet would take for a formula gets an apostrophe.
 *
 * @see OWASP. CSV Injection
 */
function csv(rows: readonly NodeAnalysis[]): string {
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const safe = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const cell = (c: TableColumn, row: NodeAnalysis) => {
    const raw = c.id === 'output' || c.id === 'field' ? c.text(row) : c.value(row);
    return typeof raw === 'number' ? String(raw) : quoted(safe(raw));
  };
  const lines = rows.map((row) => tableColumns.map((c) => cell(c, row)).join(','));
  return `${[tableColumns.map((c) => quoted(c.title)).join(','), ...lines].join('\r\n')}\r\n`;
}

function markdown(rows: readonly NodeAnalysis[]): string {
  const cell = (text: string) => text.replace(/[\\|]/g, '\\$&').replace(/\s+/g, ' ');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[
    line(tableColumns.map((c) => c.title)),
    `|${tableColumns.map((c) => (c.right ? '---:' : '---')).join('|')}|`,
    ...rows.map((row) => line(tableColumns.map((c) => cell(c.text(row))))),
  ].join('\n')}\n`;
}

const LATEX: Readonly<Record<string, string>> = {
  ...{ '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', $: '\\$', '&': '\\&', '#': '\\#', _: '\\_' },
  ...{ '%': '\\%', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '×': '$\\times$' },
};

/** A tabular in the manner of booktabs. */
function latex(rows: readonly NodeAnalysis[]): string {
  const cell = (text: string) => text.replace(/[\\{}$&#_%~^×]/g, (c) => LATEX[c]!).replace(/\s+/g, ' ');
  const line = (cells: readonly string[]) => `${cells.map(cell).join(' & ')} \\\\`;
  return `${[
    `\\begin{tabular}{${tableColumns.map((c) => (c.right ? 'r' : 'l')).join('')}}`,
    '\\toprule',
    line(tableColumns.map((c) => c.title)),
    '\\midrule',
    ...rows.map((row) => line(tableColumns.map((c) => c.text(row)))),
    '\\bottomrule',
    '\\end{tabular}',
  ].join('\n')}\n`;
}
