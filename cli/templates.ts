import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TemplateSummary } from '../engine/analysis/template-summary';
import { UserError } from '../engine/errors';
import { readTextFile } from '../engine/files/read-file';
import type { GraphDocument } from '../engine/graph/document';
import { openDocument } from '../engine/graph/file';

/** The app's own files: beside `cli` in the sources, and two levels above the bundle in dist/cli. */
function assetsFolder(): string {
  const named = process.env['CONVLOOM_ASSETS'];
  if (named) return named;
  const places = ['../assets', '../../assets'].map((p) => fileURLToPath(new URL(p, import.meta.url)));
  return places.find((p) => existsSync(join(p, 'templates'))) ?? places[0]!;
}

/** The list of the templates with their figures, in the order of families. */
export async function templateList(): Promise<readonly TemplateSummary[]> {
  const file = join(assetsFolder(), 'templates.json');
  try {
    return z.array(TemplateSummary).parse(JSON.parse(await readTextFile(file)));
  } catch (error) {
    throw missing(file, error as Error);
  }
}

/** Names of the templates, `resnet-20` before `resnet-110`. */
export async function templateIds(): Promise<readonly string[]> {
  const folder = join(assetsFolder(), 'templates');
  try {
    const names = await readdir(folder);
    return names.flatMap((n) => (n.endsWith('.json') ? [n.slice(0, -5)] : [])).sort(byName.compare);
  } catch (error) {
    throw missing(folder, error as Error);
  }
}
const missing = (file: string, { message }: Error): UserError =>
  new UserError(
    'cli/no-templates',
    'The templates of Convloom are not there.',
    `${file} cannot be read: ${message}.`,
    'Install Convloom again, or set CONVLOOM_ASSETS to its folder of assets.',
    { file },
  );
const byName = new Intl.Collator('en', { numeric: true });

/** @param id one of `templateIds`: it becomes part of a path */
export async function openTemplate(id: string): Promise<GraphDocument> {
  const file = join(assetsFolder(), 'templates', `${id}.json`);
  return openDocument(await readTextFile(file), file);
}
