import { z } from 'zod';
import { diff, diffReport, type GraphDiff, type NodeDiff } from '../../engine/analysis/diff';
import type { Cost } from '../../engine/ir/cost';
import { formatShape, type Shape } from '../../engine/ir/shape';
import { NET, net } from '../arguments';
import { defineCli } from '../command';
import { count } from '../format';
import { openNet } from '../net';
import { table } from '../table';

/** `convloom diff resnet-20 my-net.convloom.json`: what makes the second another net than the first. */
export const diffNets = defineCli({
  name: 'diff',
  summary: 'Show what two nets differ by: nodes, parameters, wires, shapes and cost',
  argument: ['a', NET[1]],
  second: ['b', 'the net that it is compared with, likewise'],
  options: [
    ['--flat', 'open blocks: compare layer by layer'],
    ['--exit-code', 'exit with 1 where the nets differ, for scripts'],
  ],
  example: 'convloom diff resnet-20 resnet-32',
  args: z.object({ a: net, b: net, flat: z.boolean().default(false), exitCode: z.boolean().default(false) }),

  async run({ a, b, flat, exitCode }) {
    const [from, to] = [(await openNet(a)).doc, (await openNet(b)).doc];
    const result = diff(from, to, { flat });
    const text = [`${from.name} → ${to.name}`, diffText(result)].join('\n\n');
    const data = { from: from.name, to: to.name, ...diffReport(result) };
    return { text, data, exit: exitCode && !result.equal ? 1 : 0 };
  },
});

/** Each node that differs, how many do, and a table of the totals. */
export function diffText(result: GraphDiff): string {
  const body = result.equal ? ['The nets are equal.'] : [changes(result), tally(result)];
  return [...body, totals(result)].join('\n\n');
}

const SIGNS = { added: '+', removed: '−', changed: '~', unchanged: ' ' } as const;

const changes = ({ nodes }: GraphDiff): string =>
  nodes
    .filter((n) => n.state !== 'unchanged')
    .map((n) => [headOf(n), ...detailsOf(n)].join('\n'))
    .join('\n');

/** `~ conv1  conv2d  +1,024 parameters, +65,536 MACs` */
function headOf(n: NodeDiff): string {
  const { path, instance } = (n.after ?? n.before)!;
  const other = n.before && n.before.path !== path ? `${n.before.path} → ` : '';
  return [`${SIGNS[n.state]} ${other}${path}`, instance.type, costText(n)].filter(Boolean).join('  ');
}

function costText({ before, after }: NodeDiff): string {
  const figures = ROWS.flatMap(([title, of]) => {
    const by = of(after?.instance.cost) - of(before?.instance.cost);
    return by === 0 || title === 'activations' ? [] : [`${signed(by)} ${title}`];
  });
  return figures.join(', ');
}

const detailsOf = ({ state, params, shape, sources, inside, before, after }: NodeDiff): readonly string[] => {
  const lone = state === 'added' || state === 'removed';
  const output = lone ? shapeText((after ?? before)!.instance.output?.shape ?? null) : '';
  return [
    ...(lone ? [line('output', output)] : []),
    ...params.map((p) => line(p.name, `${valueText(p.from)} → ${valueText(p.to)}`)),
    ...sources.map((s) => line(`input ${s.port}`, `${s.from ?? 'none'} → ${s.to ?? 'none'}`)),
    ...(inside ? [line('inside', 'its block was changed')] : []),
    ...(shape ? [line('output', `${shapeText(shape.from)} → ${shapeText(shape.to)}`)] : []),
  ];
};

const line = (name: string, text: string): string => `    ${name}: ${text}`;
const shapeText = (shape: Shape | null): string => (shape ? formatShape(shape) : '?');

/** A body is told by its size: all of it would fill the screen. */
function valueText(value: unknown): string {
  if (value === undefined) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const signed = (n: number): string => (n > 0 ? `+${count(n)}` : n < 0 ? `−${count(-n)}` : '0');

function tally({ nodes }: GraphDiff): string {
  const words = (['added', 'removed', 'changed', 'unchanged'] as const).map(
    (state) => `${count(nodes.filter((n) => n.state === state).length)} ${state}`,
  );
  const following = nodes.filter((n) => n.follows).length;
  if (following > 0) words[2] += ` (${count(following)} only by what comes before)`;
  const others = nodes.filter((n) => n.before && n.after && n.before.path !== n.after.path).length;
  return [...words, ...(others > 0 ? [`${count(others)} under another name`] : [])].join(', ');
}

const ROWS: readonly (readonly [title: string, of: (cost: Cost | undefined) => number])[] = [
  ['parameters', (c) => c?.params.trainable ?? 0],
  ['tracked', (c) => c?.params.nonTrainable ?? 0],
  ['MACs', (c) => c?.macs ?? 0],
  ['activations', (c) => c?.activations ?? 0],
];

const totals = ({ total: { from, to } }: GraphDiff): string =>
  table(
    [
      { title: 'total', of: ([title]) => title },
      { title: 'from', of: ([, of]) => count(of(from)), right: true },
      { title: 'to', of: ([, of]) => count(of(to)), right: true },
      { title: 'difference', of: ([, of]) => signed(of(to) - of(from)), right: true },
    ],
    ROWS,
  );
