import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { saveDocument } from '../graph/file';
import { random } from '../random';
import { RunControl } from './control';
import { readEvents } from './run-folder';
import { collect, folderOf, measured, scratch, stripes, tinyNet, trained, weightsHash } from './testing';
import { continueRun } from './trainer';

const KILLS = 6;

/** A process that trains the document in `graph.json`, and prints each event. */
async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, 'trainer.cjs');
  const contents = `
    import { readFileSync, writeSync } from 'node:fs';
    import { openDocument } from '../graph/file';
    import { RunControl } from './control';
    import { train } from './trainer';
    (async () => {
      const [file, runsFolder] = process.argv.slice(2);
      const doc = openDocument(readFileSync(file, 'utf8'));
      for await (const event of train({ doc, runsFolder, control: new RunControl() })) {
        writeSync(1, JSON.stringify(event) + '\\n');
      }
    })();`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    ...{
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['koffi', '@napi-rs/image'],
      outfile,
      logLevel: 'error',
    },
  });
  return outfile;
}

/** Trains apart and kills that process some time after its first checkpoint. Gives back the run's folder. */
async function trainAndKill(trainer: string, doc: GraphDocument, after: number): Promise<string> {
  const folder = await scratch();
  await writeFile(join(folder, 'graph.json'), saveDocument(doc));
  const modules = join(import.meta.dirname, '..', '..', 'node_modules');
  const child = spawn(process.execPath, [trainer, join(folder, 'graph.json'), folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_PATH: modules },
  });
  let text = '';
  for await (const chunk of child.stdout) {
    const before = text.includes('"checkpoint"');
    text += chunk;
    if (!before && text.includes('"checkpoint"')) setTimeout(() => child.kill('SIGKILL'), after);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  expect(child.signalCode, 'it was killed before its end').toBe('SIGKILL');
  return JSON.parse(text.split('\n').find((line) => line.includes('"start"'))!).folder;
}

it(`a run that was killed goes on as if it had not been, in ${KILLS} kills`, {
  timeout: 90_000,
}, async () => {
  const doc = tinyNet(await stripes(), { epochs: 30 });
  const whole = await trained(doc);
  const last = 30 * 5;
  const trainer = await bundle(await scratch());
  const next = random(2);
  const moments = Array.from({ length: KILLS }, () => 80 * next());
  for (let i = 0; i < KILLS; i += 3) {
    const folders = await Promise.all(
      moments.slice(i, i + 3).map((after) => trainAndKill(trainer, doc, after)),
    );
    for (const folder of folders) {
      await collect(continueRun(folder, new RunControl()));
      expect(measured(await readEvents(folder))).toEqual(measured(whole));
      expect(await weightsHash(folder, last)).toBe(await weightsHash(folderOf(whole), last));
    }
  }
});
