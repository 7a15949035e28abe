// Convloom's own step as a peer: the engine, bundled by bench/build.mjs, spoken to as every other peer is. With the
// argument `sgemm` it measures products of matrices instead, and ends; with `use` a step is a batch in use.
import { answer, serve } from './protocol.mjs';

const bundle = '../../dist/bench/step.mjs';
if (process.argv[2] === 'sgemm') {
  const { loadRuntime, sgemmPeak } = await import(bundle);
  answer({ peak: await sgemmPeak(loadRuntime()) });
} else {
  const parts = await import(bundle);
  if (process.argv[2] === 'use') await serve(parts.loadForUse, parts.prepareUse);
  else await serve(parts.loadRuntime, parts.prepare);
}
