import { mkdirSync, writeFileSync } from 'node:fs';
import { curvesChart } from './curves-chart.mjs';
import { markdownTable } from './markdown.mjs';
import { machine, printTable } from './report.mjs';

/** Largest difference of a loss, as a share of Keras', that still counts as the same. */
export const GOAL = 1e-4;
const results = new URL('results/', import.meta.url);

/** Share by which each loss of one curve is off from the other's. */
export const apart = (losses, from) => losses.map((loss, i) => Math.abs(loss - from[i]) / Math.abs(from[i]));

/** What is reported of one net. */
function curveOf({ net, ours, theirs, rounded }) {
  const difference = apart(ours.losses, theirs.losses);
  return {
    ...{ net: net.title, batch: net.batch, learningRate: net.learningRate },
    ...{ convloom: ours.about, keras: theirs.about },
    largest: Math.max(...difference),
    largestOfRounding: Math.max(...apart(rounded.losses, ours.losses)),
    losses: { convloom: ours.losses, keras: theirs.losses, convloomRounded: rounded.losses },
    difference,
  };
}

const small = (x) => x.toExponential(1);
const columns = [
  ['', (c) => c.net],
  ['batch', (c) => String(c.batch)],
  ['rate', (c) => String(c.learningRate)],
  ['first loss', (c) => c.losses.convloom[0].toFixed(4)],
  ['last', (c) => c.losses.convloom.at(-1).toFixed(4)],
  ['Keras', (c) => c.losses.keras.at(-1).toFixed(4)],
  ['largest difference', (c) => small(c.largest)],
  ['of a rounding', (c) => small(c.largestOfRounding)],
  [`under ${GOAL}`, (c) => (c.largest < GOAL ? 'pass' : 'MISS')],
];
const rows = (curves) => [
  columns.map(([head]) => head),
  ...curves.map((c) => columns.map(([, cell]) => cell(c))),
];

/** Prints a row a net; gives what is stored. */
export function printCurves(list) {
  const curves = list.map(curveOf);
  printTable(rows(curves));
  return curves;
}

function markdown(curves, { date, machine: where }) {
  const [{ convloom, keras, losses }] = curves;
  return `# Loss curves beside Keras

${losses.keras.length} steps of SGD with momentum 0.9 from the same weights on the same batches, batch norm in training mode, 32-bit
floats. ${date}, ${where}. Convloom on TensorFlow ${convloom.TensorFlow}, Keras ${keras.version} on TensorFlow ${keras.TensorFlow}. Made by
\`npm run bench:curves\`.

![Loss curves of Convloom and Keras, and their difference](curves.svg)

${markdownTable(rows(curves))}

*Largest difference* is of the loss of any step, as a share of Keras'. *Of a rounding* is the same between two runs of
Convloom, the second from weights that are each off by the last bit of a 32-bit float.
`;
}

/** Writes curves.json, curves.md and curves.svg into bench/results. */
export function storeCurves(curves) {
  const where = { date: new Date().toISOString().slice(0, 10), machine: machine() };
  mkdirSync(results, { recursive: true });
  const write = (name, text) => writeFileSync(new URL(name, results), text);
  const lines = curves.map((c) => JSON.stringify(c)).join(',\n');
  write(
    'curves.json',
    `{ "date": "${where.date}", "machine": "${where.machine}", "goal": ${GOAL}, "curves": [\n${lines}\n] }\n`,
  );
  write('curves.md', markdown(curves, where));
  write('curves.svg', curvesChart(curves, GOAL));
}
