import { UserError } from '../errors';

/** [cause, remedy] by errno. `{folder}` stands for the folder of the file. */
const CAUSES: Readonly<Record<string, readonly [code: string, why: string, remedy: string]>> = {
  ENOSPC: ['file/no-space', 'The disk is full', 'Free some space on that disk, or save in another folder.'],
  EDQUOT: [
    'file/no-space',
    'The quota of this account is used up',
    'Free some space, or save in another folder.',
  ],
  EFBIG: ['file/too-big', 'The file would be longer than this system lets it', 'Save in another folder.'],
  EACCES: [
    'file/no-permission',
    'This account may not do that there',
    'Choose another folder, or change the permissions of {path}.',
  ],
  EPERM: [
    'file/no-permission',
    'The system forbids it',
    'Choose another folder, or change the permissions of {path}.',
  ],
  EROFS: ['file/read-only', 'That disk is read-only', 'Choose a folder on another disk.'],
  ENOENT: [
    'file/missing',
    'There is no such file or folder',
    'Check the path; the file may have been moved or deleted.',
  ],
  ENOTDIR: ['file/missing', 'A part of the path is a file and no folder', 'Check the path.'],
  EISDIR: ['file/is-folder', 'It is a folder', 'Choose a file.'],
  ENAMETOOLONG: ['file/long-name', 'The name is too long for this system', 'Choose a shorter name.'],
  EMFILE: [
    'file/too-many-open',
    'Too many files are open in this process',
    'Close other windows, then try again.',
  ],
  ENFILE: [
    'file/too-many-open',
    'Too many files are open on this machine',
    'Close other programs, then try again.',
  ],
  EBUSY: ['file/busy', 'Another program holds the file', 'Close it there, then try again.'],
  ELOOP: ['file/loop', 'Its links lead in a circle', 'Choose a file that is no link.'],
  EIO: ['file/disk', 'The disk reports an error', 'Save in another folder, and check the disk.'],
};

const isErrno = (e: unknown): e is NodeJS.ErrnoException => e instanceof Error && 'code' in e;

/**
 * A failed read or write as a fault that names the path, the cause and what to do.
 *
 * @param doing what failed, as it stands after "could not be": `read`, `saved`, `deleted`
 */
export function fileError(cause: unknown, path: string, doing: 'read' | 'saved' | 'deleted'): unknown {
  if (cause instanceof UserError || !isErrno(cause) || cause.code === undefined) return cause;
  const [code, why, remedy] = CAUSES[cause.code] ?? [
    'file/failed',
    cause.message.replace(/^[A-Z]+: /, ''),
    'Try again, or choose another folder.',
  ];
  const kept = doing === 'saved' ? ' What was there before is untouched.' : '';
  return new UserError(
    code,
    `${path} could not be ${doing}.`,
    `${why} (${cause.code}).${kept}`,
    remedy.replace('{path}', path),
    { file: path },
  );
}
