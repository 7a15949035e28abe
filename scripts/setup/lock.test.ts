import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, withLock } from './lock.mjs';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-lock-'));
  path = join(folder, 'x.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The pid of a process that has just ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('withLock', () => {
  it('holds the lock with our pid while working and removes it afterwards, also after an error', async () => {
    const result = await withLock(path, async () => {
      expect(Number(readFileSync(path, 'utf8'))).toBe(process.pid);
      return 7;
    });
    expect(result).toBe(7);
    expect(existsSync(path)).toBe(false);
    const failing = withLock(path, async () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(existsSync(path)).toBe(false);
  });

  it('takes over the lock of a dead process at once', async () => {
    const pid = deadPid();
    expect(isAlive(pid)).toBe(false);
    writeFileSync(path, `${pid}\n`);
    const began = Date.now();
    await withLock(path, async () => {});
    expect(Date.now() - began).toBeLessThan(1000);
  });

  it('takes over a lock whose holder has been silent, though its number is in use again', async () => {
    writeFileSync(path, `${process.ppid}\n`);
    const old = new Date(Date.now() - 60_000);
    utimesSync(path, old, old);
    await withLock(path, async () => {});
    expect(existsSync(path)).toBe(false);
  });

  it('waits for a living holder and says whose it is', async () => {
    const module = pathToFileURL(join(import.meta.dirname, 'lock.mjs')).href;
    const script = `import { withLock } from ${JSON.stringify(module)};
      await withLock(${JSON.stringify(path)}, () => new Promise((done) => setTimeout(done, 700)));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    while (!existsSync(path)) await sleep(10);
    const waitedFor: number[] = [];
    const began = Date.now();
    await withLock(
      path,
      async () => {},
      (pid: number) => waitedFor.push(pid),
    );
    expect(waitedFor).toEqual([child.pid]);
    expect(Date.now() - began).toBeGreaterThan(300);
  });

  it('lets only one of eight processes work at a time, starting from a stale lock', async () => {
    writeFileSync(path, `${deadPid()}\n`);
    const log = join(folder, 'log');
    const module = pathToFileURL(join(import.meta.dirname, 'lock.mjs')).href;
    const script = `import { withLock } from ${JSON.stringify(module)};
      import { appendFileSync } from 'node:fs';
      await withLock(${JSON.stringify(path)}, async () => {
        appendFileSync(${JSON.stringify(log)}, 'in ');
        await new Promise((done) => setTimeout(done, 30));
        appendFileSync(${JSON.stringify(log)}, 'out ');
      });`;
    const start = () =>
      new Promise((done) => spawn(process.execPath, ['--input-type=module', '-e', script]).on('exit', done));
    const codes = await Promise.all(Array.from({ length: 8 }, start));
    expect(codes).toEqual(Array(8).fill(0));
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(8));
  }, 20_000);
});
