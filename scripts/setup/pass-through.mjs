// Starts a program in our place: its streams are ours, signals reach it once, its exit code becomes ours.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** A Ctrl-C reaches us twice under npm: from the terminal and from npm. Within this time it is one. */
const sameSignalMs = 250;

/**
 * Under npm our parent is npm's shell. Where npm was killed, the shell is gone and nobody waits for us.
 * @param {() => void} onGone called once
 */
function watchParent(onGone) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 1000);
  return () => clearInterval(timer);
}

/**
 * Runs a program to its end and tells its exit code; 128 + the signal's number where a signal ended it.
 *
 * It gets a process group of its own, so that the terminal's Ctrl-C does not reach it beside ours: a program
 * that saves on the first SIGINT and leaves on the second must see each exactly once. On Windows the console
 * tells the program itself, and we only wait.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} 127 where the program cannot be started
 */
export function passThrough(program, args, options = {}) {
  return new Promise((resolve) => {
    const detached = process.platform !== 'win32';
    const child = spawn(program, args, { ...options, stdio: 'inherit', detached });
    const last = new Map();
    const onSignal = (signal) => {
      const now = Date.now();
      if (now - (last.get(signal) ?? 0) < sameSignalMs) return;
      last.set(signal, now);
      if (detached) child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, onSignal);
    const stopWatching = watchParent(() => child.kill('SIGTERM'));
    const end = (code) => {
      stopWatching();
      for (const signal of forwarded) process.off(signal, onSignal);
      resolve(code);
    };
    child.on('error', () => end(127));
    child.on('exit', (code, signal) => end(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)));
  });
}
