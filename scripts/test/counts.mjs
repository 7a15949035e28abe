// Counts tests from the runners' JSON reports.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {any} report of vitest's JSON reporter
 * @returns {Counts} a test file that could not be loaded counts as one failed test
 */
export function vitestCounts(report) {
  const broken = (report.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + broken.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/**
 * @param {any} report of Playwright's JSON reporter
 * @returns {Counts} a flaky test passed in the end; errors outside of tests count as failed
 */
export function playwrightCounts({ stats = {}, errors = [] }) {
  return {
    passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: (stats.unexpected ?? 0) + errors.length,
    skipped: stats.skipped ?? 0,
  };
}

/**
 * A runner that failed without a failed test, or that wrote no report, is one failure: nothing passes unseen.
 * @param {Counts} counts
 * @param {number} exitCode
 */
export function withExitCode(counts, exitCode) {
  if (counts.failed > 0) return counts;
  const nothingRan = counts.passed === 0;
  return exitCode !== 0 || nothingRan ? { ...counts, failed: 1 } : counts;
}
