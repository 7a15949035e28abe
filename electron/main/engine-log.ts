import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MOST = 1024 * 1024;

export interface EngineLog {
  readonly file: string;
  write(text: string): void;
  /** The last lines, for an error's reason. */
  tail(lines: number): readonly string[];
}

/** What the engine prints, in `file`; beyond 1 MB it becomes `engine.1.log` and a new one begins. */
export function createEngineLog(file: string, limit = MOST): EngineLog {
  let recent: string[] = [];
  return {
    file,
    write(text) {
      recent = [...recent, ...text.split('\n').filter((l) => l.trim() !== '')].slice(-50);
      try {
        mkdirSync(dirname(file), { recursive: true });
        rotate(file, limit);
        appendFileSync(file, text.endsWith('\n') ? text : `${text}\n`);
      } catch {
        // a full or read-only disk: the tail in memory still serves
      }
    },
    tail: (lines) => recent.slice(-lines),
  };
}

function rotate(file: string, limit: number): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > limit) renameSync(file, file.replace(/(\.log)?$/, '.1.log'));
}
