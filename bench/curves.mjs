// npm run bench:curves [-- --nets lenet-5,resnet-20]
// Trains nets by Convloom and by Keras from the same weights on the same batches, and compares the losses, step by
// step. Ends with exit code 1 where a net misses the goal. See docs/performance.md.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { buildStep } from './build.mjs';
import { GOAL, printCurves, storeCurves } from './curves-report.mjs';
import { nets } from './nets.mjs';
import { Peer } from './peer.mjs';
import { peers } from './peers.mjs';
import { makeTask } from './task.mjs';
import { ensureVenv } from './venv.mjs';

const STEPS = 50;
/**
 * Batch and rate of each net: it learns, and yet a difference of one rounding is not grown a thousandfold by the last
 * step. How far rounding alone takes two runs apart is measured too.
 */
const COMPARED = {
  'lenet-5': { batch: 32, learningRate: 0.01 },
  'resnet-20': { batch: 64, learningRate: 0.0005 },
  googlenet: { batch: 32, learningRate: 0.00002 },
  'densenet-40-12': { batch: 16, learningRate: 0.0005 },
};
const log = (text) => process.stderr.write(`${text}\n`);

/** The losses of one peer, and what it computed with. */
async function train(id, setup, installed) {
  const peer = new Peer(peers.find((p) => p.id === id));
  try {
    const { losses, about, trainableParameters } = await peer.start(setup, installed);
    const rest = await peer.round(STEPS - 1);
    await peer.end();
    return { about, trainableParameters, losses: [...losses, ...rest.losses] };
  } finally {
    peer.kill();
  }
}

/** Ours, Keras' and ours from weights that are off by a rounding. */
async function measure(net, installed) {
  const setup = makeTask(net, availableParallelism());
  const shaken = makeTask(net, availableParallelism(), { shaken: true });
  try {
    log(`${net.title}: Convloom`);
    const ours = await train('convloom', setup, installed);
    log(`${net.title}: Keras`);
    const theirs = await train('keras', setup, installed);
    log(`${net.title}: Convloom, from weights that are off by a rounding`);
    const rounded = await train('convloom', shaken, installed);
    for (const { trainableParameters: found } of [ours, theirs])
      if (found !== net.trainableParameters)
        throw new Error(`${found} parameters, not ${net.trainableParameters}`);
    return { net, ours, theirs, rounded };
  } finally {
    setup.dispose();
    shaken.dispose();
  }
}

function chosen(ids) {
  return ids.split(',').map((id) => {
    if (!COMPARED[id]) throw new Error(`No net '${id}'. There are: ${Object.keys(COMPARED).join(', ')}`);
    return { ...nets.find((net) => net.id === id), ...COMPARED[id] };
  });
}

async function main() {
  const { values } = parseArgs({
    options: { nets: { type: 'string', default: Object.keys(COMPARED).join() } },
  });
  const wanted = chosen(values.nets);
  await buildStep();
  const installed = { python: ensureVenv(log) };
  const results = [];
  for (const net of wanted) results.push(await measure(net, installed));
  const curves = printCurves(results);
  if (wanted.length === Object.keys(COMPARED).length) storeCurves(curves);
  else log('Not stored: not every net was asked for.');
  if (curves.some((c) => !(c.largest < GOAL))) process.exitCode = 1;
}

await main().catch((error) => {
  log(error.message);
  process.exitCode = 1;
});
