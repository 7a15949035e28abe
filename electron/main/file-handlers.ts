import { UserError } from '../../engine/errors';
import { openDocument } from '../../engine/graph/file';
import type { AppContract } from '../../ipc/contract';
import type { Handlers } from '../../ipc/define';
import type { Services } from './handlers';

type FileCalls = Pick<
  Handlers<AppContract>,
  Extract<keyof AppContract, `document.${string}` | `versions.${string}`> & keyof Handlers<AppContract>
>;

/** Graph files and their versions: only those that the user chose. */
export const fileHandlers = ({ documents, disk, versions, grants, guard }: Services): FileCalls => ({
  'document.open': (path) => documents.open(path),
  'document.parse': ({ name, text }) => openDocument(text, name),
  'document.save': async ({ path, doc, stamp }) => {
    let saved = false;
    try {
      const result = await documents.save(path, doc, stamp);
      saved = result.state === 'saved';
      return result;
    } finally {
      if (!saved) guard.notSaved();
    }
  },
  'document.export': ({ doc }) => documents.export(doc),
  'document.look': (files) => disk.look(files.filter(({ path }) => grants.has(path))),
  'document.follow': async ({ from, to }) => {
    if (disk.moved(grants.check(from)) !== to) throw notFound(from, to);
    await versions.follow(from, to);
    return documents.read(to);
  },
  'versions.list': (path) => versions.list(grants.check(path)),
  'versions.open': ({ path, id }) => versions.open(grants.check(path), id),
  'versions.add': ({ path, name, doc }) => versions.add(grants.check(path), name, doc),
  'versions.delete': ({ path, id }) => versions.delete(grants.check(path), id),
});

const notFound = (from: string, to: string) =>
  new UserError(
    'file/not-moved',
    `${to} is not what ${from} was.`,
    'Its content is another, or it is gone again.',
    'Use File > Open.',
    { file: to },
  );
