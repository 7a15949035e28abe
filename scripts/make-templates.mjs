// Writes assets/templates/*.json from scripts/templates/nets.ts, for a new template or a new file format.
// The documents in git are the truth: review what changes.
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const { outputFiles } = await build({
  stdin: {
    contents: `export { saveDocument } from './engine/graph/file';
      export { templates } from './scripts/templates/nets';`,
    resolveDir: root.pathname,
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { saveDocument, templates } = await import(`data:text/javascript;base64,${code}`);
for (const [id, make] of Object.entries(templates)) {
  writeFileSync(new URL(`assets/templates/${id}.json`, root), saveDocument(make()));
}
