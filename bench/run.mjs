// npm run bench [-- --nets resnet-20,lenet-5 --peers convloom,keras --rounds 6 --steps 10]
// Times a training step of Convloom and of its peers, side by side in one run. See docs/performance.md.
import { parseArgs } from 'node:util';
import { buildStep } from './build.mjs';
import { measureNet } from './measure.mjs';
import { nets } from './nets.mjs';
import { goals, peers } from './peers.mjs';
import { printNet, printOverview, store } from './report.mjs';
import { judge } from './statistics.mjs';
import { ensureTfjs } from './tfjs.mjs';
import { ensureVenv } from './venv.mjs';

const usual = peers.filter((p) => !p.optional);
const { values: options } = parseArgs({
  options: {
    nets: { type: 'string', default: nets.map((n) => n.id).join() },
    peers: { type: 'string', default: usual.map((p) => p.id).join() }, // `tfjs` too, where it is asked for
    rounds: { type: 'string', default: '6' },
    steps: { type: 'string' }, // by the work of each net when left out
  },
});
const log = (text) => process.stderr.write(`${text}\n`);

function chosen(list, ids, what) {
  return ids.split(',').map((id) => {
    const found = list.find((entry) => entry.id === id);
    if (!found) throw new Error(`No ${what} '${id}'. There are: ${list.map((e) => e.id).join(', ')}`);
    return found;
  });
}
function count(text, option) {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${option} is a whole number of 1 or more, not '${text}'.`);
}

/** What the chosen peers need: a Python environment, and tfjs-node. */
function install(entries) {
  if (entries.every((e) => e.id === 'convloom')) return {};
  const python = ensureVenv(log);
  return entries.some((e) => e.id === 'tfjs') ? { python, tfjs: ensureTfjs(python, log) } : { python };
}

/** A net that fails is reported as failed; the others go on. */
async function attempt(net, entries, how) {
  try {
    const result = await measureNet(net, entries, how);
    printNet(result);
    return result;
  } catch (error) {
    log(`${net.title} failed: ${error.message}`);
    process.exitCode = 1;
    return { net, failure: error.message };
  }
}

async function main() {
  const entries = chosen(peers, options.peers, 'peer');
  const wanted = chosen(nets, options.nets, 'net');
  const rounds = count(options.rounds, 'rounds');
  const steps = options.steps === undefined ? undefined : count(options.steps, 'steps');
  await buildStep();
  const installed = install(entries);
  const results = [];
  for (const net of wanted) results.push(await attempt(net, entries, { installed, rounds, steps, log }));
  const judged = judge(goals, results);
  printOverview(results, judged);
  if (usual.every((p) => entries.includes(p)) && nets.every((n) => wanted.includes(n)))
    store(results, judged);
  else log('Not stored: not every net and peer was asked for.');
}

await main().catch((error) => {
  log(error.message);
  process.exitCode = 1;
});
