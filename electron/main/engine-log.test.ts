import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEngineLog } from './engine-log';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps what the engine prints, and two files of bounded length at most', () => {
  const log = createEngineLog(join(folder, 'logs', 'engine.log'), 1000);
  for (let i = 0; i < 500; i++) log.write(`line ${i}`);
  expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['engine.1.log', 'engine.log']);
  expect(readFileSync(log.file, 'utf8')).toContain('line 499\n');
  for (const name of ['engine.log', 'engine.1.log'])
    expect(statSync(join(folder, 'logs', name)).size).toBeLessThan(1100);
});

it('has the last lines at hand, also where it cannot write', () => {
  mkdirSync(join(folder, 'engine.log'));
  const log = createEngineLog(join(folder, 'engine.log'));
  log.write('one\n\ntwo\n');
  log.write('three');
  expect(log.tail(2)).toEqual(['two', 'three']);
});
