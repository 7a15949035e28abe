import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserBlock } from '../../engine/nodes/user-block';
import { createLibrary } from './library';

const fresh = async () => join(await mkdtemp(join(tmpdir(), 'convloom-library-')), 'deep', 'blocks.json');
const block = UserBlock.parse({
  title: 'Twice',
  body: { nodes: { a: { type: 'activation', params: {} } }, edges: {}, output: 'a' },
});

it('is empty at first, and has what was kept after a restart', async () => {
  const file = await fresh();
  expect(await createLibrary(file).get()).toEqual({});
  await createLibrary(file).set({ twice: block });
  expect(await createLibrary(file).get()).toEqual({ twice: block });
});

it('writes one after the other', async () => {
  const file = await fresh();
  const library = createLibrary(file);
  await Promise.all([library.set({ a: block }), library.set({ b: block }), library.set({ c: block })]);
  expect(Object.keys(await library.get())).toEqual(['c']);
});

it.each([
  '{',
  '[]',
  '{"format":"convloom-blocks","version":2,"blocks":{}}',
  '{"format":"convloom-blocks","version":1,"blocks":{"x":{}}}',
])('keeps a file aside that it cannot read: %s', async (text) => {
  const file = await fresh();
  const library = createLibrary(file);
  await library.set({});
  await writeFile(file, text);
  await expect(library.get()).rejects.toMatchObject({ code: 'library/damaged' });
  expect(await library.get()).toEqual({});
  const [aside] = (await readdir(join(file, '..'))).filter((n) => n.includes('damaged'));
  expect(await readFile(join(file, '..', aside!), 'utf8')).toBe(text);
});
