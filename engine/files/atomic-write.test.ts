import { execFileSync, fork, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFileAtomic } from './atomic-write';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const files = () => readdirSync(folder).sort();

/** A child process that saves: `node save.cjs <path> <times> <kilobytes>` writes 0, 1, 2 … over one another. */
function saver(): string {
  const outfile = join(tmpdir(), `convloom-saver-${process.pid}.cjs`);
  if (existsSync(outfile)) return outfile;
  const contents = `
    import { writeFileAtomic } from './atomic-write';
    const [path, times, size] = process.argv.slice(2);
    const save = async () => {
      for (let i = 0; i < Number(times); i++) {
        await writeFileAtomic(path, JSON.stringify({ i, pad: String(i % 10).repeat(Number(size) * 1024) }));
        process.send?.(i);
      }
    };
    save().catch((e) => { console.log(JSON.stringify({ code: e.code, what: e.what, why: e.why })); process.exitCode = 3; });`;
  buildSync({
    stdin: { contents, resolveDir: __dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
  });
  return outfile;
}

it('writes a new file, and then replaces it', async () => {
  const path = join(folder, 'net.json');
  await writeFileAtomic(path, 'one');
  await writeFileAtomic(path, new Uint8Array([116, 119, 111]));
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(files()).toEqual(['net.json']);
});

it('keeps the permissions of the file that it replaces', async () => {
  const path = join(folder, 'net.json');
  writeFileSync(path, 'old');
  chmodSync(path, 0o640);
  await writeFileAtomic(path, 'new');
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

it('writes through a link', async () => {
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'net.json'), 'old');
  symlinkSync(join(folder, 'real', 'net.json'), join(folder, 'link.json'));
  await writeFileAtomic(join(folder, 'link.json'), 'new');
  expect(readFileSync(join(folder, 'real', 'net.json'), 'utf8')).toBe('new');
});

it('takes every name that the file system takes, up to 255 bytes', async () => {
  for (const name of [
    'a b%20#?.json',
    'нейросеть 网络.json',
    '.hidden',
    `${'x'.repeat(250)}.json`,
    'é'.normalize('NFD'),
  ]) {
    await writeFileAtomic(join(folder, name), name);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(name);
  }
});

it('lets the last of many writes at once stay', async () => {
  const path = join(folder, 'net.json');
  await Promise.all(
    Array.from({ length: 50 }, (_, i) => writeFileAtomic(path, `${i}`.padStart(10_000, ' '))),
  );
  expect(readFileSync(path, 'utf8').trim()).toBe('49');
  expect(files()).toEqual(['net.json']);
});

it('goes on after a write that failed', async () => {
  const path = join(folder, 'not-yet', 'net.json');
  await expect(writeFileAtomic(path, 'one')).rejects.toMatchObject({
    code: 'file/missing',
    place: { file: path },
  });
  mkdirSync(join(folder, 'not-yet'));
  await writeFileAtomic(path, 'two');
  expect(readFileSync(path, 'utf8')).toBe('two');
});

it('refuses a folder, and a name that is too long', async () => {
  await expect(writeFileAtomic(folder, 'x')).rejects.toMatchObject({ code: 'file/is-folder' });
  await expect(writeFileAtomic(join(folder, 'x'.repeat(300)), 'x')).rejects.toMatchObject({
    code: 'file/long-name',
  });
  expect(files()).toEqual([]);
});

it.skipIf(isRoot)('leaves a write-protected file alone', async () => {
  const path = join(folder, 'net.json');
  writeFileSync(path, 'old', { mode: 0o444 });
  await expect(writeFileAtomic(path, 'new')).rejects.toMatchObject({ code: 'file/no-permission' });
  expect(readFileSync(path, 'utf8')).toBe('old');
});

it.skipIf(isRoot)('says that a folder is read-only, and leaves the old file', async () => {
  const path = join(folder, 'net.json');
  writeFileSync(path, 'old');
  chmodSync(folder, 0o555);
  await expect(writeFileAtomic(path, 'new')).rejects.toMatchObject({ code: 'file/no-permission' });
  chmodSync(folder, 0o755);
  expect(readFileSync(path, 'utf8')).toBe('old');
});

it('sweeps what a killed writer left, and nothing else', async () => {
  const path = join(folder, 'net.json');
  await writeFileAtomic(path, 'old');
  const child = join(folder, 'child');
  mkdirSync(child);
  const killed = spawnSync(process.execPath, [saver(), join(child, 'a.json'), '1', '1']);
  expect(killed.status).toBe(0);
  const ours = execFileSync(process.execPath, [
    '-e',
    `
    const { createHash } = require('node:crypto');
    const short = (t, n) => createHash('sha256').update(t).digest('hex').slice(0, n);
    console.log('.convloom-' + short('a.json', 10) + '-' + short(require('node:os').hostname(), 4));`,
  ])
    .toString()
    .trim();
  for (const name of [`${ours}-4194999-1.tmp`, '.convloom-0123456789-zzzz-1-1.tmp', 'mine.tmp'])
    writeFileSync(join(child, name), '');
  await writeFileAtomic(join(child, 'a.json'), 'new');
  expect(readdirSync(child).sort()).toEqual(['.convloom-0123456789-zzzz-1-1.tmp', 'a.json', 'mine.tmp']);
});

it('leaves the old or the new content when it is killed in the middle of a save', {
  timeout: 60_000,
}, async () => {
  const path = join(folder, 'net.json');
  for (let kill = 0; kill < 50; kill++) {
    const child = fork(saver(), [path, '1000', '200'], { stdio: 'ignore' });
    await new Promise((ready) => child.once('message', ready));
    await new Promise((later) => setTimeout(later, Math.random() * 15));
    child.kill('SIGKILL');
    await new Promise((gone) => child.once('exit', gone));
    const { i, pad } = JSON.parse(readFileSync(path, 'utf8')) as { i: number; pad: string };
    expect(pad).toBe(String(i % 10).repeat(200 * 1024));
  }
  spawnSync(process.execPath, [saver(), path, '1', '1']);
  expect(files()).toEqual(['net.json']); // the next start sweeps what the kills left
});

const canMount =
  isRoot && works('sh', '-c', 'd=$(mktemp -d) && mount -t tmpfs -o size=64k none $d && umount $d');
it.skipIf(!canMount)(
  'says that the disk is full, keeps the old file, and saves again when there is space',
  async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder]);
    try {
      const path = join(folder, 'net.json');
      await writeFileAtomic(path, 'old');
      writeFileSync(join(folder, 'ballast'), Buffer.alloc(40 * 1024));
      await expect(writeFileAtomic(path, Buffer.alloc(100_000))).rejects.toMatchObject({
        code: 'file/no-space',
        what: expect.stringContaining(path),
      });
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(files()).toEqual(['ballast', 'net.json']);
      rmSync(join(folder, 'ballast'));
      await writeFileAtomic(path, Buffer.alloc(20_000));
      expect(statSync(path).size).toBe(20_000);
      execFileSync('mount', ['-o', 'remount,ro', folder]);
      await expect(writeFileAtomic(path, 'new')).rejects.toMatchObject({ code: 'file/read-only' });
    } finally {
      execFileSync('umount', [folder]);
    }
  },
);

it.skipIf(process.platform === 'win32')('says that a file would be too long, and keeps the old one', () => {
  const path = join(folder, 'net.json');
  writeFileSync(path, 'old');
  const run = spawnSync('sh', [
    '-c',
    `ulimit -f 100; exec "${process.execPath}" "${saver()}" "${path}" 1 200`,
  ]);
  expect(run.stdout.toString(), run.stderr.toString()).toContain('file/too-big');
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(files()).toEqual(['net.json']);
});

const canTrace = works('strace', '-f', '-o', '/dev/null', 'true');
const FAULTS = [
  ['fsync', 'EIO', 'file/disk'],
  ['fsync', 'ENOSPC', 'file/no-space'],
  ['rename', 'EACCES', 'file/no-permission'],
  ['rename', 'EROFS', 'file/read-only'],
  ['rename', 'EXDEV', 'file/failed'],
] as const;
it.skipIf(!canTrace).each(FAULTS)(
  'keeps the old file when %s fails with %s',
  { timeout: 30_000 },
  (call, errno, code) => {
    const path = join(folder, 'net.json');
    writeFileSync(path, 'old');
    const inject = ['-f', '-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${call}:error=${errno}`];
    const run = spawnSync('strace', [...inject, process.execPath, saver(), path, '1', '1']);
    expect(run.stdout.toString(), run.stderr.toString()).toContain(code);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(files()).toEqual(['net.json']);
  },
);

it.skipIf(!canTrace)(
  'does not call a save failed that is whole: the folder could not be flushed',
  { timeout: 30_000 },
  () => {
    const path = join(folder, 'net.json');
    const inject = ['-f', '-o', '/dev/null', '-e', 'trace=fsync', '-e', 'inject=fsync:error=EINVAL:when=2'];
    const run = spawnSync('strace', [...inject, process.execPath, saver(), path, '1', '1']);
    expect(run.status, run.stdout.toString()).toBe(0);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ i: 0 });
  },
);
