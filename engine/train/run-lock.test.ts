import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunFolder } from './run-folder';
import { lockRun, writerOf } from './run-lock';

let run: string;
beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), 'convloom-lock-'));
});
afterEach(() => rm(run, { recursive: true, force: true }));

it('lets one process write a run, names it to others, and leaves nothing behind', async () => {
  const release = await lockRun(run);
  expect(await writerOf(run)).toBe(process.pid);
  await expect(lockRun(run)).rejects.toMatchObject({ code: 'run/busy', place: { file: run } });
  await release();
  expect(await writerOf(run)).toBeUndefined();
  expect(await readdir(run)).toEqual([]);
});

it('takes over the lock of a process that is gone', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await writeFile(join(run, 'run.lock'), `${child.pid}\n`);
  const release = await lockRun(run);
  expect(await writerOf(run)).toBe(process.pid);
  await release();
});

it('frees a run that could not be opened, so that another try is not refused', async () => {
  await mkdir(join(run, 'metrics.jsonl'));
  await expect(RunFolder.reopen(run, 0)).rejects.toMatchObject({ code: 'file/is-folder' });
  expect(await writerOf(run)).toBeUndefined();
});
