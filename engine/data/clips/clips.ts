import { join } from 'node:path';
import { UserError } from '../../errors';
import { describeListing, type Listing, loadListing, type Refused } from '../encoded/gather';
import { classOrder } from '../encoded/rows';
import type { Item } from '../encoded/survey';
import { folderOf, refuseUnreadable, titleOf } from '../folder';
import type { Labelled } from '../pictures/layout';
import { unwrapped } from '../pictures/layout';
import { entriesOf, fileItem } from '../pictures/walk';
import { shuffled } from '../shuffle';
import type { DataChoice, DataSource } from '../source';
import { findClips, framesOf, kindOfClips } from './layout';

const ID = 'clips';
const REMEDY =
  'Put the frames of each clip, as 001.png, 002.png and so on, into a folder of its own, and the clips of each class into a folder named after the class.';
/** Frames of a clip at most, as the video nets take them. */
const FRAMES = 16;

/** Class folders, in train, val and test or not, with a folder of frames for each clip. */
export const clips: DataSource = {
  id: ID,
  title: 'Folder of clips (frames as pictures)',
  folder: { recognises: (names) => names.some((n) => n.endsWith('/')), kindIn: kindOfClips },
  resizes: true,
  status: () => ({ ready: true, remedy: REMEDY }),
  describe: async (choice) => describeListing(await listingOf(choice), choice),
  load: async (choice) => loadListing(await listingOf(choice), choice),
};

async function listingOf(choice: DataChoice): Promise<Listing> {
  const folder = folderOf(choice, 'clips', REMEDY);
  const root = await unwrapped(folder).catch((error) => refuseUnreadable(folder, error, REMEDY));
  const found = await findClips(root).catch((error) => refuseUnreadable(root.path, error, REMEDY));
  if (!found) throw noClips(folder);
  const labels = classOrder([...found.train, ...found.test].map((c) => c.label));
  const refused: Refused[] = [...found.refused];
  const items = async (split: readonly Labelled[]) => {
    const all: Item[] = [];
    for (const clip of shuffled(split)) {
      const item = await clipItem(root.path, clip, labels.indexOf(clip.label));
      if (item) all.push(item);
      else refused.push({ name: clip.file, why: 'has no pictures in it' });
    }
    return all;
  };
  const [train, test] = [await items(found.train), await items(found.test)];
  return {
    ...{ id: ID, title: titleOf(folder), file: folder, classNames: labels, train, test, refused },
    source: `Clips in ${folder}, ${found.how}`,
    frames: framesFor([...train, ...test]),
  };
}

/** undefined where the folder has no pictures. */
async function clipItem(root: string, { file }: Labelled, label: number): Promise<Item | undefined> {
  const frames = framesOf(await entriesOf(join(root, file))).map((n) =>
    fileItem(root, `${file}/${n}`, label),
  );
  const [first] = frames;
  return first && { name: file, label, frames, head: first.head, read: first.read };
}

/** The median length, at most 16. */
function framesFor(items: readonly Item[]): number {
  const lengths = items.map((i) => i.frames!.length).sort((a, b) => a - b);
  return Math.max(1, Math.min(FRAMES, lengths[Math.floor(lengths.length / 2)] ?? 1));
}

const noClips = (folder: string): UserError =>
  new UserError(
    'data/no-clips',
    `The folder ${folder} has no clips with classes.`,
    'A clip is a folder of pictures, and its class is the folder around it.',
    REMEDY,
    { file: folder, setting: 'data' },
  );
