import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answers } from './command.mjs';
import { announcedSize, downloadArguments, downloadProblem, progressText } from './pip.mjs';
import { explain, requireNode } from './problem.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-pip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const wanted = {
  distribution: 'nvidia-nccl-cu12',
  requirement: 'nvidia-nccl-cu12<3.0,>=2.27.7',
  platforms: ['manylinux_2_27_x86_64'],
  label: 'NCCL',
};

describe('pip', () => {
  it('reads how much pip is about to download, and shows the share', () => {
    expect(
      announcedSize('Collecting a\n  Downloading a-1.whl (1.5 kB)\n  Downloading b-2.whl (273.8 MB)\n'),
    ).toBe(273.8e6);
    expect(announcedSize('Collecting a\n')).toBe(0);
    expect(progressText(117.7e6, 273.8e6, 10)).toBe('(274 MB) … 42 %  12 MB/s');
    expect(progressText(5e6, 0, 0)).toBe('5 MB');
  });

  it('asks for a binary wheel of this platform, whatever Python pip runs under', () => {
    const args = downloadArguments(wanted, 'out');
    expect(args).toContain('--no-deps');
    expect(args.join(' ')).toContain(
      '--only-binary=:all: --python-version 3.11 --platform manylinux_2_27_x86_64',
    );
  });

  it('says what failed, why, and the command to try, quoted for a shell', () => {
    const output =
      'WARNING: Retrying\nERROR: No matching distribution found for nvidia-nccl-cu12<3.0,>=2.27.7\n';
    const text = explain(downloadProblem(wanted, ['python3', '-m', 'pip'], output));
    expect(text).toContain('✗ NCCL could not be downloaded');
    expect(text).toContain('pip reached no package index that has it.');
    expect(text).toContain('ERROR: No matching distribution found');
    expect(text).toMatch(/python3 -m pip download .* 'nvidia-nccl-cu12<3\.0,>=2\.27\.7'/);
    expect(text).not.toMatch(/^\s+at /m);
  });

  it.runIf(process.platform === 'linux' && answers('python3', ['-m', 'pip', '--version']))(
    'ends with exit code 1 and a clear message without a network, leaving nothing behind',
    () => {
      mkdirSync(join(folder, 'convloom', 'downloads'), { recursive: true });
      writeFileSync(join(folder, 'convloom', 'downloads', 'tensorflow_cpu-2.21.0-cp311.whl'), 'half a wheel');
      const script = fileURLToPath(new URL('../setup.mjs', import.meta.url));
      const offline = {
        PIP_NO_INDEX: '1',
        PIP_FIND_LINKS: '',
        TENSORFLOW_DIR: '',
        CONVLOOM_TENSORFLOW: 'cpu',
      };
      const env = { ...process.env, ...offline, XDG_CACHE_HOME: folder };
      const done = spawnSync(process.execPath, [script, '--no-electron'], { env, encoding: 'utf8' });
      expect(done.status).toBe(1);
      expect(done.stderr).toContain('TensorFlow 2.21.0 could not be downloaded');
      expect(done.stderr).toContain('TENSORFLOW_DIR');
      expect(done.stderr).not.toMatch(/^\s+at /m);
      expect(readdirSync(join(folder, 'convloom', 'downloads'))).toEqual([]);
      expect(existsSync(join(folder, 'convloom', 'setup.lock'))).toBe(false);
    },
    60_000,
  );
});

describe('requireNode', () => {
  it('takes Node 20.19 and newer, and says what to do with an older one', () => {
    for (const version of ['20.19.0', '22.0.0', '26.1.0']) expect(() => requireNode(version)).not.toThrow();
    for (const version of ['20.18.3', '18.20.0']) expect(() => requireNode(version)).toThrow(/too old/);
  });
});
