import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../errors';
import { findFourFiles } from '../idx/find';

const run = promisify(execFile);
const PACKAGE = 'dataset-fashion-mnist';
/** Where the package holds the four files. */
const INSIDE = join('usr', 'share', 'datasets', 'fashion-mnist');

/** Whether this computer has the tools of a Debian package; root is not needed. */
export const canFetch = (env = process.env): boolean =>
  ['apt-get', 'dpkg-deb'].every((tool) =>
    (env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, tool))),
  );

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Fetches the Debian package (31 MB), unpacks it beside `target` and puts the four files there: whole or not at all.
 *
 * @throws UserError `data/fetch`
 */
export async function fetchFashionMnist(target: string, remedy: string): Promise<void> {
  const parent = dirname(target);
  let draft: string | undefined;
  try {
    await mkdir(parent, { recursive: true });
    draft = await mkdtemp(join(parent, '.fashion-mnist-'));
    await run('apt-get', ['download', PACKAGE], { cwd: draft });
    const archive = (await readdir(draft)).find((f) => f.endsWith('.deb'));
    if (!archive) throw new Error('apt-get brought no package');
    await run('dpkg-deb', ['-x', archive, 'unpacked'], { cwd: draft });
    const files = join(draft, 'unpacked', INSIDE);
    await findFourFiles(files, remedy);
    await rm(target, { recursive: true, force: true });
    await rename(files, target);
  } catch (error) {
    throw refusal(error, target, remedy);
  } finally {
    if (draft) await rm(draft, { recursive: true, force: true });
  }
}

function refusal(error: unknown, target: string, remedy: string): UserError {
  const { message, stderr } = error as Error & { stderr?: string };
  const said = stderr?.trim().split('\n').at(-1) || message;
  const unknown = /Unable to locate|Can't find/.test(`${stderr}`);
  return new UserError(
    'data/fetch',
    'Fashion-MNIST could not be fetched.',
    `${said.replace(/^E:\s*/, '').replace(/\.?$/, '')}.`,
    unknown ? `Run \`apt-get update\` as root once, then try again. Or: ${remedy}` : remedy,
    { file: target, setting: 'data' },
  );
}
