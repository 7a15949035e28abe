import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import { fileError } from '../../engine/files/file-error';
import { readTextFile } from '../../engine/files/read-file';
import type { GraphDocument } from '../../engine/graph/document';
import { openDocument } from '../../engine/graph/file';
import type { OpenedFile } from '../../ipc/contract';

/** The document stays unread here, so that a kept one of an older version goes through its migrations. */
const Kept = z.object({
  ...{ path: z.string().nullable(), saved: z.string(), name: z.string(), doc: z.unknown() },
  stamp: z.string().nullable().default(null),
});
const Key = z.string().regex(/^[\w-]{1,64}$/);

export interface Recovered {
  readonly key: string;
  readonly path: string | null;
  readonly saved: string;
  readonly name: string;
}
export interface Recovery {
  keep(work: {
    readonly key: string;
    readonly path: string | null;
    readonly doc: GraphDocument;
    /** What the file held that the work started from, so that a later save notices other changes of it. */
    readonly stamp?: string | null;
  }): Promise<void>;
  /** What a crash left, the newest first. */
  list(): Promise<Recovered[]>;
  open(key: string): Promise<OpenedFile>;
  drop(key: string): Promise<void>;
  /** At a clean end: drops what this session kept, and keeps nothing any more. */
  close(): Promise<void>;
}

/** Unsaved work, one file a document in `folder`. A crash leaves the files; a clean end does not. */
export function createRecovery(folder: string, now: () => Date = () => new Date()): Recovery {
  const file = (key: string) => join(folder, `${Key.parse(key)}.json`);
  const mine = new Set<string>();
  let closed = false;

  const read = async (key: string) => Kept.parse(JSON.parse(await readTextFile(file(key))));
  const drop = async (key: string): Promise<void> => {
    mine.delete(key);
    try {
      await rm(file(key), { force: true });
    } catch (error) {
      throw fileError(error, file(key), 'deleted');
    }
  };
  const describe = async (key: string): Promise<Recovered[]> => {
    try {
      const { path, saved, name } = await read(key);
      return [{ key, path, saved, name }];
    } catch {
      return []; // a stranger's file, or one cut short: nothing to offer
    }
  };
  return {
    async keep({ key, path, doc, stamp = null }) {
      if (closed) return;
      mine.add(key);
      await mkdir(folder, { recursive: true });
      const kept = { path, saved: now().toISOString(), name: doc.name, stamp, doc };
      await writeFileAtomic(file(key), JSON.stringify(kept));
      if (closed) await drop(key); // it came in while the window went
    },
    async list() {
      const names = await readdir(folder).catch(() => []);
      const keys = names.flatMap((n) => /^([\w-]{1,64})\.json$/.exec(n)?.[1] ?? []);
      const found = (await Promise.all(keys.map(describe))).flat();
      return found.sort((a, b) => b.saved.localeCompare(a.saved));
    },
    async open(key) {
      const { path, doc, stamp } = await read(key);
      mine.add(key);
      return { path, doc: openDocument(JSON.stringify(doc), file(key)), stamp };
    },
    drop,
    async close() {
      closed = true;
      await Promise.all([...mine].map((key) => drop(key).catch(() => {})));
    },
  };
}
