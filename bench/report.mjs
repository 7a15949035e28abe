import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { chart } from './chart.mjs';
import { ratio } from './statistics.mjs';

const results = new URL('results/', import.meta.url);
const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(0);
const percent = (share) => `${Math.round(100 * share)} %`;

const columns = [
  ['', (s) => s.title],
  ['images/s', (s) => s.imagesPerSecond.toFixed(0)],
  ['slowest to fastest round', (s) => `${s.slowestRound.toFixed(0)} to ${s.fastestRound.toFixed(0)}`],
  ['ms/step', (s) => s.msPerStep.toFixed(1)],
  ['first step, s', (s) => s.firstStepSeconds.toFixed(2)],
  ['from process start, s', (s) => s.startSeconds.toFixed(2)],
  ['peak memory, MiB', (s) => mebibytes(s.peakMemoryBytes)],
  ['Convloom to it, speed', (s, ours) => (ours ? ratio('speed', ours, s).toFixed(2) : '')],
  ['memory', (s, ours) => (ours ? ratio('memory', ours, s).toFixed(2) : '')],
];

function rows({ summaries }) {
  const ours = summaries.find((s) => s.id === 'convloom');
  return [columns.map(([head]) => head), ...summaries.map((s) => columns.map(([, cell]) => cell(s, ours)))];
}

const reached = (goal) => `${goal.reached.toFixed(2)}${goal.measure === 'start' ? ' s' : ''}`;
const goalLine = (goal) => `${goal.pass ? 'pass' : 'MISS'}  ${reached(goal).padStart(7)}  ${goal.text}`;

export function printTable(result) {
  const table = rows(result);
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  for (const row of table) {
    console.log(row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  '));
  }
  console.log(`\n${result.goals.map(goalLine).join('\n')}`);
  console.log(
    `\nOther programs kept ${result.load.map(percent).join(' (before) and ')} (after) of the cores busy.`,
  );
}

/** The machine in general words: nothing that names it or its owner. */
export function machine() {
  const [first, ...others] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${first.model.trim()}, ${others.length + 1} cores, ${memory} GiB of memory, ${process.platform} ${process.arch}`;
}

const markdownRow = (cells) => `| ${cells.join(' | ')} |`;

function markdown(result, date) {
  const { net, summaries, goals, load, options } = result;
  const [head, ...body] = rows(result);
  const gpu = summaries.find((s) => s.gpuLibraryBytes > 0);
  return `# Training step, side by side

${net.title}, ${net.input.join('x')}, batch ${net.batch}, ${net.trainableParameters.toLocaleString('en')} trainable
parameters, SGD with momentum. ${date}, ${machine()}, Node ${process.versions.node}.

![Images per second, first step and peak memory of each](latest.svg)

${markdownRow(head)}
${markdownRow(head.map((_, i) => (i ? '---:' : '---')))}
${body.map(markdownRow).join('\n')}

${options.rounds} rounds of ${options.steps} steps each, peers taking turns; medians. Other programs kept
${percent(load[0])} of the cores busy before the rounds and ${percent(load[1])} after them.

| goal | reached | |
| --- | ---: | --- |
${goals.map((g) => markdownRow([g.text, reached(g), g.pass ? 'pass' : '**miss**'])).join('\n')}

${summaries.map((s) => `- **${s.title}**: ${s.how}. ${versions(s.about)}.`).join('\n')}

All began with the same weights and saw the same batches; the first four losses agree within 0.2 %. The loss
ended at ${summaries.map((s) => `${s.lastLoss.toFixed(3)} (${s.title})`).join(', ')}.
${gpu ? `\nPyTorch's package is its GPU build: ${mebibytes(gpu.gpuLibraryBytes)} MiB of its memory are GPU libraries that a CPU does not use.\n` : ''}`;
}

const versions = ({ threads, ...named }) =>
  [
    ...Object.entries(named).map(([key, value]) => (key === 'framework' ? value : `${key} ${value}`)),
    threads ? `${threads} threads` : '',
  ]
    .filter(Boolean)
    .join(', ');

/** Writes <date>.json, latest.md and latest.svg into bench/results. */
export function store(result) {
  const date = new Date().toISOString().slice(0, 10);
  const { net, ...rest } = result;
  const { nodes: _nodes, ...about } = net;
  mkdirSync(results, { recursive: true });
  const write = (name, text) => writeFileSync(new URL(name, results), text);
  write(`${date}.json`, `${JSON.stringify({ date, machine: machine(), net: about, ...rest }, null, 2)}\n`);
  write('latest.md', markdown(result, date));
  write('latest.svg', chart(result, machine()));
}
