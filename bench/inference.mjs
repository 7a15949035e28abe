// npm run bench:inference [-- --nets resnet-20 --rounds 6 --steps 10]
// Times a net in use, beside ONNX Runtime, and writes bench/results/inference.md and .json. See docs/performance.md.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildStep } from './build.mjs';
import { measureNet } from './measure.mjs';
import { nets } from './nets.mjs';
import { machine } from './report.mjs';
import { geometricMean, ratio } from './statistics.mjs';
import { ensureVenv } from './venv.mjs';

const file = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
const peers = [
  {
    id: 'convloom',
    title: 'Convloom',
    how: 'the pass that measures a split: pictures as bytes, loss and class of each',
    command: () => [process.execPath, file('convloom.mjs'), 'use'],
    starts: 1,
  },
  {
    id: 'onnxruntime',
    title: 'ONNX Runtime',
    how: 'its CPU provider, weights constant in the model',
    command: ({ python }) => [python, file('onnxruntime_peer.py')],
    starts: 1,
  },
];
const { values: options } = parseArgs({
  options: {
    nets: { type: 'string', default: 'resnet-20,vgg-a-bn,googlenet,mobilenet-v2,resnet-50' },
    rounds: { type: 'string', default: '6' },
    steps: { type: 'string', default: '20' },
  },
});
const log = (text) => process.stderr.write(`${text}\n`);

function report(results) {
  const rows = results.map(({ net, summaries: [ours, theirs] }) => ({
    ...{ net: net.title, batch: net.batch, ours, theirs },
    ratio: ratio('speed', ours, theirs),
  }));
  const mean = geometricMean(rows.map((r) => r.ratio));
  const speed = (s) =>
    `${Math.round(s.imagesPerSecond)} (${Math.round(s.slowestRound)} to ${Math.round(s.fastestRound)})`;
  const version = results[0].summaries[1].about.version;
  const text = [
    '# Nets in use, beside ONNX Runtime',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${machine()}. ONNX Runtime ${version}. Made by \`npm run bench:inference\`.`,
    '',
    'Pictures a second: the median of the rounds, the slowest and the fastest. Both give the same losses.',
    '',
    '| net | batch | Convloom | ONNX Runtime | ratio |',
    '|---|---:|---:|---:|---:|',
    ...rows.map(
      (r) => `| ${r.net} | ${r.batch} | ${speed(r.ours)} | ${speed(r.theirs)} | ${r.ratio.toFixed(2)} |`,
    ),
    `| geometric mean | | | | ${mean.toFixed(2)} |`,
    '',
  ].join('\n');
  return { text, data: { machine: machine(), mean, rows } };
}

await buildStep();
const python = ensureVenv(log, 'onnx');
const results = [];
for (const id of options.nets.split(',')) {
  const net = nets.find((n) => n.id === id);
  if (!net) throw new Error(`No net '${id}'. There are: ${nets.map((n) => n.id).join(', ')}`);
  const how = {
    ...{ installed: { python }, rounds: Number(options.rounds), steps: Number(options.steps) },
    log,
  };
  results.push(await measureNet(net, peers, how));
}
const { text, data } = report(results);
process.stdout.write(text);
writeFileSync(new URL('results/inference.md', import.meta.url), text);
writeFileSync(new URL('results/inference.json', import.meta.url), `${JSON.stringify(data, null, 1)}\n`);
