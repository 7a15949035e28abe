import { basename } from 'node:path';
import { UserError } from '../../errors';

const AGAIN = 'Copy or download the file again, and compare its size with the source.';
const count = (n: number): string => n.toLocaleString('en');

/** What can be wrong with an IDX file, each with the file it is wrong with. */
export const truncated = (file: string, promised: number, has: number, more = ''): UserError =>
  new UserError(
    'data/truncated',
    `${basename(file)} is truncated: its header promises ${count(promised)} bytes, ` +
      `and it holds ${count(has)}${more}.`,
    'Every picture or label that the header counts must be there.',
    AGAIN,
    { file },
  );

export const tooShort = (file: string, has: number): UserError =>
  new UserError(
    'data/truncated',
    has === 0 ? `${basename(file)} is empty.` : `${basename(file)} is truncated: it ends after ${has} bytes.`,
    'An IDX file starts with 4 bytes of magic number, and 4 for each dimension.',
    AGAIN,
    { file },
  );

export const trailing = (file: string, promised: number): UserError =>
  new UserError(
    'data/trailing',
    `${basename(file)} holds more than the ${count(promised)} bytes that its header promises.`,
    'Header and contents do not belong together, so that neither can be trusted.',
    AGAIN,
    { file },
  );

export const notIdx = (file: string, head: Uint8Array): UserError => {
  const bytes = [...head.subarray(0, 4)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
  return new UserError(
    'data/not-idx',
    `${basename(file)} is no IDX file: it starts with ${bytes}.`,
    'The magic number is 00 00, then 08 for bytes, then the number of dimensions: 01 to 04.',
    'Choose files in the layout of MNIST, such as train-images-idx3-ubyte.',
    { file },
  );
};

export const wrongType = (file: string, type: string): UserError =>
  new UserError(
    'data/idx-type',
    `${basename(file)} holds ${type}; pictures and labels are read as bytes (u8).`,
    'Pixels are 0 to 255 and labels 0 to 255, one byte each, as in MNIST.',
    'Write the file again with type 08 (unsigned byte).',
    { file },
  );

export const tooLarge = (file: string, promised: number, limit: number): UserError =>
  new UserError(
    'data/too-large',
    `${basename(file)} promises ${count(promised)} bytes.`,
    `A split is held in memory whole, and at most ${count(limit)} bytes are read.`,
    'Split the data set, or make its pictures smaller.',
    { file },
  );

export const damagedGzip = (file: string, reason: string): UserError =>
  new UserError(
    'data/damaged',
    `${basename(file)} cannot be unpacked: ${reason}.`,
    'The gzip stream is broken.',
    AGAIN,
    {
      file,
    },
  );

/** A file that the system does not give out, with the system's reason. */
export function unreadable(file: string, error: unknown): UserError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserError(
      'data/missing',
      `${basename(file)} is not there.`,
      `No file has the path ${file}.`,
      'Put the file there, or choose another folder.',
      { file },
    );
  }
  return new UserError(
    'data/unreadable',
    `${basename(file)} cannot be read.`,
    error instanceof Error ? `${error.message}.` : String(error),
    'Give this user the right to read it, or copy it to another folder.',
    { file },
  );
}

export const notAFile = (file: string): UserError =>
  new UserError(
    'data/unreadable',
    `${basename(file)} is no regular file.`,
    'A folder, a pipe or a device stands at this path.',
    'Choose the IDX file itself.',
    { file },
  );
