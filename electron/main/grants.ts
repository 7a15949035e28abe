import { resolve } from 'node:path';
import { UserError } from '../../engine/errors';

/** The files that the user chose by a dialog, the command line or the recent list. */
export interface Grants {
  add(path: string): string;
  has(path: string): boolean;
  /** @throws UserError `file/not-chosen` */
  check(path: string): string;
}

/** The window may read and write these files and no others, so that a window gone bad cannot reach the rest. */
export function createGrants(): Grants {
  const granted = new Set<string>();
  const has = (path: string) => granted.has(resolve(path));
  return {
    has,
    add(path) {
      granted.add(resolve(path));
      return resolve(path);
    },
    check(path) {
      if (has(path)) return resolve(path);
      throw new UserError(
        'file/not-chosen',
        `${path} was not chosen by you.`,
        'The window reads and writes only files that you opened or saved by a dialog.',
        'Use File > Open or File > Save As.',
        { file: path },
      );
    },
  };
}
