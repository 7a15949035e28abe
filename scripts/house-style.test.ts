import { execFileSync, spawnSync } from 'node:child_process';
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
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = () =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .filter((f) => existsSync(join(root, f)));

it('compares the type of a node with a literal nowhere but in the catalogue', () => {
  const kinds = readdirSync(join(root, 'engine/nodes'), { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name);
  const comparison = new RegExp(`\\btype\\s*[!=]==?\\s*'(${kinds.join('|')})'`);
  const product = sources().filter(
    (f) => !f.startsWith('engine/nodes/') && !/(test|testing)\.tsx?$|^e2e\//.test(f),
  );
  const guilty = product.filter((f) => comparison.test(readFileSync(join(root, f), 'utf8')));
  expect(product.length).toBeGreaterThan(150);
  expect(guilty).toEqual([]);
});

it('keeps every file under 400 lines', () => {
  const long = sources().filter((f) => readFileSync(join(root, f), 'utf8').split('\n').length > 400);
  expect(long).toEqual([]);
});

/** What the layer lint says of a tree with these files. */
function layers(files: Record<string, string>): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-layers-'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "moduleResolution": "bundler", "module": "ESNext" } }',
  );
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [cruiser, '--config', config, ...new Set(Object.keys(files).map((f) => f.split('/')[0]!))];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  return { status, output: stdout + stderr };
}

it.each([
  ['engine/graph/a.ts', 'engine/nodes/b.ts', 'engine/graph'],
  ['engine/nodes/conv/a.ts', 'engine/nodes/pool/b.ts', 'nodes-apart'],
  ['renderer/a.ts', 'engine/train/b.ts', 'renderer'],
  ['electron/a.ts', 'renderer/b.ts', 'electron'],
  ['engine/compile/a.ts', 'engine/train/b.ts', 'engine/compile'],
])('has a layer lint that turns red: %s reads %s', (from, to, rule) => {
  const up = '../'.repeat(from.split('/').length - 1);
  const files = {
    [from]: `import { b } from '${up}${to.replace(/\.ts$/, '')}';\nexport const a = b;\n`,
    [to]: 'export const b = 1;\n',
  };
  const { status, output } = layers(files);
  expect(output).toContain(rule);
  expect(status).toBeGreaterThan(0);
});

it('has a layer lint that stays green on an arrow that is allowed', () => {
  const { status, output } = layers({
    'engine/nodes/conv/a.ts': "import { b } from '../../ir/b';\nexport const a = b;\n",
    'engine/ir/b.ts': 'export const b = 1;\n',
  });
  expect(output).toContain('2 modules');
  expect(status).toBe(0);
});
