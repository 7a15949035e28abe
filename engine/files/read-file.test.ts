import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readTextFile } from './read-file';

const folder = mkdtempSync(join(tmpdir(), 'convloom-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

it('reads text as it is, a byte order mark and odd names too', async () => {
  expect(await readTextFile(file('a #%.json', 'naïve 网'))).toBe('naïve 网');
});

it('says what is in the way of reading', async () => {
  const missing = join(folder, 'none.json');
  await expect(readTextFile(missing)).rejects.toMatchObject({
    code: 'file/missing',
    what: `${missing} could not be read.`,
    place: { file: missing },
  });
  await expect(readTextFile(folder)).rejects.toMatchObject({ code: 'file/is-folder' });
  await expect(readTextFile(file('big', 'x'.repeat(100)), 99)).rejects.toMatchObject({
    code: 'file/too-large',
  });
  await expect(readTextFile(file('binary', new Uint8Array([0xff, 0xfe, 0xc0])))).rejects.toMatchObject({
    code: 'file/not-text',
  });
});

it.skipIf(process.platform === 'win32')('does not wait for a pipe or a device', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(readTextFile(join(folder, 'pipe'))).rejects.toMatchObject({ code: 'file/not-regular' });
  await expect(readTextFile('/dev/zero')).rejects.toMatchObject({ code: 'file/not-regular' });
});
