import { resolve } from 'node:path';
import { type Fault, toFault } from '../../engine/errors';
import type { OpenedFile } from '../../ipc/contract';
import type { Documents } from './documents';
import { startDocument, type Templates } from './templates';

/** The graph file among the arguments of a start: the first that is no switch and ends in .json. */
export const fileArgument = (argv: readonly string[], cwd: string): string | undefined => {
  const file = argv.slice(1).find((a) => !a.startsWith('-') && /\.json$/i.test(a));
  return file === undefined ? undefined : resolve(cwd, file);
};

/** The file that was asked for; without one, or where it cannot be opened (which is told), the example. */
export async function startFile(
  file: string | undefined,
  documents: Pick<Documents, 'read'>,
  templates: Templates,
  tell: (fault: Fault) => void,
): Promise<OpenedFile> {
  try {
    if (file !== undefined) return await documents.read(file);
  } catch (error) {
    tell(toFault(error, 'Opening'));
  }
  return { path: null, doc: await startDocument(templates), stamp: null };
}

/** The tabs of the last time; of a file that cannot be opened any more it is told. */
export async function reopenTabs(
  paths: readonly string[],
  documents: Pick<Documents, 'readAgain'>,
  tell: (fault: Fault) => void,
): Promise<OpenedFile[]> {
  const opened = paths.map((path) =>
    documents.readAgain(path).then(
      (file) => [file],
      (error: unknown) => {
        tell(toFault(error, 'Opening a graph of the last time'));
        return [];
      },
    ),
  );
  return (await Promise.all(opened)).flat();
}
