import { execFile } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { promisify } from 'node:util';
import { Peer } from './peer.mjs';
import { sgemm } from './peers.mjs';
import { summarize } from './statistics.mjs';
import { makeTask } from './task.mjs';

/** A peer whose step takes longer than this does one step a round, in two rounds only. */
const SLOW_MILLISECONDS = 10_000;
const SLOW_ROUNDS = 2;
/** A start that takes longer than this is not repeated. */
const LONG_START_SECONDS = 60;
/** Losses that are compared, and by what share of them they may differ. */
const COMPARED = 4;
const TOLERANCE = 0.002;
/** Operations of a round: nets of little work take more steps, 3 to 20. */
const ROUND_OPERATIONS = 3e11;

const rest = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Of a training step for one picture: forward, and twice as much backward, two operations a multiply-accumulate. */
export const operations = ({ macs }) => 3 * 2 * macs;
export const stepsOf = (net) =>
  Math.min(20, Math.max(3, Math.round(ROUND_OPERATIONS / (operations(net) * net.batch))));

/** Starts a peer as often as its entry says, each time afresh, and keeps the last one running. */
async function startPeer(entry, setup, installed) {
  const starts = [];
  for (;;) {
    const peer = new Peer(entry);
    try {
      starts.push(await peer.start(setup, installed));
    } catch (error) {
      peer.kill();
      throw error;
    }
    const last = starts.at(-1);
    if (starts.length === entry.starts || last.startSeconds > LONG_START_SECONDS)
      return { entry, peer, starts, rounds: [], losses: [...last.losses] };
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

/** Operations a second of the best product of square matrices, in a process of its own. */
async function sgemmPeak() {
  const [program, ...args] = sgemm();
  const env = { ...process.env, TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };
  const { stdout } = await promisify(execFile)(program, args, { env });
  return JSON.parse(stdout.trim().split('\n').at(-1)).peak;
}

/** Throws where the peers do not train the same net: counts, and losses from the same start. */
function requireSameNet(running, net) {
  for (const { entry, starts } of running) {
    const { trainableParameters } = starts[0];
    if (trainableParameters !== net.trainableParameters) {
      const counts = `${trainableParameters} trainable parameters, not ${net.trainableParameters}`;
      throw new Error(`${entry.title} trains another net: ${counts}`);
    }
  }
  const early = running.map((r) => r.losses.slice(0, COMPARED));
  early.forEach((losses, i) => {
    if (!losses.some((loss, step) => !(apart(loss, early[0][step]) < TOLERANCE))) return;
    const [one, other] = [early[0], losses].map((list) => list.map((l) => l.toFixed(4)).join(' '));
    throw new Error(
      `${running[i].entry.title} computes another net: losses ${other}, the first peer's ${one}`,
    );
  });
  return Math.max(...early.flatMap((losses) => losses.map((loss, step) => apart(loss, early[0][step]))));
}
const apart = (loss, first) => Math.abs(loss - first) / first;

async function turn(one, steps) {
  await rest(0.3); // spinning threads of the peer before come to rest
  const { milliseconds, losses } = await one.peer.round(steps);
  one.losses.push(...losses);
  return milliseconds;
}

/** Every round gives each peer its turn, in an order that moves on by one. The first round warms up. */
async function takeTurns(running, rounds, steps) {
  for (const one of running) {
    const [first] = await turn(one, 1);
    one.slow = first > SLOW_MILLISECONDS;
    if (!one.slow && steps > 1) await turn(one, steps - 1);
  }
  for (let round = 1; round <= rounds; round++) {
    const order = running.map((_, i) => running[(i + round) % running.length]);
    for (const one of order) {
      if (one.slow && round > SLOW_ROUNDS) continue;
      one.rounds.push(await turn(one, one.slow ? 1 : steps));
    }
  }
}

/** All peers on one net, each in processes of its own: what is reported of it. */
export async function measureNet(net, entries, { installed, rounds, steps = stepsOf(net), log }) {
  const setup = makeTask(net, availableParallelism());
  const running = [];
  try {
    for (const entry of entries) {
      log(`${net.title}: ${entry.title}, start and first step`);
      running.push(await startPeer(entry, setup, installed));
    }
    const load = [await foreignLoad()];
    const peaks = [await sgemmPeak()];
    log(`${net.title}: ${rounds} rounds of ${steps} steps`);
    await takeTurns(running, rounds, steps);
    const lossesApart = requireSameNet(running, net);
    peaks.push(await sgemmPeak());
    load.push(await foreignLoad());
    for (const one of running) one.end = await one.peer.end();
    const peak = Math.max(...peaks);
    const summaries = running.map((one) => summarize(one, net, peak));
    return { net, rounds, steps, load, sgemmPeak: peak, lossesApart, summaries };
  } finally {
    for (const one of running) one.peer.kill();
    setup.dispose();
  }
}
