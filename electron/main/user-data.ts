import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toFault, UserError } from '../../engine/errors';
import { fileError } from '../../engine/files/file-error';

export interface UserData {
  readonly folder: string;
  /** Why it is not the folder that was wanted. */
  readonly fault: UserError | undefined;
}

/** `wanted` where it can be written; else a folder that lasts for this session, so that a window opens all the same. */
export function findUserData(wanted: string): UserData {
  try {
    mkdirSync(wanted, { recursive: true });
    accessSync(wanted, constants.W_OK);
    return { folder: wanted, fault: undefined };
  } catch (cause) {
    const { why } = toFault(fileError(cause, wanted, 'read'), 'Making the folder');
    const folder = mkdtempSync(join(tmpdir(), 'convloom-session-'));
    const fault = new UserError(
      'settings/not-writable',
      `Settings and unsaved work cannot be kept in ${wanted}.`,
      why,
      `They are kept in ${folder} for this session. Save your graphs by File > Save, and make the folder writable.`,
      { file: wanted },
    );
    return { folder, fault };
  }
}
