// npm run gpu-check [-- --nets resnet-20,resnet-50 --rounds 3]
// On a machine with an NVIDIA GPU: whether it is found and named, whether it computes what the CPU computes, how fast it
// trains beside PyTorch (where `python3` has it), and how well memory and time are foretold. Writes bench/results/gpu.md.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { nets } from './nets.mjs';
import { Peer } from './peer.mjs';
import { median } from './statistics.mjs';
import { makeTask } from './task.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { values: options } = parseArgs({
  options: {
    nets: { type: 'string', default: nets.map((n) => n.id).join() },
    templates: {
      type: 'string',
      default: 'resnet-20:128,vgg-a:32,densenet-121:32,mobilenet-v2:64,resnet-50:64',
    },
    rounds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '30' },
    python: { type: 'string', default: 'python3' },
  },
});
const log = (text) => process.stderr.write(`${text}\n`);
const { rounds, steps } = { rounds: Number(options.rounds), steps: Number(options.steps) };

/** A plain run of a command: its output, or undefined where it fails. */
function output(command, args, env = {}) {
  try {
    return execFileSync(command, args, {
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    log(String(error.stderr ?? error.message).slice(-600));
    return undefined;
  }
}

const convloom = { title: 'Convloom', command: () => [process.execPath, path('peers/convloom.mjs')] };
const pytorch = {
  title: 'PyTorch eager',
  command: () => [options.python, path('peers/pytorch_peer.py'), 'eager'],
};
/** TF32 rounds products to 10 bits; without it the GPU computes as the CPU does. */
const EXACT = { ...convloom, env: { NVIDIA_TF32_OVERRIDE: '0' } };
const ON_CPU = { ...convloom, env: { CUDA_VISIBLE_DEVICES: '-1' } };

/** Losses of the first steps, then what `then` makes of the running peer. */
async function withPeer(entry, setup, then) {
  const peer = new Peer(entry);
  try {
    const ready = await peer.start(setup, {});
    const result = await then(peer, ready);
    await peer.end();
    return result;
  } finally {
    peer.kill();
  }
}

/** Largest relative difference of the losses of six steps: GPU to CPU, and two runs on the GPU. */
async function agreement(net) {
  const setup = makeTask(net, availableParallelism());
  const losses = (entry) =>
    withPeer(entry, setup, async (peer, ready) => [...ready.losses, ...(await peer.round(5)).losses]);
  try {
    const [cpu, gpu, again] = [await losses(ON_CPU), await losses(EXACT), await losses(EXACT)];
    const apart = (a, b) => Math.max(...a.map((loss, i) => Math.abs(loss - b[i]) / b[i]));
    return { net: net.title, apart: apart(gpu, cpu), again: apart(again, gpu) };
  } finally {
    setup.dispose();
  }
}

/** Images a second, the median of the rounds; undefined where the program does not run. */
async function speed(net, entry, precision) {
  const setup = makeTask(net, availableParallelism(), { precision, device: 'cuda' });
  try {
    return await withPeer(entry, setup, async (peer, { firstStepSeconds, startSeconds }) => {
      await peer.round(steps);
      const all = [];
      for (let i = 0; i < rounds; i++) all.push(median((await peer.round(steps)).milliseconds));
      return { imagesPerSecond: (1000 * net.batch) / median(all), firstStepSeconds, startSeconds };
    });
  } catch (error) {
    log(`${entry.title}, ${net.title}, ${precision}: ${error.message.slice(-400)}`);
    return undefined;
  } finally {
    setup.dispose();
  }
}

async function speeds(net) {
  const row = { net: net.title, batch: net.batch };
  for (const precision of ['float32', 'mixed'])
    row[precision] = {
      ours: await speed(net, convloom, precision),
      pytorch: await speed(net, pytorch, precision),
    };
  return row;
}

const number = (x, digits = 0) =>
  x === undefined
    ? '–'
    : x.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const share = (a, b) => (a && b ? number(a.imagesPerSecond / b.imagesPerSecond, 2) : '–');

function tables({ gpu, agreements, measured, predictions }) {
  return [
    '# On a GPU',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${gpu.name}, driver ${gpu.driver}. Made by \`npm run gpu-check\`.`,
    '',
    '## As the CPU computes',
    '',
    'Largest relative difference of the loss over six steps from the same weights, without TF32; and between two runs.',
    '',
    '| net | to the CPU | run to run |',
    '|---|---:|---:|',
    ...agreements.map((a) => `| ${a.net} | ${a.apart.toExponential(1)} | ${a.again.toExponential(1)} |`),
    '',
    '## Images a second, one training step after another',
    '',
    '| net | batch | float32 (TF32) | PyTorch | ratio | mixed | PyTorch, autocast | ratio | first step, s |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...measured.map(({ net, batch, float32: f, mixed: m }) =>
      [
        `| ${net} | ${batch}`,
        ...[f, m].flatMap((p) => [
          number(p.ours?.imagesPerSecond),
          number(p.pytorch?.imagesPerSecond),
          share(p.ours, p.pytorch),
        ]),
        `${number(f.ours?.firstStepSeconds, 1)} |`,
      ].join(' | '),
    ),
    '',
    '## Templates at their own size',
    '',
    'TensorFlow takes the memory of a GPU in ever larger pieces: up to twice what it uses.',
    '',
    '| net | batch | step, float32 | step, mixed | memory taken | memory foretold |',
    '|---|---:|---:|---:|---:|---:|',
    ...predictions.map(({ id, batch, float32: f, mixed: m }) => {
      const ms = (x) => (x ? `${number(x.measured.seconds * 1000, 1)} ms` : '–');
      const gb = (x) => (x === undefined ? '–' : `${number(x / 1e9, 1)} GB`);
      return `| ${id} | ${batch} | ${ms(f)} | ${ms(m)} | ${gb(f?.measured.bytes)} | ${gb(f?.predicted.bytes)} |`;
    }),
    '',
  ].join('\n');
}

async function bundle() {
  if (existsSync(path('../dist/bench/gpu-ready'))) return; // bundled before, where the bundler is not
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path('step.ts'), path('prediction.ts'), path('device.ts')],
    outdir: path('../dist/bench'),
    outExtension: { '.js': '.mjs' },
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', external: ['koffi'] },
    logLevel: 'warning',
  });
}

function prediction(entry) {
  const [id, batch] = entry.split(':');
  const file = path(`../assets/templates/${id}.json`);
  const run = (precision) => {
    const text = output(process.execPath, [path('../dist/bench/prediction.mjs'), file, batch, precision]);
    return text && JSON.parse(text.trim().split('\n').at(-1));
  };
  log(`${id}, batch ${batch}`);
  return { id, batch, float32: run('float32'), mixed: run('mixed') };
}

async function main() {
  await bundle();
  const device = JSON.parse(output(process.execPath, [path('../dist/bench/device.mjs')]) ?? '{}');
  log(
    `TensorFlow ${device.version} computes on ${device.device?.name}; the driver lists ${device.gpus?.length ?? 0} GPUs`,
  );
  if (device.device?.kind !== 'gpu') {
    log(
      'TensorFlow sees no GPU here: nothing to check. The build for NVIDIA GPUs comes with npm run setup where',
    );
    log('nvidia-smi answers; TF_CPP_MIN_LOG_LEVEL=0 npm run gpu-check tells what the library misses.');
    process.exitCode = 1;
    return;
  }
  const chosen = options.nets.split(',').map((id) => nets.find((n) => n.id === id));
  const [agreements, measured] = [[], []];
  for (const net of chosen) {
    agreements.push(await agreement(net));
    log(JSON.stringify(agreements.at(-1)));
  }
  for (const net of chosen) {
    measured.push(await speeds(net));
    log(JSON.stringify(measured.at(-1)));
  }
  const predictions = options.templates.split(',').map(prediction);
  const results = { gpu: device.gpus[0], agreements, measured, predictions };
  const text = tables(results);
  writeFileSync(path('results/gpu.json'), `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(path('results/gpu.md'), text);
  process.stdout.write(text);
  if (agreements.some(({ apart }) => !(apart < 0.002))) process.exitCode = 1;
}

await main();
