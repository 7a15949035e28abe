// npm run bench [-- --net resnet-20 --peers convloom,keras --rounds 5 --steps 8]
// Times a training step of Convloom and of its peers, side by side in one run. See docs/performance.md.
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { buildStep } from './build.mjs';
import { nets } from './nets.mjs';
import { Peer } from './peer.mjs';
import { goals, peers } from './peers.mjs';
import { printTable, store } from './report.mjs';
import { judge, summarize } from './statistics.mjs';
import { makeTask } from './task.mjs';
import { ensureVenv } from './venv.mjs';

const { values: options } = parseArgs({
  options: {
    net: { type: 'string', default: 'resnet-20' },
    peers: { type: 'string', default: peers.map((p) => p.id).join() },
    rounds: { type: 'string', default: '6' },
    steps: { type: 'string', default: '10' },
  },
});
const log = (text) => process.stderr.write(`${text}\n`);
const rest = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

function chosen(list, ids, what) {
  return ids.split(',').map((id) => {
    const found = list.find((entry) => entry.id === id);
    if (!found) throw new Error(`No ${what} '${id}'. There are: ${list.map((e) => e.id).join(', ')}`);
    return found;
  });
}

/** Starts a peer as often as its entry says, each time afresh, and keeps the last one running. */
async function startPeer(entry, setup, python) {
  const starts = [];
  for (;;) {
    const peer = new Peer(entry);
    try {
      starts.push(await peer.start(setup, python));
    } catch (error) {
      peer.kill();
      throw error;
    }
    if (starts.length === entry.starts)
      return { entry, peer, starts, rounds: [], losses: [...starts.at(-1).losses] };
    await peer.end();
  }
}

/** Share of all cores that is busy during a second in which no peer computes. */
async function foreignLoad() {
  const times = () =>
    cpus().map(({ times: t }) => ({ idle: t.idle, all: t.user + t.nice + t.sys + t.idle + t.irq }));
  const sum = (list, key) => list.reduce((total, t) => total + t[key], 0);
  const before = times();
  await rest(1);
  const after = times();
  return 1 - (sum(after, 'idle') - sum(before, 'idle')) / (sum(after, 'all') - sum(before, 'all'));
}

/** Stops the run where the peers do not train the same net: counts, and losses from the same start. */
function requireSameNet(running, net) {
  for (const { entry, starts } of running) {
    const { trainableParameters } = starts[0];
    if (trainableParameters !== net.trainableParameters) {
      const counts = `${trainableParameters} trainable parameters, not ${net.trainableParameters}`;
      throw new Error(`${entry.title} trains another net: ${counts}`);
    }
  }
  const early = running.map((r) => r.losses.slice(0, 4));
  early.forEach((losses, i) => {
    const apart = losses.some((loss, step) => !(Math.abs(loss - early[0][step]) < 0.002 * early[0][step]));
    if (!apart) return;
    const [one, other] = [early[0], losses].map((list) => list.map((l) => l.toFixed(4)).join(' '));
    throw new Error(
      `${running[i].entry.title} computes another net: losses ${other}, the first peer's ${one}`,
    );
  });
}

/** Every round gives each peer its turn, in an order that moves on by one. */
async function measure(running, rounds, steps) {
  for (let round = 0; round < rounds + 1; round++) {
    const order = running.map((_, i) => running[(i + round) % running.length]);
    for (const one of order) {
      await rest(0.3); // spinning threads of the peer before come to rest
      const { milliseconds, losses } = await one.peer.round(steps);
      if (round > 0) one.rounds.push(milliseconds); // the first round warms up
      one.losses.push(...losses);
    }
  }
}

async function main() {
  const [net] = chosen(nets, options.net, 'net');
  const entries = chosen(peers, options.peers, 'peer');
  if (entries.some((e) => e.id === 'convloom')) await buildStep();
  const python = entries.some((e) => e.id !== 'convloom') ? ensureVenv(log) : undefined;
  const setup = makeTask(net, availableParallelism());
  const running = [];
  try {
    for (const entry of entries) {
      log(`${entry.title}: start and first step`);
      running.push(await startPeer(entry, setup, python));
    }
    const load = [await foreignLoad()];
    log('Rounds');
    await measure(running, Number(options.rounds), Number(options.steps));
    requireSameNet(running, net);
    load.push(await foreignLoad());
    for (const one of running) one.end = await one.peer.end();
    const summaries = running.map((one) => summarize(one, net.batch));
    const result = { net, summaries, goals: judge(goals, summaries), load, options };
    printTable(result);
    if (entries.length === peers.length) store(result);
    else log('Not stored: not every peer ran.');
  } finally {
    for (const one of running) one.peer.kill();
    setup.dispose();
  }
}

await main().catch((error) => {
  log(error.message);
  process.exitCode = 1;
});
