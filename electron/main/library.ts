import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../engine/errors';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import { readTextFile } from '../../engine/files/read-file';
import { LibraryBlocks } from '../../ipc/contract';

const LibraryFile = z.strictObject({
  format: z.literal('convloom-blocks'),
  version: z.literal(1),
  blocks: LibraryBlocks,
});
const MOST_BYTES = 8 * 2 ** 20;

export interface Library {
  /** @throws UserError `library/damaged` once: the file is then kept aside, and the library is empty */
  get(): Promise<LibraryBlocks>;
  set(blocks: LibraryBlocks): Promise<void>;
}

/** The blocks that the user keeps for all documents, in `file`. */
export function createLibrary(file: string): Library {
  let writing: Promise<void> = Promise.resolve();
  const write = async (blocks: LibraryBlocks) => {
    await mkdir(dirname(file), { recursive: true });
    const text = JSON.stringify({ format: 'convloom-blocks', version: 1, blocks }, null, 2);
    await writeFileAtomic(file, `${text}\n`);
  };
  return {
    async get() {
      await writing.catch(() => {});
      if (!(await exists(file))) return {};
      const text = await readTextFile(file, MOST_BYTES);
      const read = LibraryFile.safeParse(parsed(text));
      if (read.success) return read.data.blocks;
      throw await setAside(file);
    },
    set(blocks) {
      writing = writing.catch(() => {}).then(() => write(blocks));
      return writing;
    },
  };
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file that cannot be read is not written over. */
async function setAside(file: string): Promise<UserError> {
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  await rename(file, aside);
  return new UserError(
    'library/damaged',
    'The library of your blocks cannot be read.',
    'Its file is damaged, or comes from a newer Convloom.',
    `It was kept as ${aside}, and the library starts empty. Documents have their blocks with them.`,
    { file: aside },
  );
}
