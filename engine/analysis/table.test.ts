import { describe, expect, it } from 'vitest';
import { rowOf } from '../graph/testing';
import { analyse } from './analyse';
import { formatTable, sortRows, tableColumns, tableRows } from './table';

const doc = rowOf([
  ['input', { shape: [8, 8, 3] }],
  ['residual', { filters: 8, shortcut: 'projection' }],
  ['global-avg-pool'],
  ['dense', { units: 10 }],
  ['output'],
]);
const analysis = analyse(doc);
const rows = tableRows(analysis, false);
const named = (label: string) => {
  const [id, node] = Object.entries(doc.nodes).find(([, n]) => n.type === 'dense')!;
  return tableRows(analyse({ ...doc, nodes: { ...doc.nodes, [id]: { ...node, label } } }), false);
};

describe('the table of a net', () => {
  it('has a row a node, or one a layer with blocks opened, which add up to the same', () => {
    const flat = tableRows(analysis, true);
    expect(rows).toHaveLength(5);
    expect(flat.length).toBeGreaterThan(8);
    const sum = (list: typeof rows) => list.reduce((n, r) => n + r.cost.macs, 0);
    expect(sum(flat)).toBe(sum(rows));
  });

  it('is sorted by numbers as numbers, and stays in order where they are equal', () => {
    const macs = tableColumns.find((c) => c.id === 'macs')!;
    const sorted = sortRows(rows, macs, true).map((r) => r.cost.macs);
    expect(sorted).toEqual([...sorted].sort((a, b) => b - a));
    const free = sortRows(rows, macs, false).filter((r) => r.cost.macs === 0);
    expect(free.map((r) => r.instance.path)).toEqual(
      rows.filter((r) => r.cost.macs === 0).map((r) => r.instance.path),
    );
  });

  it('is CSV with plain numbers and quoted words', () => {
    const lines = formatTable(named('scores, "last"'), 'csv').trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^layer,kind,output,parameters,MACs,/);
    expect(lines[4]).toContain(',"scores, ""last""",10,90,80,');
  });

  it('never gives a spreadsheet a formula', () => {
    for (const evil of ['=cmd|x', '+1', '-1', '@SUM(A1)'])
      expect(formatTable(named(evil), 'csv')).toContain(`,'${evil},`);
  });

  it('is Markdown whose bars stay within their cell', () => {
    const text = formatTable(named('a|b'), 'markdown');
    expect(text).toContain('| a\\|b |');
    const bars = (line: string) => line.replaceAll('\\|', '').split('|').length;
    expect(new Set(text.trimEnd().split('\n').map(bars)).size).toBe(1);
  });

  it('is LaTeX with its signs escaped', () => {
    const text = formatTable(named('50%_{a}&b\\c'), 'latex');
    expect(text).toContain('50\\%\\_\\{a\\}\\&b\\textbackslash{}c');
    expect(text).toContain('8$\\times$8$\\times$8');
    expect(text.startsWith('\\begin{tabular}{llrrrrrrr}\n\\toprule')).toBe(true);
  });
});
