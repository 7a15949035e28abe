import { z } from 'zod';
import { UserError } from '../../errors';
import { formatShape, type Shape } from '../../ir/shape';
import { defineComposite } from '../define';
import { channelCount, choice, normFields, record, toggle } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';
import { addOperation, adjusted, OPERATIONS } from './operations';

const Operand = z.strictObject({
  /** `x`, this cell's input; `previous`, the one before; or the number of an earlier pair, from 1. */
  from: z.union([z.enum(['x', 'previous']), z.number().int().min(1).max(32)]),
  op: z.enum(OPERATIONS),
});
const Pair = z.tuple([Operand, Operand]);
type Pair = z.infer<typeof Pair>;
interface Cell {
  readonly pairs: readonly Pair[];
  /** What is laid on each other in the end. */
  readonly join: readonly Operand['from'][];
  readonly reduces: boolean;
}
type Operand = z.infer<typeof Operand>;

const op = (from: Operand['from'], what: Operand['op']): Operand => ({ from, op: what });
const [X, P] = ['x', 'previous'] as const;

/** Figure 4 of the paper, NASNet-A. */
const CELLS: Readonly<Record<'nasnet-normal' | 'nasnet-reduction', Cell>> = {
  'nasnet-normal': {
    reduces: false,
    pairs: [
      [op(X, 'sep5'), op(P, 'sep3')],
      [op(P, 'sep5'), op(P, 'sep3')],
      [op(X, 'mean3'), op(P, 'none')],
      [op(P, 'mean3'), op(P, 'mean3')],
      [op(X, 'sep3'), op(X, 'none')],
    ],
    join: [P, 1, 2, 3, 4, 5],
  },
  'nasnet-reduction': {
    reduces: true,
    pairs: [
      [op(X, 'sep5'), op(P, 'sep7')],
      [op(X, 'max3'), op(P, 'sep7')],
      [op(X, 'mean3'), op(P, 'sep5')],
      [op(2, 'none'), op(1, 'mean3')],
      [op(1, 'sep3'), op(X, 'max3')],
    ],
    join: [2, 3, 4, 5],
  },
};
const custom = (p: Record<string, unknown>) => p['form'] === 'custom';

/**
 * A cell as architecture search finds them: pairs of operations on this input, the one before it and earlier pairs, each
 * pair added up; pairs that no other reads are laid on each other. x [h, w, c], previous [h or 2h, …] -> [h, w, n ·
 * filters], or half the sides where it reduces.
 *
 * @throws UserError `nas-cell/previous`, `nas-cell/pairs`
 * @see Zoph et al. Learning Transferable Architectures. 2017. arXiv:1707.07012, section 3, figure 4: NASNet-A
 */
export const nasCell = defineComposite({
  type: 'nas-cell',
  version: 1,
  title: 'NAS cell',
  category: 'block',
  source: 'Zoph et al. Learning Transferable Architectures. 2017. arXiv:1707.07012, section 3 and figure 4',
  help:
    'A cell found by search: five pairs of operations whose results are added, on this input and the one before. NASNet-A ' +
    'repeats one cell that keeps the sides and one that halves them.',
  formula: 'yᵢ = opₐ(state) + op_b(state),  y = [those that no other reads]',
  example: {
    params: { filters: 32 },
    shapes: [
      [28, 28, 64],
      [28, 28, 64],
    ],
  },
  inputs: ['x', 'previous'],
  params: z.strictObject({
    form: choice('nasnet-normal', ['nasnet-normal', 'nasnet-reduction', 'custom'], {
      title: 'Form',
      help: 'A cell of NASNet, or pairs of operations of your own',
    }),
    filters: channelCount(44, {
      title: 'Filters',
      help: 'Channels of each operation',
      quick: [32, 44, 88, 176],
    }),
    reduces: toggle(false, { title: 'Halves', help: 'Operations on the inputs take stride 2', only: custom }),
    pairs: record(
      z
        .array(Pair)
        .min(1)
        .max(16)
        .default([...CELLS['nasnet-normal'].pairs]),
      {
        title: 'Pairs',
        help: 'Two operations each, with what they read',
        only: custom,
      },
    ),
    adjust: toggle(true, {
      title: 'Adjust previous',
      help: 'Brings the earlier input to the filters by a 1×1; the first cell of a net does not',
    }),
    ...normFields(1e-3, 0.9997),
  }),
  name: (p) => (p.form === 'custom' ? 'Cell' : p.form === 'nasnet-normal' ? 'Normal cell' : 'Reduction cell'),
  detail: (p) => words(`${p.filters} filters`, p.form === 'custom' && `${p.pairs.length} pairs`),

  expand(p, [x, previous]) {
    requireMap(x!);
    requireMap(previous!);
    requirePrevious(x!, previous!);
    const cell = p.form === 'custom' ? customCell(p) : CELLS[p.form];
    if (!p.adjust) requireAdjusted(cell, x!, previous!, p.filters);
    const g = new LayerBuilder(p);
    const size = { filters: p.filters, sides: x! };
    const before = p.adjust ? adjusted(g, g.input('previous'), previous!, size) : g.input('previous');
    const states = new Map<Operand['from'], Parameters<typeof addOperation>[3]>([
      [P, { end: before, sides: x!, input: true }],
      [
        X,
        {
          end: g.norm(
            'x-bn',
            g.conv('x-conv', { filters: p.filters, kernel: 1 }, g.act('x-relu', g.input('x'))),
          ),
          sides: x!,
          input: true,
        },
      ],
    ]);
    const sides = cell.reduces ? [Math.ceil(x![0]! / 2), Math.ceil(x![1]! / 2)] : x!;
    cell.pairs.forEach((pair, i) => {
      const ends = pair.map((o, j) =>
        addOperation(
          g,
          `pair${i + 1}-${'ab'[j]}`,
          { ...size, op: o.op, reduces: cell.reduces },
          states.get(o.from)!,
        ),
      );
      states.set(i + 1, { end: g.join(`pair${i + 1}`, 'add', {}, ends), sides, input: false });
    });
    const ends = cell.join.map((from) => states.get(from)!.end);
    return g.result(ends.length > 1 ? g.join('concat', 'concat', {}, ends) : ends[0]!);
  },
});

/** A cell's own pairs; joined are those that no other pair reads. */
function customCell({
  pairs,
  reduces,
}: {
  readonly pairs: readonly Pair[];
  readonly reduces: boolean;
}): Cell {
  pairs.forEach((pair, i) => {
    for (const { from, op } of pair) {
      if (typeof from === 'number' && from > i) throw notYet(i + 1, from);
      if (op === 'none' && reduces && typeof from === 'string') throw sides(i + 1);
    }
  });
  const read = new Set(pairs.flatMap((pair) => pair.map((o) => o.from)));
  return { pairs, reduces, join: pairs.map((_, i) => i + 1).filter((n) => !read.has(n)) };
}

function requirePrevious(x: Shape, previous: Shape): void {
  const fits = [0, 1].every((i) => previous[i] === x[i] || Math.ceil(previous[i]! / 2) === x[i]);
  const alike = (previous[0] === x[0]) === (previous[1] === x[1]) || x[0] === 1 || x[1] === 1;
  if (fits && alike) return;
  throw new UserError(
    'nas-cell/previous',
    `previous is ${formatShape(previous)}, which does not go with ${formatShape(x)}.`,
    'The earlier input has the same sides, or twice as many pixels each way.',
    'Connect the output of the cell before the last, or that of the last one again.',
    { port: 'previous' },
  );
}

/** Left as it is, the earlier input goes only where channels are made anew. */
function requireAdjusted(cell: Cell, x: Shape, previous: Shape, filters: number): void {
  const keeps = cell.pairs
    .flat()
    .some(({ from, op }) => from === 'previous' && ['none', 'mean3', 'max3'].includes(op));
  const needed = keeps || cell.join.includes('previous');
  const sameSides = previous[0] === x[0] && previous[1] === x[1];
  if (sameSides && (previous[2] === filters || !needed)) return;
  throw new UserError(
    'nas-cell/adjust',
    `previous is ${formatShape(previous)} and is added to ${x[0]}×${x[1]}×${filters}.`,
    'Without the adjustment its sides and channels stay as they are.',
    'Set adjust to true.',
    { param: 'adjust' },
  );
}

const notYet = (pair: number, from: number): UserError =>
  new UserError(
    'nas-cell/pairs',
    `Pair ${pair} reads pair ${from}, which is not there yet.`,
    'Pairs are worked out in their order.',
    `Let it read 'x', 'previous' or a pair before the ${pair}th.`,
    { param: 'pairs' },
  );

const sides = (pair: number): UserError =>
  new UserError(
    'nas-cell/pairs',
    `Pair ${pair} takes an input as it is, in a cell that halves.`,
    'Its sides would be twice those of the other operand.',
    'Take a pooling or a convolution there, or let the cell keep its sides.',
    { param: 'pairs' },
  );
