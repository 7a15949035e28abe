// A lock file: one set-up or build at a time. The holder touches it; a dead or silent holder loses it.
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMs = 2_000;
const silentMs = 30_000;

/** @param {number} pid @returns {boolean} whether a process with this id runs on this machine */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** @returns {boolean} whether this call made the lock file */
function tryTake(path) {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @returns {number | undefined} the holder's pid, or undefined where the lock is free or stale */
function holder(path) {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const pid = Number(readFileSync(path, 'utf8'));
    // an empty file is a holder between creating and writing it, unless it stays so
    if (!Number.isInteger(pid) || pid <= 0) return age < heartbeatMs ? Number.NaN : undefined;
    return isAlive(pid) && age < silentMs ? pid : undefined;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moves a stale lock away under a name of our own: of two that try, one succeeds. */
function removeStale(path) {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
    // taken over by a third process since we looked: it is not stale any more, so it goes back
    if (holder(aside) !== undefined) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Runs `work` while holding the lock file; waits for another process that holds it.
 * What is done under it must still be safe when two do it: the lock saves work, renames keep files whole.
 * @template T
 * @param {string} path of the lock file; its folder is made
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} [onWait] called once when another process has the lock
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!tryTake(path)) {
    const pid = holder(path);
    if (pid === undefined) {
      removeStale(path);
      continue;
    }
    if (!told && onWait && !Number.isNaN(pid)) onWait(pid);
    told = true;
    await sleep(100);
  }
  const beat = setInterval(() => touch(path), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (holder(path) === process.pid) rmSync(path, { force: true });
  }
}

function touch(path) {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // taken over by another process: it has the lock now
  }
}
