import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Analysis, analyse } from '../engine/analysis/analyse';
import { fitDocument } from '../engine/analysis/fit-command';
import { UserError } from '../engine/errors';
import { fileError } from '../engine/files/file-error';
import { readTextFile } from '../engine/files/read-file';
import type { GraphDocument } from '../engine/graph/document';
import { openDocument } from '../engine/graph/file';
import { nearest } from './near';
import { openTemplate, templateIds } from './templates';

/** What `<net>` of a command names. */
export interface Net {
  readonly doc: GraphDocument;
  readonly from: 'file' | 'template';
}

/**
 * The graph that `name` stands for: a file, the graph of a run folder, or a template. What is on the disk
 * goes first, but for a folder that holds no graph.
 *
 * @throws UserError `cli/no-such-net` with the nearest templates, or as `openDocument`
 */
export async function openNet(name: string): Promise<Net> {
  const entry = statOf(name);
  const inRun = join(name, 'graph.json');
  const file = entry?.isDirectory() && existsSync(inRun) ? inRun : name;
  if (entry && (!entry.isDirectory() || file === inRun)) {
    return { doc: openDocument(await readTextFile(file), file), from: 'file' };
  }
  const ids = await templateIds();
  if (ids.includes(name)) return { doc: await openTemplate(name), from: 'template' };
  throw entry ? noGraphIn(name) : noSuchNet(name, ids);
}

function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

function noSuchNet(name: string, ids: readonly string[]): UserError {
  const near = nearest(name.replace(/\.json$/, ''), ids).slice(0, 3);
  return new UserError(
    'cli/no-such-net',
    `There is no file and no template '${name}'.`,
    `The templates are ${ids.join(', ')}.`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Name a graph file that exists, or a template.',
    { file: name },
  );
}

const noGraphIn = (folder: string): UserError =>
  new UserError(
    'file/is-folder',
    `${folder} is a folder.`,
    'A graph is one file; of folders only those of runs hold one, graph.json.',
    'Name the graph file in it.',
    { file: folder },
  );

/** The net with another input shape or number of classes; one that is left out stays as it is. */
export function reshape(
  doc: GraphDocument,
  { input, classes }: { input?: readonly number[] | undefined; classes?: number | undefined },
): GraphDocument {
  if (!input && classes === undefined) return doc;
  const { elaboration } = analyse(doc);
  const shape = input ?? elaboration.input?.output?.shape;
  const count = classes ?? elaboration.output?.params?.['classes'];
  if (shape && typeof count === 'number') return fitDocument.run(doc, { shape, classes: count });
  throw new UserError(
    'cli/no-ends',
    'The net cannot be given another shape.',
    'It has no Input or no Output node that works.',
    'Run `convloom check` on it, and mend what it names.',
  );
}

/** @throws UserError the first error of the graph, which says how many more there are */
export function requireSound({ problems }: Analysis): void {
  const [first, ...more] = problems.filter((p) => p.severity === 'error');
  if (!first) return;
  const rest = more.length > 0 ? ` (${more.length} more: run \`convloom check\`.)` : '';
  throw UserError.from({ ...first, remedy: `${first.remedy}${rest}` });
}
