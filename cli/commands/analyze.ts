import { freemem } from 'node:os';
import { z } from 'zod';
import { type Analysis, analyse, report } from '../../engine/analysis/analyse';
import { hintsOf } from '../../engine/analysis/hints/hints';
import { largestBatch } from '../../engine/analysis/memory';
import { formatTable, tableRows } from '../../engine/analysis/table';
import type { GraphDocument } from '../../engine/graph/document';
import { formatShape } from '../../engine/ir/shape';
import { NET, net, SHAPE_OPTIONS, shapeArgs } from '../arguments';
import { defineCli } from '../command';
import { bytes, count, percent, wrap } from '../format';
import { openNet, reshape } from '../net';
import { hasErrors, problemsText } from '../problems';
import { table } from '../table';

const Format = z.enum(['csv', 'markdown', 'latex'], { error: 'must be csv, markdown or latex' });
type Report = ReturnType<typeof report>;

/** `convloom analyze resnet-50 --flat`: shapes, parameters, MACs and receptive fields, layer by layer. */
export const analyze = defineCli({
  name: 'analyze',
  summary: 'Show shapes, parameters, multiply-adds and receptive fields, layer by layer',
  argument: NET,
  options: [
    ['--format <form>', 'the table alone, as csv, markdown or latex'],
    ['--flat', 'open blocks: every layer, in the order of execution'],
    ...SHAPE_OPTIONS,
  ],
  example: 'convloom analyze resnet-20 --flat --input 28x28x1',
  args: z.object({ net, flat: z.boolean().default(false), format: Format.optional(), ...shapeArgs }),

  async run({ net: name, flat, format, ...shape }) {
    const opened = (await openNet(name)).doc;
    const doc = reshape(opened, shape);
    const analysis = analyse(doc);
    if (format !== undefined) {
      const text = formatTable(tableRows(analysis, flat), format).trimEnd();
      return { text, data: { table: text }, exit: 0 };
    }
    const data = report(doc, analysis, flat);
    const free = freemem();
    const most = largestBatch(analysis, doc.training, free);
    const text = [
      `${doc.name}   ${ends(data)}`,
      layers(data),
      totals(data, free, most),
      doc === opened ? published(doc, analysis) : '',
      problemsText([...analysis.problems, ...hintsOf(doc, analysis)]),
    ];
    return { text: text.filter(Boolean).join('\n\n'), data, exit: hasErrors(analysis.problems) ? 1 : 0 };
  },
});

const shapeText = (shape: readonly number[] | null): string => (shape ? formatShape(shape) : '?');
const ends = ({ input, output }: Report): string => `${shapeText(input)} → ${shapeText(output)} classes`;

const layers = ({ nodes, macs }: Report): string =>
  table(
    [
      { title: 'layer', of: (n) => n.path },
      { title: 'type', of: (n) => n.type },
      { title: 'output', of: (n) => shapeText(n.output) },
      { title: 'parameters', of: (n) => count(n.params.trainable), right: true },
      { title: 'MACs', of: (n) => count(n.macs), right: true },
      { title: 'share', of: (n) => (n.macs > 0 ? percent(n.macs / macs) : ''), right: true },
      { title: 'receptive field', of: (n) => fieldText(n.receptiveField), right: true },
    ],
    nodes,
  );

const fieldText = (field: Report['nodes'][number]['receptiveField']): string =>
  field ? field.size.join('×') : '';

function totals({ params, macs, memory, inference }: Report, free: number, most: number): string {
  const tracked =
    params.nonTrainable > 0 ? ` (and ${count(params.nonTrainable)} that training only tracks)` : '';
  return [
    `parameters  ${count(params.trainable)}${tracked}`,
    `MACs        ${count(macs)} for one picture`,
    `memory      ${bytes(memory.total)} to train at batch ${count(memory.batch)}: ` +
      `weights ${bytes(memory.weights)}, gradients ${bytes(memory.gradients)}, ` +
      `optimizer ${bytes(memory.optimizer)}, activations ${bytes(memory.activations)}, ` +
      `workspace ${bytes(memory.workspace)}`,
    `            ${bytes(inference)} of maps at once to use it on one picture`,
    `largest     batch ${count(most)} fits into the ${bytes(free)} that are free here`,
  ].join('\n');
}

/** The source's figures, and ours beside those that follow from the graph. */
function published({ reference }: GraphDocument, { total }: Analysis): string {
  if (!reference) return '';
  const ours: Readonly<Record<string, number>> = { parameters: total.params.trainable, macs: total.macs };
  const mark = (name: string, value: number) =>
    ours[name] === undefined ? '' : ours[name] === value ? '=' : '≠';
  const rows = table(
    [
      { title: 'figure', of: (f) => f.name },
      { title: 'published', of: (f) => count(f.value), right: true },
      { title: '', of: (f) => mark(f.name, f.value) },
      { title: 'here', of: (f) => (ours[f.name] === undefined ? '' : count(ours[f.name]!)), right: true },
      { title: 'from', of: (f) => f.from },
    ],
    reference.figures,
  );
  return [rows, '', wrap(reference.source), wrap(reference.note ?? '')].join('\n').trimEnd();
}
