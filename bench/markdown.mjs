import { geometricMean, median, ratio, ratios } from './statistics.mjs';

const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(0);
export const percent = (share) => `${Math.round(100 * share)} %`;
const figures = (value) => value.toFixed(value < 10 ? 1 : 0);

const columns = [
  ['', (s) => s.title + (s.slow ? ' †' : '')],
  ['images/s', (s) => figures(s.imagesPerSecond)],
  ['slowest to fastest round', (s) => `${figures(s.slowestRound)} to ${figures(s.fastestRound)}`],
  ['ms/step', (s) => s.msPerStep.toFixed(1)],
  ['of sgemm peak', (s) => percent(s.shareOfPeak)],
  ['first step, s', (s) => s.firstStepSeconds.toFixed(2)],
  ['from process start, s', (s) => s.startSeconds.toFixed(2)],
  ['peak memory, MiB', (s) => mebibytes(s.peakMemoryBytes)],
  ['Convloom to it, speed', (s, ours) => (ours ? ratio('speed', ours, s).toFixed(2) : '')],
  ['memory', (s, ours) => (ours ? ratio('memory', ours, s).toFixed(2) : '')],
];

/** One net: a row a peer. */
export function netRows({ summaries }) {
  const ours = summaries.find((s) => s.id === 'convloom');
  return [columns.map(([head]) => head), ...summaries.map((s) => columns.map(([, cell]) => cell(s, ours)))];
}

/** The peers that ran on any net, ours left out. */
const others = (results) => {
  const seen = results.flatMap((r) => r.summaries ?? []).filter((s) => s.id !== 'convloom');
  return [...new Map(seen.map((s) => [s.id, s])).values()];
};

/** Ratios of all nets: a row a net, then their mean and median. */
export function overview(results, measure) {
  const peers = others(results);
  const lists = peers.map((p) => ratios(results, measure, p.id));
  const row = ({ net }) => [
    net.title,
    ...lists.map((list) => list.find((r) => r.net === net.title)?.value.toFixed(2) ?? 'failed'),
  ];
  const over = (name, of) => [
    name,
    ...lists.map((list) => (list.length ? of(list.map((r) => r.value)).toFixed(2) : '')),
  ];
  return [
    ['', ...peers.map((p) => p.title)],
    ...results.map(row),
    over('geometric mean', geometricMean),
    over('median', median),
  ];
}

/** One figure of every peer, Convloom too: a row a net. */
function table(results, figure) {
  const all = results.flatMap((r) => r.summaries ?? []);
  const peers = [...new Map(all.map((s) => [s.id, s.title]))];
  const cells = (summaries = []) =>
    peers.map(([id]) => {
      const found = summaries.find((s) => s.id === id);
      return found ? figure(found) : 'failed';
    });
  return [
    ['', ...peers.map(([, title]) => title)],
    ...results.map((r) => [r.net.title, ...cells(r.summaries)]),
  ];
}

export function goalCells(goal) {
  const reached = `${goal.reached.toFixed(2)}${goal.measure === 'start' ? ' s' : ''}`;
  return [
    goal.net ? `${goal.text} (${goal.over}: ${goal.net})` : goal.text,
    reached,
    goal.pass ? 'pass' : 'MISS',
  ];
}

const markdownRow = (cells) => `| ${cells.join(' | ')} |`;
export const markdownTable = ([head, ...body]) =>
  [markdownRow(head), markdownRow(head.map((_, i) => (i ? '---:' : '---'))), ...body.map(markdownRow)].join(
    '\n',
  );

const versions = ({ threads: _threads, ...named }) =>
  Object.entries(named)
    .map(([key, value]) => (key === 'framework' ? value : `${key} ${value}`))
    .join(', ');

function section(result) {
  const { net, rounds, steps, load, sgemmPeak, lossesApart, summaries, failure } = result;
  const head = `### ${net.title}

${net.input.join('×')}, batch ${net.batch}, ${net.trainableParameters.toLocaleString('en')} trainable parameters, ${(
    net.macs / 1e6
  ).toFixed(1)} M multiply-accumulates forward.
`;
  if (failure) return `${head}\n**Failed:** ${failure.split('\n')[0]}\n`;
  const slow = summaries.some((s) => s.slow)
    ? '\n† A step takes more than ten seconds: timed over two rounds of one step.\n'
    : '';
  return `${head}
${markdownTable(netRows(result))}
${slow}
${rounds} rounds of ${steps} steps. The first losses agree within ${(100 * lossesApart).toPrecision(2)} %. Best matrix product:
${(sgemmPeak / 1e9).toFixed(0)} GFLOP/s. Other programs kept ${percent(load[0])} of the cores busy before the rounds and ${percent(
    load[1],
  )} after them.
`;
}

function peerList(results) {
  const all = new Map(results.flatMap((r) => r.summaries ?? []).map((s) => [s.id, s]));
  return [...all.values()].map((s) => `- **${s.title}**: ${s.how}. ${versions(s.about)}.`).join('\n');
}

function goalSection(results, goals) {
  const missed = goals.filter((g) => !g.pass).length;
  const failed = results.filter((r) => r.failure).map((r) => r.net.title);
  const verdict = missed ? `${missed} of ${goals.length} are missed.` : `All ${goals.length} are reached.`;
  const cells = (goal) => goalCells(goal).map((cell) => (cell === 'MISS' ? '**miss**' : cell));
  return `## Goals

${verdict}${failed.length ? ` Failed: ${failed.join(', ')}; no goal counts as reached.` : ''}

${markdownTable([['goal', 'reached', ''], ...goals.map(cells)])}
`;
}

function figureSections(results) {
  return `## Images a second, Convloom to each

More is better.

${markdownTable(overview(results, 'speed'))}

## Peak memory, Convloom to each

Less is better.

${markdownTable(overview(results, 'memory'))}

## Seconds from process start to the first step

${markdownTable(table(results, (s) => s.startSeconds.toFixed(2)))}

## Share of the sgemm peak

Three forward passes' multiply-accumulates, two operations each, over what the best product of square matrices reaches
through the same TensorFlow just before and after.

${markdownTable(table(results, (s) => percent(s.shareOfPeak)))}
`;
}

function peerSection(results) {
  const gpu = results.flatMap((r) => r.summaries ?? []).find((s) => s.gpuLibraryBytes > 0);
  const unused = `
PyTorch's package is its GPU build: ${mebibytes(gpu?.gpuLibraryBytes ?? 0)} MiB of its memory are GPU libraries that a CPU does not use.
`;
  return `## Peers

${peerList(results)}

All begin with the same weights and see the same batches. Speeds are medians of rounds in which the peers take turns; a
ratio is the median of the ratios of each round.
${gpu ? unused : ''}`;
}

/** bench/results/latest.md */
export function markdown(results, goals, { date, machine }) {
  return `# Training step, side by side

${results.length} nets, SGD with momentum, 32-bit floats. ${date}, ${machine}, Node ${process.versions.node}. Made by \`npm run bench\`.

![Speed and peak memory of Convloom beside each peer, net by net](latest.svg)

${goalSection(results, goals)}
${figureSections(results)}
## Each net

${results.map(section).join('\n')}
${peerSection(results)}`;
}
