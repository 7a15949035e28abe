import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDisk, stampOf } from './disk';
import { createOpenNotes } from './open-notes';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-disk-'));
  path = join(folder, 'net.json');
  writeFileSync(path, 'one');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = () => createDisk(createOpenNotes(join(folder, 'notes')));
const known = (text: string) => [{ path, stamp: stampOf(text) }];

it('tells a file that another program wrote from one that is as it was', async () => {
  const disk = start();
  expect(await disk.look(known('one'))).toMatchObject([{ path, state: 'same', shared: false }]);
  writeFileSync(path, 'two');
  expect(await disk.look(known('one'))).toMatchObject([{ state: 'changed', stamp: stampOf('two') }]);
  writeFileSync(path, 'one'); // the same again: nothing to ask
  expect(await disk.look(known('one'))).toMatchObject([{ state: 'same' }]);
});

it('notices a change that left the size of an old file as it was', async () => {
  const disk = start();
  const long = new Date(Date.now() - 3600_000);
  utimesSync(path, long, long);
  await disk.look(known('one'));
  writeFileSync(path, 'eno');
  expect(await disk.look(known('one'))).toMatchObject([{ state: 'changed' }]);
});

it('finds a file that was renamed in its folder, and says of a deleted one that it is gone', async () => {
  const disk = start();
  const other = join(folder, 'renamed.json');
  renameSync(path, other);
  expect(await disk.look(known('one'))).toMatchObject([{ state: 'gone', moved: other }]);
  expect(disk.moved(path)).toBe(other);
  rmSync(other);
  expect(await disk.look(known('one'))).toMatchObject([{ state: 'gone', moved: null }]);
  expect(disk.moved(path)).toBeUndefined();
});

it('says of a file which other process has it open, until that one is gone', async () => {
  const notes = join(folder, 'notes');
  const here = createOpenNotes(notes, process.pid);
  const there = createOpenNotes(notes, process.ppid);
  expect(await here.hold([path])).toEqual(new Set());
  expect(await there.hold([path])).toEqual(new Set([path]));
  expect(await here.hold([path])).toEqual(new Set([path]));
  await there.release();
  expect(await here.hold([path])).toEqual(new Set());
  // a process that was killed takes no note away itself
  writeFileSync(join(notes, '4194999.json'), JSON.stringify({ paths: [path] }));
  expect(await here.hold([path])).toEqual(new Set());
});
