import { resolve } from 'node:path';
import { z } from 'zod';
import { analyse } from '../../engine/analysis/analyse';
import { diff, diffReport } from '../../engine/analysis/diff';
import { applicable, changedAt, type Found, findPlaces } from '../../engine/analysis/transforms/apply';
import { type Effect, effectOf } from '../../engine/analysis/transforms/effect';
import { findTransform, transforms } from '../../engine/analysis/transforms/table';
import { UserError } from '../../engine/errors';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import type { GraphDocument } from '../../engine/graph/document';
import { saveDocument } from '../../engine/graph/file';
import { NET, net } from '../arguments';
import { type CliResult, callName, defineCli } from '../command';
import { bytes, count, faultText, printable } from '../format';
import { nearest } from '../near';
import { openNet } from '../net';
import { table } from '../table';
import { diffText } from './diff';

/** `convloom edit vgg-a --do batch-norm --out vgg-a-bn.convloom.json`: a change of the whole net. */
export const edit = defineCli({
  name: 'edit',
  summary: 'Change many nodes of a net at once; without --do, list what can be done',
  argument: NET,
  options: [
    ['--do <id>', 'which change, by its name in the list'],
    ['--set <name=value...>', 'a setting of the change, such as to=gelu'],
    ['--only <paths>', 'nodes or blocks, by commas; else the whole net'],
    ['--out <file>', 'write the changed net there; else it is only shown'],
  ],
  example: 'convloom edit vgg-a --do batch-norm --out vgg-a-bn.convloom.json',
  args: z.object({
    net,
    do: z.string().optional(),
    set: z.array(z.string().regex(/^\w+=.+$/s, 'must look like name=value')).default([]),
    only: z
      .string()
      .optional()
      .transform((text) => text?.split(',').map((path) => path.trim()) ?? []),
    out: z.string().min(1, 'must name a file').optional(),
  }),

  async run({ net: name, do: id, set, only, out }) {
    const { doc } = await openNet(name);
    requireNodes(doc, only);
    const wish = { scope: only };
    if (id === undefined) return listed(applicable(doc, wish));
    const transform = findTransform(id) ?? noSuch(id);
    const { settings } = findPlaces(doc, transform, wish);
    const values = valuesOf(set, settings);
    const found = findPlaces(doc, transform, { ...wish, values });
    const next = changedAt(doc, found.places);
    const file = out === undefined ? null : resolve(out);
    if (file !== null) await writeFileAtomic(file, saveDocument(next));
    return shown(doc, next, found, file);
  },
});

function listed(found: readonly Found[]): CliResult {
  const text = table(
    [
      { title: 'change', of: (f: Found) => f.transform.id },
      { title: 'places', of: (f) => count(f.places.length), right: true },
      { title: 'does', of: (f) => f.transform.title },
    ],
    found,
  );
  const data = found.map(({ transform: { id, title, help }, settings, places }) => ({
    ...{ id, title, help, settings, places: places.map(({ path, words }) => ({ path, words })) },
  }));
  return { text: `${text}\n\nShow one: ${callName()} edit <net> --do <change>`, data };
}

function shown(doc: GraphDocument, next: GraphDocument, found: Found, file: string | null): CliResult {
  const result = diff(doc, next);
  const effect = effectOf(doc, next, analyse);
  const places = found.places.map(({ path, words }) => ({ path, words }));
  const lines = places.map(({ path, words }) => printable(`${path}  ${words}`));
  const text = [
    `${found.transform.title}: ${count(places.length)} ${places.length === 1 ? 'place' : 'places'}`,
    ...(places.length > 0 ? [lines.join('\n')] : []),
    printable(diffText(result)),
    effectText(effect),
    ...effect.problems.map((p) => printable(faultText(p))),
    ...(file === null ? [] : [file]),
  ];
  const { figures, problems, mended } = effect;
  return {
    text: text.join('\n\n'),
    data: {
      ...{ change: found.transform.id, values: found.values, places, file, figures, mended },
      problems: problems.map(({ severity, code, what, place }) => ({ severity, code, what, place })),
      ...diffReport(result),
    },
  };
}

/** What the totals of the comparison leave out. */
const effectText = ({ figures }: Effect): string =>
  figures
    .filter(({ name }) => name === 'memory' || name === 'receptive field')
    .map(({ name, before, after }) => `${name}: ${said(name, before)} → ${said(name, after)}`)
    .join('\n');
const said = (name: string, n: number | null): string =>
  n === null ? 'none' : name === 'memory' ? bytes(n) : `${count(n)} px`;

/** @throws UserError `edit/setting` */
function valuesOf(set: readonly string[], settings: Found['settings']): Record<string, string> {
  return Object.fromEntries(
    set.map((text) => {
      const at = text.indexOf('=');
      const [name, value] = [text.slice(0, at), text.slice(at + 1)];
      const setting = settings.find((s) => s.name === name);
      if (setting?.options.includes(value)) return [name, value];
      throw new UserError(
        'edit/setting',
        setting ? `'${name}' cannot be '${value}' here.` : `This change has no setting '${name}'.`,
        setting
          ? `In this net it can be ${setting.options.join(', ')}.`
          : `Its settings are ${settings.map((s) => s.name).join(', ') || 'none'}.`,
        setting ? `Write ${name}=${setting.start}.` : 'Leave it out.',
      );
    }),
  );
}

/** @throws UserError `edit/change` */
function noSuch(id: string): never {
  const ids = transforms.map((t) => t.id);
  const near = nearest(id, ids);
  throw new UserError(
    'edit/change',
    `There is no change '${id}'.`,
    `There are ${ids.join(', ')}.`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Name one of them.',
  );
}

/** @throws UserError `edit/node` */
function requireNodes(doc: GraphDocument, only: readonly string[]): void {
  if (only.length === 0) return;
  const { nodes } = analyse(doc);
  const missing = only.find((path) => !nodes.has(path));
  if (missing === undefined) return;
  throw new UserError(
    'edit/node',
    `There is no node '${missing}'.`,
    `Nodes of the graph are ${Object.keys(doc.nodes).slice(0, 12).join(', ')}.`,
    'Name a node by its id, or one inside of a block as block/conv1.',
    { node: missing },
  );
}
