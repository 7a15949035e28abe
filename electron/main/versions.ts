import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { z } from 'zod';
import { toFault, UserError } from '../../engine/errors';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import { fileError } from '../../engine/files/file-error';
import { readTextFile } from '../../engine/files/read-file';
import type { GraphDocument } from '../../engine/graph/document';
import { openDocument, saveDocument } from '../../engine/graph/file';
import { Version } from '../../ipc/document-calls';

/** `net.convloom.json` has its versions in `net.convloom.versions.jsonl`, beside it. */
export const versionsFile = (path: string): string => `${path.replace(/\.json$/i, '')}.versions.jsonl`;

/** The graph stays unread here, so that one of an older file version goes through its migrations. */
const Line = Version.extend({ doc: z.unknown() });
type Line = z.infer<typeof Line>;

export type Versions = ReturnType<typeof createVersions>;

/**
 * Named states of a graph, one a line in a file beside it (docs/decisions/2026-11-28-versions-beside-the-file.md). Lines
 * that cannot be read, e.g. of a newer Convloom, are kept as they are.
 */
export function createVersions(now: () => Date = () => new Date()) {
  const list = async (path: string): Promise<Version[]> =>
    (await linesOf(path))
      .flatMap((text) => parse(text) ?? [])
      .map(({ id, name, saved }) => ({ id, name, saved }))
      .reverse();
  return {
    list,
    async open(path: string, id: string): Promise<GraphDocument> {
      const line = (await linesOf(path)).map(parse).find((l) => l?.id === id);
      if (line) return openDocument(JSON.stringify(line.doc), versionsFile(path));
      throw new UserError(
        'version/missing',
        'This version is no longer there.',
        `Another program deleted it from ${versionsFile(path)}.`,
        'Choose another version.',
        { file: versionsFile(path) },
      );
    },
    async add(path: string, name: string, doc: GraphDocument): Promise<Version[]> {
      const { doc: kept, ...entry } = { id: randomUUID(), name, saved: now().toISOString(), doc };
      const line = JSON.stringify({ ...entry, doc: JSON.parse(saveDocument(kept)) });
      await write(path, [...(await linesOf(path)), line]);
      return list(path);
    },
    async delete(path: string, id: string): Promise<Version[]> {
      await write(
        path,
        (await linesOf(path)).filter((text) => parse(text)?.id !== id),
      );
      return list(path);
    },
    /** Goes along with a graph that has another name now, unless there are versions of that name. */
    async follow(from: string, to: string): Promise<void> {
      const taken = await fs.access(versionsFile(to)).then(
        () => true,
        () => false,
      );
      if (!taken) await fs.rename(versionsFile(from), versionsFile(to)).catch(() => {}); // there are none
    },
  };
}

async function linesOf(path: string): Promise<readonly string[]> {
  try {
    return (await readTextFile(versionsFile(path))).split('\n').filter((line) => line.trim() !== '');
  } catch (error) {
    if (toFault(error, 'Reading the versions').code === 'file/missing') return [];
    throw error;
  }
}

async function write(path: string, lines: readonly string[]): Promise<void> {
  const file = versionsFile(path);
  if (lines.length > 0) return writeFileAtomic(file, `${lines.join('\n')}\n`);
  try {
    await fs.rm(file, { force: true });
  } catch (error) {
    throw fileError(error, file, 'deleted');
  }
}

function parse(text: string): Line | undefined {
  try {
    return Line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
