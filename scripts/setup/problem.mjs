// Errors that a person can act on: what happened, why, and what to do. Never a stack trace.

/** A failure with its cause and its remedy, shown as three short paragraphs. */
export class Problem extends Error {
  /** @param {{ what: string, why: string, remedy: string[] }} parts `remedy`: one line a step */
  constructor({ what, why, remedy }) {
    super(what);
    this.name = 'Problem';
    this.what = what;
    this.why = why;
    this.remedy = remedy;
  }
}

/** @param {unknown} error @returns {string} the text for the terminal */
export function explain(error) {
  if (error instanceof Problem) {
    const remedy = error.remedy.map((line) => `    ${line}`).join('\n');
    return `\n✗ ${error.what}\n  Why: ${error.why}\n  What to do:\n${remedy}\n`;
  }
  const message = error instanceof Error ? error.message : String(error);
  const trace = process.env.CONVLOOM_DEBUG && error instanceof Error ? `\n${error.stack}` : '';
  const hint = trace ? '' : '\n  CONVLOOM_DEBUG=1 shows where it happened.';
  return `\n✗ ${message}${hint}${trace}\n`;
}

/**
 * Runs a script's main function; a failure is described on stderr and makes exit code 1.
 * @param {() => Promise<number | void>} work its number is the exit code
 */
export async function runMain(work) {
  try {
    const code = await work();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    process.stderr.write(explain(error));
    process.exitCode = 1;
  }
}

/**
 * @throws Problem when this Node is older than the project supports
 * @param {string} version as in `process.versions.node`
 */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Problem({
    what: `Node ${version} is too old for Convloom`,
    why: 'it needs Node 20.19 or newer.',
    remedy: ['Install Node 20.19 or newer (an LTS version is the best choice), then run the command again.'],
  });
}
