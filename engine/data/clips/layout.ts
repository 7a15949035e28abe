import { join } from 'node:path';
import type { Refused } from '../encoded/gather';
import { type Found, type Labelled, settle, unwrapped } from '../pictures/layout';
import { type Entries, entriesOf, isPictureName } from '../pictures/walk';
import { type SplitName, splitNamed } from '../splits';

/** 2.png before 10.png. */
const { compare } = new Intl.Collator('en', { numeric: true });

/** The frames of a clip in their order, as names in its folder. */
export const framesOf = ({ files }: Entries): readonly string[] =>
  files.filter(isPictureName).sort((a, b) => compare(a, b));

/** Clips by their folders, with the folder around them as class; undefined where there are none. */
export async function findClips(root: Entries): Promise<Found | undefined> {
  const splits = root.folders.filter((f) => splitNamed(f) !== undefined);
  const parts: Record<SplitName, Labelled[]> = { train: [], validation: [], test: [] };
  const refused: Refused[] = [];
  const inSplits = splits.some((f) => splitNamed(f) === 'train');
  for (const folder of inSplits ? splits : ['']) {
    const found = await clipsIn(root.path, folder);
    parts[splitNamed(folder) ?? 'train'].push(...found.good);
    refused.push(...found.refused);
  }
  return parts.train.length === 0 ? undefined : settle(parts, refused);
}

async function clipsIn(root: string, folder: string) {
  const [good, refused]: [Labelled[], Refused[]] = [[], []];
  for (const label of (await entriesOf(join(root, folder))).folders) {
    const path = folder === '' ? label : `${folder}/${label}`;
    const { folders, files } = await entriesOf(join(root, path));
    for (const name of folders) good.push({ file: `${path}/${name}`, label });
    for (const name of files.filter((f) => isPictureName(f) || MOVIE.test(f))) {
      refused.push({ name: `${path}/${name}`, why: whyNot(name) });
    }
  }
  return { good, refused };
}

const MOVIE = /\.(mp4|avi|mov|mkv|webm|apng|m4v|mpe?g)$/i;
const whyNot = (name: string): string =>
  MOVIE.test(name) || /\.gif$/i.test(name)
    ? 'is a film in one file, which is not read; unpack its frames into a folder of their own'
    : 'lies in no folder of a clip';

/** Classes, and clips of each, that are looked into. */
const TRIED = 4;

/** In words, where class folders hold folders of numbered pictures; else undefined. */
export async function kindOfClips(folder: string): Promise<string | undefined> {
  const root = await unwrapped(folder).catch(() => undefined);
  const train = root?.folders.find((f) => splitNamed(f) === 'train');
  const classes = train && root ? await entriesOf(join(root.path, train)) : root;
  if (!classes || classes.folders.length < 2) return undefined;
  for (const name of classes.folders.slice(0, TRIED)) {
    const inner = await entriesOf(join(classes.path, name));
    // Tiny ImageNet has the pictures of a class in a folder called images
    if (inner.folders.every((f) => f === 'images') || inner.files.some(isPictureName)) return undefined;
    for (const clip of inner.folders.slice(0, TRIED)) {
      if (!isNumbered(framesOf(await entriesOf(join(inner.path, clip))))) return undefined;
    }
  }
  return 'Clips: a folder of frames each, in class folders';
}

/** Several names that differ in one number, as frames have them. */
const isNumbered = (names: readonly string[]): boolean =>
  names.length > 1 && new Set(names.map((n) => n.replace(/\d+(?=\.\w+$)/, '#'))).size === 1;
