import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyDocument } from '../../engine/graph/document';
import { createRecovery } from './recovery';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'convloom-recovery-')), 'recovery');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

let second = 0;
const clock = () => new Date(Date.UTC(2026, 0, 1, 0, 0, second++));

it('gives back after a crash what was kept before it, the newest first', async () => {
  const before = createRecovery(folder, clock);
  await before.keep({ key: 'one', path: null, doc: emptyDocument('first') });
  await before.keep({ key: 'two', path: '/net.json', doc: emptyDocument('second') });
  await before.keep({ key: 'two', path: '/net.json', doc: emptyDocument('second, later') });

  const after = createRecovery(folder, clock);
  expect(await after.list()).toMatchObject([
    { key: 'two', path: '/net.json', name: 'second, later' },
    { key: 'one', path: null, name: 'first' },
  ]);
  expect(await after.open('two')).toEqual({
    ...{ path: '/net.json', doc: emptyDocument('second, later') },
    stamp: null,
  });
});

it('drops at a clean end what this session kept, and leaves what an earlier crash left', async () => {
  await createRecovery(folder).keep({ key: 'crashed', path: null, doc: emptyDocument('left') });
  const session = createRecovery(folder);
  await session.keep({ key: 'mine', path: null, doc: emptyDocument('mine') });
  const late = session.keep({ key: 'late', path: null, doc: emptyDocument('late') });
  await session.close();
  await late;
  await session.keep({ key: 'later', path: null, doc: emptyDocument('later') });
  expect(readdirSync(folder)).toEqual(['crashed.json']);
});

it('offers nothing of files that are cut short or not ours', async () => {
  await createRecovery(folder).keep({ key: 'good', path: null, doc: emptyDocument('good') });
  writeFileSync(join(folder, 'cut.json'), '{"path":null,"sav');
  writeFileSync(join(folder, 'other.json'), '[]');
  writeFileSync(join(folder, 'notes.txt'), '');
  expect((await createRecovery(folder).list()).map((r) => r.key)).toEqual(['good']);
});

it('takes no key that leads out of its folder', async () => {
  const recovery = createRecovery(folder);
  for (const key of ['../../evil', 'a/b', '', '..', 'a\0', 'x'.repeat(65)]) {
    await expect(recovery.keep({ key, path: null, doc: emptyDocument('x') })).rejects.toThrow();
    await expect(recovery.drop(key)).rejects.toThrow();
  }
});
