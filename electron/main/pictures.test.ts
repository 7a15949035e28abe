import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PictureRequest } from '../../ipc/picture';
import { createPictures, pictureName } from './pictures';
import { openSettings } from './settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-pictures-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

/** A dialog that a user answers with `choice`. */
function open(choice: string | null) {
  const showSaveDialog = vi.fn(async () => ({ canceled: choice === null, filePath: choice ?? '' }));
  const means = {
    writeText: vi.fn(async () => {}),
    writeImage: vi.fn(async () => false),
    print: vi.fn(async () => new TextEncoder().encode('%PDF')),
  };
  const settings = openSettings(join(folder, 'settings.json'));
  const pictures = createPictures({
    dialog: { showSaveDialog } as never,
    window: () => undefined,
    settings,
    ...means,
  });
  return { pictures, showSaveDialog, ...means };
}

it('writes text, pixels and printed pages where the user says, with the ending', async () => {
  const { pictures, print } = open(join(folder, 'net'));
  expect(await pictures.save('a', { format: 'svg', text: '<svg/>' })).toBe(join(folder, 'net.svg'));
  expect(readFileSync(join(folder, 'net.svg'), 'utf8')).toBe('<svg/>');
  await pictures.save('a', { format: 'png', bytes: PNG });
  expect(new Uint8Array(readFileSync(join(folder, 'net.png')))).toEqual(PNG);
  await pictures.save('a', { format: 'pdf', text: '<svg/>', width: 3, height: 4 });
  expect(print).toHaveBeenCalledWith('<svg/>', 3, 4);
  expect(readFileSync(join(folder, 'net.pdf'), 'utf8')).toBe('%PDF');
});

it('prints nothing and writes nothing when the user cancels', async () => {
  const { pictures, print } = open(null);
  expect(await pictures.save('a', { format: 'pdf', text: '<svg/>', width: 3, height: 4 })).toBeNull();
  expect(print).not.toHaveBeenCalled();
});

it('proposes a name that every file system takes', () => {
  expect(pictureName('a/b: <net>', 'svg')).toBe('a-b- -net-.svg');
});

it('takes no other bytes for a PNG, and says what to do when the clipboard refuses', async () => {
  const { pictures } = open(join(folder, 'x'));
  const bytes = Uint8Array.from([1, 2, 3]);
  await expect(pictures.save('a', { format: 'png', bytes })).rejects.toThrow('no PNG');
  await expect(pictures.copy({ format: 'png', bytes: PNG })).rejects.toMatchObject({
    code: 'picture/not-copied',
  });
  expect(PictureRequest.safeParse({ name: 'a', picture: { format: 'exe', text: '' } }).success).toBe(false);
});
