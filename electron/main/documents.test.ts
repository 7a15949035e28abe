import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyDocument } from '../../engine/graph/document';
import { openDocument, saveDocument } from '../../engine/graph/file';
import { createDisk, stampOf } from './disk';
import { createDocuments, fileName, recentLabel, withExtension } from './documents';
import { createGrants } from './grants';
import { openSettings } from './settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-documents-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A dialog that a user answers with `choice`. */
function open(choice: string | null = null) {
  const dialog = {
    showSaveDialog: vi.fn(async () => ({ canceled: choice === null, filePath: choice ?? '' })),
    showOpenDialog: vi.fn(async () => ({
      canceled: choice === null,
      filePaths: choice === null ? [] : [choice],
    })),
  };
  const settings = openSettings(join(folder, 'settings.json'));
  const grants = createGrants();
  const onRecent = vi.fn();
  const documents = createDocuments({
    dialog: dialog as never,
    window: () => undefined,
    settings,
    grants,
    disk: createDisk({ hold: async () => new Set<string>(), release: async () => {} }),
    onRecent,
  });
  return { dialog, settings, grants, documents, onRecent };
}
const doc = emptyDocument('my net');

it('saves where the user says, with the extension, and remembers it', async () => {
  const { documents, settings, dialog } = open(join(folder, 'net'));
  const path = join(folder, 'net.convloom.json');
  const stamp = stampOf(saveDocument(doc));
  expect(await documents.save(null, doc)).toEqual({ state: 'saved', path, stamp });
  expect(openDocument(readFileSync(path, 'utf8'))).toEqual(doc);
  expect(settings.get().recent).toEqual([path]);
  expect(dialog.showSaveDialog).toHaveBeenCalledWith(
    expect.objectContaining({ defaultPath: 'my net.convloom.json' }),
  );
  expect(await documents.save(path, { ...doc, name: 'again' }, stamp)).toMatchObject({
    state: 'saved',
    path,
  });
  expect(dialog.showSaveDialog).toHaveBeenCalledOnce();
  await settings.flush();
});

it('exports a copy that is not remembered', async () => {
  const { documents, settings } = open(join(folder, 'copy.json'));
  expect(await documents.export(doc)).toBe(join(folder, 'copy.json'));
  expect(settings.get().recent).toEqual([]);
});

it('gives null when the user cancels', async () => {
  const { documents } = open(null);
  expect(await documents.open(null)).toBeNull();
  expect(await documents.save(null, doc)).toEqual({ state: 'cancelled' });
  expect(await documents.export(doc)).toBeNull();
  expect(await documents.chooseFolder()).toBeNull();
});

it('opens what the dialog or the recent list names, and no other file', async () => {
  const path = join(folder, 'net.json');
  writeFileSync(path, saveDocument(doc));
  const first = open(path);
  const stamp = stampOf(saveDocument(doc));
  expect(await first.documents.open(null)).toEqual({ path, doc, stamp });
  await first.settings.flush();
  const second = open();
  expect(await second.documents.open(path)).toEqual({ path, doc, stamp });
  await second.settings.flush();
  for (const other of ['/etc/passwd', join(folder, 'settings.json')]) {
    await expect(open().documents.open(other)).rejects.toMatchObject({ code: 'file/not-chosen' });
    await expect(open().documents.save(other, doc)).rejects.toMatchObject({ code: 'file/not-chosen' });
  }
});

it('leaves a file that is damaged or too new as it is, and does not remember it', async () => {
  const path = join(folder, 'new.json');
  writeFileSync(path, '{"format":"convloom","version":99}');
  const { documents, settings } = open(path);
  await expect(documents.open(null)).rejects.toMatchObject({ code: 'file/too-new' });
  expect(readFileSync(path, 'utf8')).toBe('{"format":"convloom","version":99}');
  expect(settings.get().recent).toEqual([]);
  await settings.flush();
});

it('writes nothing over what another program saved there, and nothing in place of what is gone', async () => {
  const path = join(folder, 'net.json');
  writeFileSync(path, saveDocument(doc));
  const { documents, settings } = open(path);
  const { stamp } = (await documents.open(null))!;
  const mine = { ...doc, name: 'mine' };
  const theirs = saveDocument({ ...doc, name: 'theirs' });
  writeFileSync(path, theirs);
  expect(await documents.save(path, mine, stamp)).toEqual({ state: 'changed', path });
  expect(readFileSync(path, 'utf8')).toBe(theirs);
  expect(await documents.save(path, mine, stampOf(theirs))).toMatchObject({ state: 'saved' });
  rmSync(path);
  expect(await documents.save(path, mine, stampOf(saveDocument(mine)))).toEqual({ state: 'gone', path });
  expect(existsSync(path)).toBe(false);
  expect(await documents.save(path, mine)).toMatchObject({ state: 'saved' });
  await settings.flush();
});

it('never writes over a file of a newer version, not even where the user picks it in the dialog', async () => {
  const path = join(folder, 'newer.json');
  const text = '{"name":"x","version":99,"format":"convloom"}';
  writeFileSync(path, text);
  const { documents, settings } = open(path);
  for (const work of [
    () => documents.save(null, doc),
    () => documents.save(path, doc, stampOf(text)),
    () => documents.export(doc),
  ])
    await expect(work()).rejects.toMatchObject({ code: 'file/too-new' });
  expect(readFileSync(path, 'utf8')).toBe(text);
  await settings.flush();
});

it('keeps the last ten files, each once', async () => {
  const { documents, settings } = open();
  for (let i = 0; i < 12; i++) {
    const path = join(folder, `${i}.json`);
    writeFileSync(path, saveDocument(doc));
    await documents.read(path);
  }
  await documents.read(join(folder, '5.json'));
  const names = settings.get().recent.map((p) => p.slice(folder.length + 1));
  expect(names).toEqual([
    '5.json',
    '11.json',
    '10.json',
    '9.json',
    '8.json',
    '7.json',
    '6.json',
    '4.json',
    '3.json',
    '2.json',
  ]);
  await settings.flush();
});

it('makes a file name that every system takes', () => {
  expect(fileName('ResNet/20: "a"')).toBe('ResNet-20- -a-.convloom.json');
  expect(fileName('../..')).toBe('-.convloom.json');
  expect(fileName('CON')).toBe('CON-graph.convloom.json');
  expect(fileName('...')).toBe('graph.convloom.json');
  expect(fileName('a\nb')).toBe('a-b.convloom.json');
  expect(fileName('x'.repeat(300))).toHaveLength(80 + '.convloom.json'.length);
  expect(withExtension('/a/b.c')).toBe('/a/b.c.convloom.json');
});

it('tells files of one name apart by their folders', () => {
  const all = ['/a/net.json', '/b/net.json', '/a/other.json'];
  expect(all.map((p) => recentLabel(p, all))).toEqual(['net.json – /a', 'net.json – /b', 'other.json']);
});
