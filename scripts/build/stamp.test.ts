import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, isFresh, writeStamp } from './stamp.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'convloom-stamp-'));
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const print = () => fingerprint(root, ['src', 'package-lock.json', 'not-there']);

describe('fingerprint', () => {
  it('stays the same while nothing changes', () => expect(print()).toBe(print()));

  it('changes when a source is written, added, removed or only touched', () => {
    const seen = new Set([print()]);
    writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'longer');
    seen.add(print());
    writeFileSync(join(root, 'src', 'b.ts'), '');
    seen.add(print());
    utimesSync(join(root, 'src', 'b.ts'), 1, 1);
    seen.add(print());
    writeFileSync(join(root, 'package-lock.json'), '{}');
    seen.add(print());
    rmSync(join(root, 'src', 'deep'), { recursive: true });
    seen.add(print());
    expect(seen.size).toBe(6);
  });

  it('does not change with tests, hidden files and what tools leave', () => {
    const before = print();
    for (const name of ['a.test.ts', 'b.test.tsx', '.hidden', 'vite.config.ts.timestamp-12.mjs']) {
      writeFileSync(join(root, 'src', name), 'x');
    }
    expect(print()).toBe(before);
  });
});

describe('isFresh', () => {
  it('needs the same fingerprint and every output', () => {
    const stamp = join(root, 'dist', '.stamp');
    const output = join(root, 'dist', 'main.cjs');
    expect(isFresh(stamp, 'p', [])).toBe(false);
    writeStamp(stamp, 'p');
    expect(isFresh(stamp, 'p', [output])).toBe(false);
    writeFileSync(output, '');
    expect(isFresh(stamp, 'p', [output])).toBe(true);
    expect(isFresh(stamp, 'q', [output])).toBe(false);
  });
});
