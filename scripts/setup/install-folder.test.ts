import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanLeftovers, damagedFiles, installFolder, isInstalled, readManifest } from './install-folder.mjs';

const about = { name: 'thing', version: '1.0.0', variant: 'cpu', platform: 'linux-x64' };

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'convloom-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

async function fill(folder: string, text = 'hello') {
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'sub', 'a.txt'), text);
}

/** Runs installFolder in a process of its own that is killed (SIGKILL) after `moment`. */
function installAndDie(moment: 'half filled' | 'filled') {
  const module = pathToFileURL(join(import.meta.dirname, 'install-folder.mjs')).href;
  const second = moment === 'filled' ? `writeFileSync(join(folder, 'b.txt'), 'two');` : '';
  const script = `
    import { installFolder } from ${JSON.stringify(module)};
    import { writeFileSync } from 'node:fs';
    import { join } from 'node:path';
    await installFolder(${JSON.stringify(cache)}, 'thing', ${JSON.stringify(about)}, async (folder) => {
      writeFileSync(join(folder, 'a.txt'), 'one');
      ${second}
      process.kill(process.pid, 'SIGKILL');
    });`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script]).signal;
}

describe('installFolder', () => {
  it('installs a folder with a manifest of sizes and sha256', async () => {
    const folder = await installFolder(cache, 'thing', about, fill);
    expect(isInstalled(folder)).toBe(true);
    expect(readManifest(folder)).toEqual({
      format: 1,
      ...about,
      files: [
        {
          path: 'sub/a.txt',
          size: 5,
          sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
        },
      ],
    });
    expect(readdirSync(cache)).toEqual(['thing']);
  });

  it.each(['half filled', 'filled'] as const)('is never half-installed when killed %s', async (moment) => {
    expect(installAndDie(moment)).toBe('SIGKILL');
    expect(existsSync(join(cache, 'thing'))).toBe(false);
    expect(isInstalled(join(cache, 'thing'))).toBe(false);
    expect(readdirSync(cache)).toHaveLength(1);
    cleanLeftovers(cache);
    expect(readdirSync(cache)).toEqual([]);
    await installFolder(cache, 'thing', about, fill);
    expect(isInstalled(join(cache, 'thing'))).toBe(true);
  });

  it('keeps the old folder when the new one fails', async () => {
    await installFolder(cache, 'thing', about, fill);
    const broken = installFolder(cache, 'thing', about, async () => {
      throw new Error('no space left');
    });
    await expect(broken).rejects.toThrow('no space left');
    expect(readFileSync(join(cache, 'thing', 'sub', 'a.txt'), 'utf8')).toBe('hello');
    expect(readdirSync(cache)).toEqual(['thing']);
  });

  it('replaces an older folder by the new one', async () => {
    await installFolder(cache, 'thing', about, fill);
    await installFolder(cache, 'thing', { ...about, version: '2.0.0' }, (folder: string) =>
      fill(folder, 'new'),
    );
    expect(readManifest(join(cache, 'thing'))?.version).toBe('2.0.0');
    expect(readFileSync(join(cache, 'thing', 'sub', 'a.txt'), 'utf8')).toBe('new');
    expect(readdirSync(cache)).toEqual(['thing']);
  });

  it('is not installed once a file is missing or has another size', async () => {
    const folder = await installFolder(cache, 'thing', about, fill);
    writeFileSync(join(folder, 'sub', 'a.txt'), 'hell');
    expect(isInstalled(folder)).toBe(false);
    rmSync(join(folder, 'sub', 'a.txt'));
    expect(isInstalled(folder)).toBe(false);
  });

  it('finds changed bytes of the same size in the full check only', async () => {
    const folder = await installFolder(cache, 'thing', about, fill);
    expect(await damagedFiles(folder)).toEqual([]);
    writeFileSync(join(folder, 'sub', 'a.txt'), 'jello');
    expect(isInstalled(folder)).toBe(true);
    expect(await damagedFiles(folder)).toEqual(['sub/a.txt']);
  });

  it('leaves the temporary folder of a running set-up alone', () => {
    mkdirSync(join(cache, `.tmp-thing-${process.ppid}`));
    mkdirSync(join(cache, '.tmp-thing-999999999'));
    cleanLeftovers(cache);
    expect(readdirSync(cache)).toEqual([`.tmp-thing-${process.ppid}`]);
  });
});
