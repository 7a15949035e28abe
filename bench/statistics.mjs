const sorted = (values) => [...values].sort((a, b) => a - b);

export function median(values) {
  const list = sorted(values);
  const half = list.length >> 1;
  return list.length % 2 ? list[half] : (list[half - 1] + list[half]) / 2;
}

export const geometricMean = (values) =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);

/**
 * One peer's figures on one net: `rounds` are lists of milliseconds a step, `starts` the answers of its measured starts,
 * `peak` the operations a second of the best matrix product.
 */
export function summarize({ entry, starts, rounds, losses, end, slow }, { batch, macs }, peak) {
  const speeds = rounds.map((ms) => (1000 * batch) / median(ms));
  const imagesPerSecond = median(speeds);
  return {
    id: entry.id,
    title: entry.title,
    how: entry.how,
    about: starts[0].about,
    trainableParameters: starts[0].trainableParameters,
    msPerStep: median(rounds.flat()),
    imagesPerSecond,
    slowestRound: Math.min(...speeds),
    fastestRound: Math.max(...speeds),
    roundSpeeds: speeds,
    slow,
    shareOfPeak: (imagesPerSecond * 6 * macs) / peak,
    firstStepSeconds: median(starts.map((s) => s.firstStepSeconds)),
    startSeconds: median(starts.map((s) => s.startSeconds)),
    peakMemoryBytes: end.peakMemoryBytes,
    gpuLibraryBytes: end.gpuLibraryBytes ?? 0,
    firstLosses: losses.slice(0, 4),
    lastLoss: losses.at(-1),
  };
}

/**
 * Ours to theirs on one net. Speeds are compared round by round, for the two ran within seconds of each other in each
 * round and a busy machine slows both; the median of these ratios is reported.
 */
export function ratio(measure, ours, theirs) {
  if (measure === 'start') return ours.startSeconds;
  if (measure === 'memory') return ours.peakMemoryBytes / theirs.peakMemoryBytes;
  if (measure === 'memoryOwn')
    return ours.peakMemoryBytes / (theirs.peakMemoryBytes - theirs.gpuLibraryBytes);
  return median(theirs.roundSpeeds.map((speed, i) => ours.roundSpeeds[i] / speed));
}

/** { net, value } of every net that both were measured on. */
export function ratios(results, measure, against) {
  return results.flatMap(({ net, summaries = [] }) => {
    const find = (id) => summaries.find((s) => s.id === id);
    const [ours, theirs] = [find('convloom'), find(against)];
    if (!ours || (against && !theirs)) return [];
    return [{ net: net.title, value: ratio(measure, ours, theirs) }];
  });
}

const OVER = {
  mean: (list) => ({ value: geometricMean(list.map((r) => r.value)) }),
  least: (list) => list.reduce((a, b) => (b.value < a.value ? b : a)),
  most: (list) => list.reduce((a, b) => (b.value > a.value ? b : a)),
};

/** Each goal with what was reached, and on which net; goals whose peer did not run are left out. */
export function judge(goals, results) {
  const failed = results.some((r) => r.failure);
  return goals.flatMap((goal) => {
    const list = ratios(results, goal.measure, goal.against);
    if (list.length === 0) return [];
    const { value: reached, net } = OVER[goal.over](list);
    const holds = goal.atLeast ? reached >= goal.atLeast : reached <= goal.atMost;
    return [{ ...goal, reached, net, pass: holds && !failed }]; // a net that failed reaches no goal
  });
}
