import { describe, expect, it } from 'vitest';
import { recognise } from '../catalogue';
import { sampledEvenly } from '../encoded/pixels';
import { codeOf, folderWith, png } from '../testing';
import { clips } from './clips';

/** A clip of plain frames, frame i of the brightness 10 i. */
const clip = (folder: string, frames: number, first = 0) =>
  Object.fromEntries(
    Array.from({ length: frames }, (_, i) => [`${folder}/f${i + first}.png`, png(8, 8, [10 * i, 0, 0])]),
  );
async function load(files: Readonly<Record<string, Uint8Array | string>>, rest = {}) {
  const folder = await folderWith(files);
  expect((await recognise(folder))[0]).toEqual({
    ...{ set: 'clips', folder },
    kind: 'Clips: a folder of frames each, in class folders',
  });
  const choice = { set: 'clips', folder, ...rest };
  return { ...(await clips.load(choice)), described: await clips.describe(choice) };
}
const red = (pictures: Uint8Array, i: number, frames: number, area = 64) =>
  Array.from({ length: frames }, (_, t) => pictures[(i * frames + t) * area * 3]);

describe('a folder of clips', () => {
  it('in train and test is read frame by frame, 2 before 10', async () => {
    const { info, train, described } = await load({
      ...clip('train/run/a', 12),
      ...clip('train/walk/a', 12),
      ...clip('test/run/b', 12),
      ...clip('test/walk/b', 12),
    });
    expect(info).toMatchObject({ shape: [12, 8, 8, 3], train: 2, test: 2, classNames: ['run', 'walk'] });
    expect(described).toEqual(info);
    const rising = Array.from({ length: 12 }, (_, t) => 10 * t);
    for (const i of [0, 1]) expect(red(train.pictures, i, 12)).toEqual(rising);
  });

  it('without splits keeps clips whole, and gives a fifth of each class to the test', async () => {
    const files = Array.from({ length: 10 }, (_, i) => ({ ...clip(`run/${i}`, 4), ...clip(`walk/${i}`, 4) }));
    const { info, test } = await load(Object.assign({}, ...files));
    expect(info).toMatchObject({ shape: [4, 8, 8, 3], train: 16, test: 4 });
    for (let i = 0; i < 4; i++) expect(red(test.pictures, i, 4)).toEqual([0, 10, 20, 30]);
  });

  it('samples clips of other lengths evenly, to 16 frames at most', async () => {
    const { info, train } = await load({
      ...{ ...clip('train/run/a', 20), ...clip('train/walk/a', 20), ...clip('train/run/c', 4) },
      ...{ ...clip('test/run/b', 20), ...clip('test/walk/b', 20) },
    });
    expect(info.shape).toEqual([16, 8, 8, 3]);
    const short = [0, 1, 2]
      .map((i) => red(train.pictures, i, 16))
      .find((c) => Math.max(...(c as number[])) === 30);
    expect(short).toEqual([0, 1, 2, 3].flatMap((n) => [n, n, n, n].map((k) => 10 * k)));
  });

  it('leaves out a clip with a broken frame, films and loose pictures, and names them', async () => {
    const { info } = await load({
      ...{ ...clip('train/run/a', 3), ...clip('train/walk/a', 3), ...clip('train/walk/b', 3) },
      ...{ ...clip('test/run/b', 3), ...clip('test/walk/b', 3) },
      'train/walk/b/f1.png': png(8, 8, [1, 2, 3]).subarray(0, 60),
      'train/walk/x.mp4': 'film',
      'test/walk/y.gif': 'GIF89a',
      'test/run/empty/note.txt': '',
    });
    expect(info).toMatchObject({ train: 2, test: 2, skipped: { count: 4 } });
    const named = info.skipped!.first.map((f) => `${f.name} ${f.why}`);
    expect(named[0]).toBe('test/run/empty has no pictures in it');
    expect(named[1]).toContain('test/walk/y.gif is a film in one file, which is not read');
    expect(named[2]).toContain('train/walk/b has a frame f1.png that');
    expect(named[3]).toContain('train/walk/x.mp4 is a film');
  });

  it('without clips says how they are laid out', async () => {
    const folder = await folderWith({ 'run/1.png': png(8, 8, [1, 2, 3]) });
    expect(await codeOf(() => clips.load({ set: 'clips', folder }))).toBe('data/no-clips');
  });
});

it('even samples lie in the middles of equal parts', () => {
  const all = [...Array(10).keys()];
  expect(sampledEvenly(all, 5)).toEqual([1, 3, 5, 7, 9]);
  expect(sampledEvenly(all, 10)).toEqual(all);
  expect(sampledEvenly([7, 8], 4)).toEqual([7, 7, 8, 8]);
});

it('folders of unnumbered pictures in class folders are no clips', async () => {
  const picture = png(8, 8, [1, 2, 3]);
  const folder = await folderWith({
    ...{ 'cat/tom/left.png': picture, 'cat/tom/right.png': picture },
    ...{ 'dog/rex/left.png': picture, 'dog/rex/right.png': picture },
  });
  expect((await recognise(folder)).map((r) => r.set)).toEqual(['pictures']);
});
