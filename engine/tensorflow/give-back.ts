import { readFileSync } from 'node:fs';
import koffi from 'koffi';

const DONT_NEED = 4;

/** A stretch of a file in this process's memory. */
export interface Mapping {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly writable: boolean;
  /** kB that differ from the file: these would be lost. */
  readonly changed: number;
}

/** What /proc/self/smaps lists. @see proc(5) */
export function parseMappings(smaps: string): readonly Mapping[] {
  const found: (Mapping & { changed: number })[] = [];
  for (const line of smaps.split('\n')) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+\s*(.*)$/.exec(line);
    if (head) {
      const [, from, to, rights, path] = head as unknown as [string, string, string, string, string];
      const range = { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
      found.push({ ...range, path, writable: rights.includes('w'), changed: 0 });
      continue;
    }
    const size = /^(?:Private_Dirty|Shared_Dirty|Anonymous|Swap):\s+(\d+) kB/.exec(line);
    if (size && found.length > 0) found.at(-1)!.changed += Number(size[1]);
  }
  return found;
}

/**
 * Lets go of the library's pages that loading it has read and that equal the file: most of them hold code that is
 * never run again. What a step needs is read anew from the system's cache of files. On Linux; elsewhere nothing.
 *
 * @param paths of the library's files
 */
export function giveBackPages(paths: readonly (string | undefined)[]): void {
  if (process.platform !== 'linux') return;
  try {
    const madvise = koffi.load('libc.so.6').func('int madvise(size_t address, size_t bytes, int advice)');
    for (const m of parseMappings(readFileSync('/proc/self/smaps', 'utf8'))) {
      if (paths.includes(m.path) && !m.writable && m.changed === 0) madvise(m.from, m.to - m.from, DONT_NEED);
    }
  } catch {
    // memory is only saved by it: where /proc or madvise is closed, all works as well without
  }
}
