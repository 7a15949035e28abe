import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder } from '../cache-folder';
import { UserError } from '../errors';
import { libraryIn, locateTensorFlow } from './locate';
import { linkLibrary, runApart, scratch } from './testing';

let root: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  root = scratch();
  env = { XDG_CACHE_HOME: join(root, 'cache') };
});

/** A folder with files of the library's names, and nothing in them. */
function place(...path: string[]): string {
  const folder = join(root, ...path);
  mkdirSync(folder, { recursive: true });
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
    writeFileSync(join(folder, name), '');
  return folder;
}
function placeCached(name: string): string {
  const folder = place('cache', 'convloom', name);
  writeFileSync(join(folder, 'manifest.json'), '{}');
  return folder;
}
function placePackage(name: string): string {
  const folder = place('node_modules', '@tensorflow', name, 'deps', 'lib');
  writeFileSync(join(folder, '..', '..', 'package.json'), JSON.stringify({ name: `@tensorflow/${name}` }));
  return folder;
}
const found = () => locateTensorFlow(root, env).folder;
function fault(): UserError {
  try {
    locateTensorFlow(root, env);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was found');
}

describe.runIf(process.platform === 'linux')('TensorFlow is looked for', () => {
  it('in TENSORFLOW_DIR, then in the cache, then in tfjs-node-gpu, then in tfjs-node', () => {
    const order = [placePackage('tfjs-node')];
    expect(found()).toBe(order[0]);
    order.push(placePackage('tfjs-node-gpu'));
    expect(found()).toBe(order[1]);
    order.push(placeCached('tensorflow-2.21.0-cpu-linux-x64'));
    expect(found()).toBe(order[2]);
    order.push(place('own'));
    env['TENSORFLOW_DIR'] = order[3];
    expect(found()).toBe(order[3]);
  });

  it('in the newest version of the cache, by number', () => {
    for (const version of ['2.9.0', '2.21.0', '2.3.0']) placeCached(`tensorflow-${version}-cpu-linux-x64`);
    expect(found()).toContain('tensorflow-2.21.0');
  });

  it('in no folder of the cache that set-up did not finish', () => {
    place('cache', 'convloom', 'tensorflow-2.21.0-cpu-linux-x64');
    expect(fault().code).toBe('tensorflow/missing');
  });

  it('and missing, with where it was looked for and what to do', () => {
    const { code, why, remedy } = fault();
    expect(code).toBe('tensorflow/missing');
    expect(why).toContain(cacheFolder(env));
    expect(remedy).toContain('npm start');
  });

  it.each([
    ['is empty', () => scratch()],
    ['is not there', () => join(root, 'nowhere')],
    ['is the library itself', () => join(place('own'), 'libtensorflow_cc.so.2')],
  ])('and missing where TENSORFLOW_DIR %s, whatever lies elsewhere', (_, folder) => {
    placeCached('tensorflow-2.21.0-cpu-linux-x64');
    env['TENSORFLOW_DIR'] = folder();
    expect(fault()).toMatchObject({ code: 'tensorflow/missing', place: { file: env['TENSORFLOW_DIR'] } });
  });

  it('not behind links that lead nowhere', () => {
    for (const name of ['libtensorflow.so.2', 'libtensorflow_framework.so.2']) {
      symlinkSync(join(root, 'gone'), join(root, name));
    }
    expect(libraryIn(root)).toBeUndefined();
  });

  it('as two files: one alone is not whole', () => {
    writeFileSync(join(root, 'libtensorflow.so.2'), '');
    expect(libraryIn(root)).toBeUndefined();
    writeFileSync(join(root, 'libtensorflow_framework.so.2'), '');
    expect(libraryIn(root)?.main).toBe(join(root, 'libtensorflow.so.2'));
  });
});

describe('TensorFlow is known by other names', () => {
  const put = (...names: string[]) => {
    for (const name of names) writeFileSync(join(root, name), '');
  };
  it('on macOS', () => {
    put('libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib');
    expect(libraryIn(root, 'darwin')?.framework).toContain('framework.2.dylib');
  });
  it('on Windows, where one file holds all', () => {
    put('_pywrap_tensorflow_common.dll');
    expect(libraryIn(root, 'win32')).toMatchObject({ framework: undefined });
  });
});

/** Opens the library, adds 2 and 3 in a session, and prints what it found; or prints the fault. */
const TINY = `
  import { openTensorFlow, newSession } from './runtime';
  import { TfGraph } from './graph';
  (async () => {
    try {
      const tf = openTensorFlow();
      const graph = new TfGraph(tf.c);
      const sum = graph.add('AddV2', 'sum', [graph.float(2), graph.float(3)]);
      const session = newSession(tf, graph);
      const [bytes] = await session.run({ fetches: [sum] });
      session.close();
      console.log(JSON.stringify({ folder: tf.library.folder, version: tf.version, sum: new Float32Array(bytes)[0] }));
    } catch (error) {
      console.log(JSON.stringify({ code: error.code, what: error.what, why: error.why, remedy: error.remedy }));
    }
  })();`;

describe.runIf(process.platform === 'linux')('TensorFlow is loaded', { timeout: 60_000 }, () => {
  it('from the folders of tfjs-node, where a user has it', async () => {
    const lib = join(root, 'node_modules', '@tensorflow', 'tfjs-node', 'deps', 'lib');
    mkdirSync(lib, { recursive: true });
    writeFileSync(join(lib, '..', '..', 'package.json'), '{"name": "@tensorflow/tfjs-node"}');
    linkLibrary(lib);
    const told = JSON.parse(await runApart(TINY, { XDG_CACHE_HOME: root, TENSORFLOW_DIR: '' }, root));
    expect(told).toMatchObject({ folder: lib, sum: 5 });
    expect(told.version).toMatch(/^2\.\d+/);
  });

  it.each([
    ['text', () => 'this is no library'],
    ['nothing', () => ''],
    ['the start of one', () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
  ])('never from a file that holds %s: the fault names the folder and the cause', async (_, bytes) => {
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
      writeFileSync(join(root, name), bytes());
    const told = JSON.parse(await runApart(TINY, { TENSORFLOW_DIR: root }));
    expect(told.code).toBe('tensorflow/load');
    expect(told.what).toContain(root);
    expect(told.why).toContain('libtensorflow');
    expect(told.remedy).toContain('Unset TENSORFLOW_DIR');
  });

  it('never from a library that has other functions', async () => {
    const other = ['/lib/x86_64-linux-gnu/libm.so.6', '/usr/lib/libm.so.6', '/lib64/libm.so.6'].find(
      existsSync,
    );
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
      symlinkSync(other ?? process.execPath, join(root, name));
    }
    const told = JSON.parse(await runApart(TINY, { TENSORFLOW_DIR: root }));
    expect(told.code).toBe('tensorflow/load');
  });
});
