// Runs other programs and tells what they said.
import { spawn, spawnSync } from 'node:child_process';

/**
 * @typedef {{ code: number, output: string, timedOut: boolean }} Outcome `output`: stdout and stderr together
 */

/** @returns {boolean} whether the program starts and ends with 0 */
export function answers(program, args, timeout = 10_000) {
  return spawnSync(program, args, { stdio: 'ignore', timeout, windowsHide: true }).status === 0;
}

/** @returns {string} what a program prints on stdout; empty where it fails */
export function ask(program, args, timeout = 10_000) {
  const done = spawnSync(program, args, { encoding: 'utf8', timeout, windowsHide: true });
  return done.status === 0 ? done.stdout : '';
}

/**
 * Runs a program to its end, collecting what it prints.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onText?: (text: string) => void, shell?: boolean,
 *   stopped?: () => boolean }} [options] `stopped` is asked every second: true ends the program
 * @returns {Promise<Outcome>} code 127 where the program is not there
 */
export function run(program, args, { cwd, env, onText, shell = false, stopped } = {}) {
  return new Promise((resolve) => {
    const stdio = /** @type {const} */ (['ignore', 'pipe', 'pipe']);
    const child = spawn(program, args, { cwd, env: env ?? process.env, shell, stdio, windowsHide: true });
    let output = '';
    let timedOut = false;
    const take = (data) => {
      output = (output + data).slice(-200_000);
      onText?.(String(data));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const watch = setInterval(() => {
      if (!stopped?.()) return;
      timedOut = true;
      child.kill('SIGKILL');
    }, 1000);
    const end = (code) => {
      clearInterval(watch);
      resolve({ code, output, timedOut });
    };
    child.on('error', () => end(127));
    child.on('close', (code) => end(code ?? 1));
  });
}

/** @returns {string[]} the last lines that are not empty */
export function lastLines(output, count) {
  const lines = output.split(/\r?\n/).map((line) => line.trimEnd());
  return lines.filter((line) => line.trim() !== '').slice(-count);
}
