import { z } from 'zod';
import { diffGraphs, type GraphDiff, isSame, type NodeDiff } from '../../engine/analysis/diff';
import { formatShape, type Shape } from '../../engine/ir/shape';
import { net } from '../arguments';
import { defineCli } from '../command';
import { count } from '../format';
import { openNet } from '../net';
import { table } from '../table';

/** `convloom diff resnet-50 resnext-50-32x4d`: added, removed and changed nodes, with what each costs. */
export const diff = defineCli({
  name: 'diff',
  summary: 'Show what differs between two nets, and what it costs',
  argument: ['net', 'a graph file, a run folder, or the id of a template'],
  options: [
    ['--to <net>', 'the other net, named in the same way'],
    ['--flat', 'open blocks: compare layer by layer'],
    ['--all', 'print nodes that are the same too'],
  ],
  example: 'convloom diff plain-20 --to resnet-20',
  args: z.object({
    net,
    to: z.string({ error: 'is missing: name the other net with --to' }).min(1),
    flat: z.boolean().default(false),
    all: z.boolean().default(false),
  }),

  async run({ net: name, to, flat, all }) {
    const [before, after] = [(await openNet(name)).doc, (await openNet(to)).doc];
    const found = diffGraphs(before, after, flat);
    const shown = found.nodes.filter((n) => all || n.kind !== 'same');
    const text = [
      `${before.name} → ${after.name}`,
      isSame(found) ? 'Both nets are the same.' : shown.map(line).join('\n'),
      totals(found),
    ];
    return { text: text.join('\n\n'), data: plain(found, before.name, after.name), exit: 0 };
  },
});

const SIGNS = { added: '+', removed: '−', changed: '~', rewired: '↷', same: ' ' } as const;
const signed = (n: number): string => (n === 0 ? '0' : n > 0 ? `+${count(n)}` : `−${count(-n)}`);
const shape = (s: Shape | undefined): string => (s ? formatShape(s) : '?');
const value = (v: unknown): string => (typeof v === 'string' ? v : (JSON.stringify(v) ?? 'default'));

function line(n: NodeDiff): string {
  const node = n.after ?? n.before!;
  const moved = n.before && n.after && n.before.path !== n.after.path ? ` (was ${n.before.path})` : '';
  const parts = [
    ...n.params.map((p) => `${p.name} ${value(p.from)} → ${value(p.to)}`),
    n.shape ? `${shape(n.shape.from)} → ${shape(n.shape.to)}` : '',
    n.kind === 'rewired' ? `reads ${n.sources.after.map((s) => s.path).join(', ')}` : '',
    n.cost.params !== 0 ? `${signed(n.cost.params)} parameters` : '',
    n.cost.macs !== 0 ? `${signed(n.cost.macs)} MACs` : '',
  ];
  const words = parts.filter(Boolean).join(', ');
  return `${SIGNS[n.kind]} ${node.path}  ${node.title}${moved}${words && `: ${words}`}`;
}

const totals = ({ before, after, cost }: GraphDiff): string =>
  table(
    [
      { title: '', of: (r) => r.title },
      { title: 'before', of: (r) => count(r.before), right: true },
      { title: 'after', of: (r) => count(r.after), right: true },
      { title: 'difference', of: (r) => signed(r.cost), right: true },
    ],
    [
      {
        title: 'parameters',
        before: before.params.trainable,
        after: after.params.trainable,
        cost: cost.params,
      },
      { title: 'MACs', before: before.macs, after: after.macs, cost: cost.macs },
      { title: 'activations', before: before.activations, after: after.activations, cost: cost.activations },
    ],
  );

/** What `--json` prints. */
const plain = ({ nodes, before, after, cost }: GraphDiff, from: string, to: string) => ({
  ...{ from, to, before, after, cost },
  nodes: nodes.map(({ kind, params, cost: own, shape: shapes, ...n }) => ({
    ...{ kind, before: n.before?.path ?? null, after: n.after?.path ?? null },
    ...{ type: (n.after ?? n.before)!.type, params, shape: shapes, cost: own },
  })),
});
