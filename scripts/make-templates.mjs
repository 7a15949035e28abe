// Writes assets/templates/*.json from scripts/templates/, for a new template or a new file format, with the exact counts
// of scripts/reference/<id>.json; and assets/templates.json, the list of them all. The documents in git are the truth:
// review what changes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const { outputFiles } = await build({
  stdin: {
    contents: `export { saveDocument } from './engine/graph/file';
      export { summarise } from './engine/analysis/template-summary';
      export { families } from './scripts/templates/nets';`,
    resolveDir: root.pathname,
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { saveDocument, summarise, families } = await import(`data:text/javascript;base64,${code}`);
const rows = [];
for (const [family, templates] of Object.entries(families)) {
  for (const [id, make] of Object.entries(templates)) {
    const doc = make();
    doc.reference.figures.unshift(...countsOf(id));
    writeFileSync(new URL(`assets/templates/${id}.json`, root), saveDocument(doc));
    rows.push(JSON.stringify(summarise(id, family, doc)));
  }
}
writeFileSync(new URL('assets/templates.json', root), `[\n  ${rows.join(',\n  ')}\n]\n`);

/** What another implementation counts. */
function countsOf(id) {
  const file = new URL(`scripts/reference/${id}.json`, root);
  if (!existsSync(file)) return [];
  const { implementation, params, macs } = JSON.parse(readFileSync(file, 'utf8'));
  const from = implementation.replace(/^own definition: /, 'recounted from the definition: ');
  const statistics = { name: 'running statistics', value: params.nonTrainable, from };
  return [
    { name: 'parameters', value: params.trainable, from },
    ...(params.nonTrainable > 0 ? [statistics] : []),
    { name: 'macs', value: macs, from },
  ];
}
