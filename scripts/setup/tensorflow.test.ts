import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformName } from './paths.mjs';
import { findTensorFlow, newestCached } from './tensorflow.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-tf-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names: Record<string, string> = { linux: 'libtensorflow_cc.so.2', darwin: 'libtensorflow_cc.2.dylib' };
const library = names[process.platform] ?? '_pywrap_tensorflow_common.dll';

function put(...parts: string[]) {
  const at = join(folder, ...parts);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, library), 'library');
  return at;
}

/** A folder in the cache as an installation leaves it. */
function putCached(name: string) {
  const at = put('cache', name);
  writeFileSync(
    join(at, 'manifest.json'),
    JSON.stringify({ format: 1, files: [{ path: library, size: 7 }] }),
  );
  return at;
}

const cachedName = (version: string, variant = 'cpu') => `tensorflow-${version}-${variant}-${platformName()}`;
const find = (env = {}) =>
  findTensorFlow({ env, cache: join(folder, 'cache'), project: join(folder, 'project') });

describe('findTensorFlow', () => {
  it('finds nothing on a bare machine', () => expect(find()).toBeUndefined());

  it('takes TENSORFLOW_DIR, then the cache, then tfjs-node-gpu, then tfjs-node', () => {
    const modules = ['project', 'node_modules', '@tensorflow'];
    const node = put(...modules, 'tfjs-node', 'deps', 'lib');
    expect(find()).toEqual({ folder: node, from: 'tfjs-node' });
    const gpu = put(...modules, 'tfjs-node-gpu', 'deps', 'lib');
    expect(find()).toEqual({ folder: gpu, from: 'tfjs-node-gpu' });
    const cached = putCached(cachedName('2.21.0'));
    expect(find()).toEqual({ folder: cached, from: 'cache' });
    const own = put('own');
    expect(find({ TENSORFLOW_DIR: own })).toEqual({ folder: own, from: 'TENSORFLOW_DIR' });
  });

  it('says so when TENSORFLOW_DIR holds no library, instead of taking another', () => {
    putCached(cachedName('2.21.0'));
    expect(() => find({ TENSORFLOW_DIR: folder })).toThrow(/TENSORFLOW_DIR holds no TensorFlow library/);
  });

  it('takes the newest version by number, and the GPU build of it', () => {
    putCached(cachedName('2.9.3', 'cuda'));
    const older = putCached(cachedName('2.21.0'));
    expect(newestCached(join(folder, 'cache'))).toBe(older);
    const gpu = putCached(cachedName('2.21.0', 'cuda'));
    expect(newestCached(join(folder, 'cache'))).toBe(gpu);
  });

  it('passes over folders that are unfinished, cut, or of another platform', () => {
    put('cache', cachedName('2.23.0'));
    put('cache', `.tmp-${cachedName('2.22.0')}-1234`);
    putCached('tensorflow-2.22.0-cpu-plan9-mips');
    const cut = putCached(cachedName('2.24.0'));
    writeFileSync(join(cut, library), 'lib');
    expect(find()).toBeUndefined();
  });
});
