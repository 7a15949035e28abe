// Writes docs/nodes/*.md and their pictures from the definitions of the kinds. A test holds the pages to them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { generateNodes } from './build.mjs';
import { root } from './setup/paths.mjs';

await generateNodes();
const bundle = join(root, 'dist', 'node-docs.cjs');
await build({
  entryPoints: [join(root, 'scripts', 'docs', 'node-pages.ts')],
  outfile: bundle,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  logLevel: 'error',
});
const { coloursOf } = await import('./docs/themes.mjs');
const { nodePages, indexPage } = createRequire(import.meta.url)(bundle);
rmSync(bundle);
const css = readFileSync(join(root, 'renderer', 'styles', 'tokens.css'), 'utf8');
const pages = nodePages(coloursOf(css, 'light'), coloursOf(css, 'dark'));
const folder = join(root, 'docs', 'nodes');
rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, 'pictures'), { recursive: true });
for (const { type, markdown, picture } of pages) {
  writeFileSync(join(folder, `${type}.md`), markdown);
  writeFileSync(join(folder, 'pictures', `${type}.svg`), picture);
}
writeFileSync(join(folder, 'README.md'), indexPage(pages));
console.log(`${pages.length} pages in docs/nodes`);
