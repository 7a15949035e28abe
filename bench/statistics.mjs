const sorted = (values) => [...values].sort((a, b) => a - b);

export function median(values) {
  const list = sorted(values);
  const half = list.length >> 1;
  return list.length % 2 ? list[half] : (list[half - 1] + list[half]) / 2;
}

/** One peer's figures: `rounds` are lists of milliseconds a step, `starts` the answers of its measured starts. */
export function summarize({ entry, starts, rounds, losses, end }, batch) {
  const speeds = rounds.map((ms) => (1000 * batch) / median(ms));
  return {
    id: entry.id,
    title: entry.title,
    how: entry.how,
    about: starts[0].about,
    trainableParameters: starts[0].trainableParameters,
    msPerStep: median(rounds.flat()),
    imagesPerSecond: median(speeds),
    slowestRound: Math.min(...speeds),
    fastestRound: Math.max(...speeds),
    roundSpeeds: speeds,
    firstStepSeconds: median(starts.map((s) => s.firstStepSeconds)),
    startSeconds: median(starts.map((s) => s.startSeconds)),
    peakMemoryBytes: end.peakMemoryBytes,
    gpuLibraryBytes: end.gpuLibraryBytes ?? 0,
    firstLoss: losses[0],
    lastLoss: losses.at(-1),
  };
}

/**
 * Ours to theirs. Speeds are compared round by round, for the two ran within seconds of each other in each round
 * and a busy machine slows both; the median of these ratios is reported.
 */
export function ratio(measure, ours, theirs) {
  if (measure === 'start') return ours.startSeconds;
  if (measure === 'memory') return ours.peakMemoryBytes / theirs.peakMemoryBytes;
  if (measure === 'memoryOwn')
    return ours.peakMemoryBytes / (theirs.peakMemoryBytes - theirs.gpuLibraryBytes);
  return median(ours.roundSpeeds.map((speed, i) => speed / theirs.roundSpeeds[i]));
}

/** Each goal with what was reached; goals whose peer did not run are left out. */
export function judge(goals, summaries) {
  const ours = summaries.find((s) => s.id === 'convloom');
  if (!ours) return [];
  return goals.flatMap((goal) => {
    const theirs = summaries.find((s) => s.id === goal.against);
    if (goal.against && !theirs) return [];
    const reached = ratio(goal.measure, ours, theirs);
    return [{ ...goal, reached, pass: goal.atLeast ? reached >= goal.atLeast : reached <= goal.atMost }];
  });
}
