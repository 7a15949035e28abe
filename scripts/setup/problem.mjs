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

/** What the system's own errors mean for a set-up, by their code. */
const systemErrors = {
  ENOSPC: [
    'The disk is full',
    'Free some space and run the command again: what was begun is cleaned up then.',
  ],
  EACCES: [
    'There is no permission to write here',
    'Make the folder writable for you, or set XDG_CACHE_HOME.',
  ],
  EPERM: ['There is no permission to write here', 'Make the folder writable for you, or set XDG_CACHE_HOME.'],
  EROFS: ['The disk is read-only', 'Set XDG_CACHE_HOME to a folder that can be written.'],
};

/** @returns {unknown} a Problem for the system's errors that a person can mend, else the error itself */
function understand(error) {
  const known = error instanceof Error && 'code' in error && systemErrors[error.code];
  return known ? new Problem({ what: known[0], why: error.message, remedy: [known[1]] }) : error;
}

/** @param {unknown} error @returns {string} the text for the terminal */
export function explain(error) {
  const problem = understand(error);
  if (problem instanceof Problem) return explainProblem(problem);
  const message = error instanceof Error ? error.message : String(error);
  const trace = process.env.CONVLOOM_DEBUG && error instanceof Error ? `\n${error.stack}` : '';
  const hint = trace ? '' : '\n  CONVLOOM_DEBUG=1 shows where it happened.';
  return `\n✗ ${message}${hint}${trace}\n`;
}

function explainProblem({ what, why, remedy }) {
  const steps = remedy.map((line) => `    ${line}`).join('\n');
  return `\n✗ ${what}\n  Why: ${why}\n  What to do:\n${steps}\n`;
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
