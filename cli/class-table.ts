import { type ClassReport, type ClassScore, type Means, worstFirst } from '../engine/analysis/class-report';
import { count, percent } from './format';
import { type Column, table } from './table';

/** Classes that are all listed; of more, the worst ones. */
const MOST = 20;
const WORST = 5;
const MARKS = { 'never-predicted': 'never predicted', 'no-pictures': 'no pictures' } as const;

type Row = Means & Pick<ClassScore, 'name' | 'mark'> & { readonly support: number | undefined };
const columns: readonly Column<Row>[] = [
  { title: 'class', of: (r) => r.name },
  { title: 'precision', of: (r) => percent(r.precision, 2), right: true },
  { title: 'recall', of: (r) => percent(r.recall, 2), right: true },
  { title: 'F1', of: (r) => percent(r.f1, 2), right: true },
  { title: 'pictures', of: (r) => (r.support === undefined ? '' : count(r.support)), right: true },
];
const markColumn: Column<Row> = { title: '', of: (r) => (r.mark ? MARKS[r.mark] : '') };

/** Each class of at most 20, else the five worst; then the means, and what was mixed up most. */
export function classTable({ classes, macro, weighted, balancedAccuracy, mistakes }: ClassReport): string {
  const many = classes.length > MOST;
  const shown: readonly ClassScore[] = many ? worstFirst(classes).slice(0, WORST) : classes;
  const rows: Row[] = [
    ...shown,
    { name: 'macro mean', ...macro, support: undefined },
    { name: 'weighted mean', ...weighted, support: undefined },
  ];
  const name = (i: number) => classes[i]!.name;
  const pairs = mistakes
    .slice(0, 3)
    .map((m) => `${name(m.truth)} as ${name(m.predicted)} (${count(m.count)})`);
  return [
    ...(many ? [`The ${WORST} worst of ${count(classes.length)} classes:`] : []),
    table(rows.some((r) => r.mark) ? [...columns, markColumn] : columns, rows),
    '',
    `balanced       ${percent(balancedAccuracy, 2)}, the mean recall of the classes`,
    ...(pairs.length > 0 ? [`mixed up       ${pairs.join(', ')}`] : []),
  ].join('\n');
}
