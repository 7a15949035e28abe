import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What tests leave behind in the temporary folder goes when they are done: they all work inside one of their own. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
