import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
export const bundle = path('../dist/bench/step.mjs');

/** Bundles bench/step.ts with the engine that it drives, as the app's worker is bundled. */
export async function buildStep() {
  await import('../scripts/gen-nodes.mjs'); // the list of kinds is not in git
  await build({
    entryPoints: [path('step.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['koffi'],
    logLevel: 'warning',
  });
}
