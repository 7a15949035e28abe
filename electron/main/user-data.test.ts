import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findUserData } from './user-data';

it('takes the folder that is wanted, made where it is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-user-'));
  expect(findUserData(join(folder, 'a', 'b'))).toEqual({ folder: join(folder, 'a', 'b'), fault: undefined });
  rmSync(folder, { recursive: true });
});

it('takes one for the session where that cannot be written, and says why', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'convloom-user-')), 'file');
  writeFileSync(file, '');
  const { folder, fault } = findUserData(join(file, 'sub'));
  expect(folder).toContain('convloom-session-');
  expect(fault).toMatchObject({ code: 'settings/not-writable', what: expect.stringContaining(file) });
  rmSync(folder, { recursive: true });
});
