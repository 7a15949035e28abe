import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyDocument } from '../../engine/graph/document';
import { createVersions, versionsFile } from './versions';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-versions-'));
  path = join(folder, 'net.convloom.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let second = 0;
const versions = createVersions(() => new Date(Date.UTC(2026, 0, 1, 0, 0, second++)));
const text = () => readFileSync(versionsFile(path), 'utf8');

it('keeps named states beside the file, the newest first, and gives each back', async () => {
  expect(await versions.list(path)).toEqual([]);
  await versions.add(path, 'first', emptyDocument('one'));
  const list = await versions.add(path, 'second\nline', emptyDocument('two'));
  expect(versionsFile(path)).toBe(join(folder, 'net.convloom.versions.jsonl'));
  expect(list.map((v) => v.name)).toEqual(['second\nline', 'first']);
  expect(await versions.open(path, list[1]!.id)).toEqual(emptyDocument('one'));
  expect(text().split('\n')).toHaveLength(3);
});

it('deletes one, and the file with the last', async () => {
  const [one] = await versions.add(path, 'one', emptyDocument('one'));
  const [two] = await versions.add(path, 'two', emptyDocument('two'));
  expect((await versions.delete(path, one!.id)).map((v) => v.name)).toEqual(['two']);
  await expect(versions.open(path, one!.id)).rejects.toMatchObject({ code: 'version/missing' });
  await versions.delete(path, two!.id);
  expect(existsSync(versionsFile(path))).toBe(false);
});

it('reads graphs of older file versions, and keeps lines that it cannot read as they are', async () => {
  const old = { format: 'convloom', version: 1, name: 'old', nodes: {}, edges: {} };
  const strange = '{"id":"from the future","graph":{}}';
  const entry = { id: 'a', name: 'old', saved: '2026-01-01T00:00:00.000Z', doc: old };
  const newer = { ...entry, id: 'b', name: 'newer', doc: { ...old, version: 99 } };
  writeFileSync(versionsFile(path), [strange, JSON.stringify(entry), JSON.stringify(newer)].join('\n'));
  expect((await versions.open(path, 'a')).version).toBe(emptyDocument('x').version);
  await expect(versions.open(path, 'b')).rejects.toMatchObject({ code: 'file/too-new' });
  await versions.add(path, 'now', emptyDocument('now'));
  expect(text().split('\n').slice(0, 3)).toEqual([strange, JSON.stringify(entry), JSON.stringify(newer)]);
});

it('goes along with a file that was renamed, but takes the place of no other versions', async () => {
  const to = join(folder, 'other.json');
  await versions.add(path, 'mine', emptyDocument('mine'));
  await versions.follow(path, to);
  expect((await versions.list(to)).map((v) => v.name)).toEqual(['mine']);
  await versions.add(path, 'later', emptyDocument('later'));
  await versions.follow(path, to);
  expect((await versions.list(to)).map((v) => v.name)).toEqual(['mine']);
  await versions.follow(join(folder, 'none.json'), join(folder, 'nothing.json'));
});
