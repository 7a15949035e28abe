// npm run bench:prediction: memory and time of training as predicted and as they are, and the time of an analysis.
// Stored in bench/results/prediction.md.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const template = (id) => path(`../assets/templates/${id}.json`);

const TRAINED = [
  ['lenet-5', 128],
  ['resnet-20', 128],
  ['vgg-a', 8],
  ['densenet-121', 8],
  ['mobilenet-v2', 16],
  ['resnet-50', 8],
];
/** A probe is taken with this one: its figure corrects the others. */
const PROBE = 'resnet-20';
const ANALYSED = ['resnet-50', 'preact-resnet-1001', 'resnet-1202', 'densenet-bc-190-40'];

await build({
  entryPoints: [path('prediction.ts'), path('analysis.ts')],
  outdir: path('../dist/bench'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['koffi'],
  logLevel: 'warning',
});
const ask = (program, ...args) => {
  const env = { ...process.env, TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };
  const options = { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
  return JSON.parse(execFileSync(process.execPath, [path(`../dist/bench/${program}.mjs`), ...args], options));
};
const off = (predicted, measured) => `${Math.round((predicted / measured - 1) * 100)} %`;
const mb = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
const ms = (seconds) => `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms`;

const rows = TRAINED.map(([id, batch]) => ({ id, batch, ...ask('prediction', template(id), String(batch)) }));
const probed = rows.find((r) => r.id === PROBE);
const slowness = probed.measured.seconds / probed.predicted.seconds;
const analysed = ANALYSED.map((id) => ({ id, ...ask('analysis', template(id)) }));

const text = [
  '# Predicted and measured',
  '',
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${cpus().length} threads. Made by \`npm run bench:prediction\`.`,
  '',
  '## Training',
  '',
  `Peak memory of the process above what it took before the net was built, and the median of at least five steps. "With a probe"`,
  `is after ${PROBE} was measured on this machine (${slowness.toFixed(2)} of the prediction).`,
  '',
  '| net | batch | memory | predicted | off | step | predicted | off | with a probe |',
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...rows.map(({ id, batch, measured: m, predicted: p }) =>
    [
      `| ${id} | ${batch} | ${mb(m.bytes)} | ${mb(p.bytes)} | ${off(p.bytes, m.bytes)}`,
      ` ${ms(m.seconds)} | ${ms(p.seconds)} | ${off(p.seconds, m.seconds)} | ${off(p.seconds * slowness, m.seconds)} |`,
    ].join(' |'),
  ),
  '',
  '## Analysis',
  '',
  '| net | layers | after opening | after an edit of the first kernel |',
  '|---|---:|---:|---:|',
  ...analysed.map(
    ({ id, layers, first, edit }) =>
      `| ${id} | ${layers.toLocaleString('en')} | ${first.toFixed(0)} ms | ${edit.toFixed(0)} ms |`,
  ),
  '',
].join('\n');
writeFileSync(path('results/prediction.md'), text);
process.stdout.write(text);
