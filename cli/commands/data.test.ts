import { describe, expect, it } from 'vitest';
import { npy } from '../../engine/data/npz/testing';
import { folderWith, png } from '../../engine/data/testing';
import { convloom } from '../testing';

const flowers = () =>
  folderWith({
    ...{ 'train/rose/1.png': png(8, 8, [255, 0, 0]), 'train/rose/2.png': png(8, 8, [250, 0, 0]) },
    ...{ 'train/iris/1.png': png(8, 8, [0, 0, 255]), 'train/iris/x.png': 'no picture' },
    ...{ 'test/rose/1.png': png(8, 8, [255, 0, 0]), 'test/iris/2.png': png(8, 8, [0, 0, 200]) },
  });

describe('convloom data', () => {
  it('tells shape, classes, channels, duplicates and broken files of a folder', async () => {
    const { out, exit } = await convloom('data', await flowers());
    expect(exit).toBe(0);
    expect(out).toMatch(/8×8×3, 2 classes\n3 pictures to train, 2 to test\n/);
    expect(out).toMatch(/iris {2}\s+1\s+1 {2}█{15}\n/);
    expect(out).toMatch(/rose {2}\s+2\s+1 {2}█{30}\n/);
    expect(out).toContain('red    mean 0.6601, deviation 0.4669');
    expect(out).toMatch(/1 test pictures stand among the training pictures \(test \d is training \d\)\./);
    expect(out).toContain('1 picture is left out:\n  train/iris/x.png is no PNG, JPEG, WebP or BMP');
  });

  it('gives the same as JSON, in another size and in grey', async () => {
    const { out } = await convloom('data', await flowers(), '--size', '16', '--colour', 'grey', '--json');
    const report = JSON.parse(out);
    expect(report).toMatchObject({ set: 'pictures', info: { shape: [16, 16, 1], skipped: { count: 1 } } });
    expect(report.channels).toHaveLength(1);
    expect(report.duplicates.between).toBe(1);
  });

  it('refuses what is no data, and options that make no sense', async () => {
    expect((await convloom('data', 'nothing-there')).err).toContain('no folder');
    expect((await convloom('data', 'mnist', '--colour', 'red')).err).toContain('must be grey or colour');
    expect((await convloom('data', 'mnist', '--size', '3')).exit).toBe(1);
  });
});

describe('of docs/spec.md', () => {
  const tell = async (files: Parameters<typeof folderWith>[0]) => {
    const { out } = await convloom('data', await folderWith(files), '--json');
    return JSON.parse(out);
  };
  const part = (folder: string, count = 2) =>
    Object.fromEntries(
      ['a', 'b'].flatMap((c) =>
        Array.from({ length: count }, (_, i) => [`${folder}${c}/${i}.png`, png(4, 4, [i, 0, 0])]),
      ),
    );
  const counts = async (files: Parameters<typeof folderWith>[0]) => {
    const { info } = await tell(files);
    return [info.train, info.test];
  };

  it('D5 validation serves as the test, joins the training, or a fifth of each class is drawn', async () => {
    expect(await counts({ ...part('train/'), ...part('val/', 3) })).toEqual([4, 6]);
    expect(await counts({ ...part('train/'), ...part('val/', 3), ...part('test/', 1) })).toEqual([10, 2]);
    expect(await counts(part('', 10))).toEqual([16, 4]);
  });

  it('D6 a broken picture is named, a broken container or too many classes are a fault', async () => {
    const { info } = await tell({ ...part('train/'), ...part('test/'), 'train/a/9.png': 'x' });
    expect(info.skipped).toEqual({
      count: 1,
      first: [{ name: 'train/a/9.png', why: expect.stringMatching(/^is no PNG/) }],
    });
    expect((await tell({ 'a.npz': 'x' })).error.code).toBe('data/not-zip');
    const many = Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`c${i}/x.png`, 'x']));
    expect((await tell(many)).error.code).toBe('data/classes');
  });

  it('D7 a pickle that would run a program is refused, and a header that lies allocates nothing', async () => {
    const evil = 'cos\nsystem\n(U\x0aecho hellotR.';
    expect((await tell({ train: evil, test: evil })).error.code).toBe('data/pickle');
    // a header of NumPy that promises 150 TB
    const lies = npy('|u1', [60_000, 50_000, 50_000], [1]);
    expect((await tell({ 'x.npy': lies, 'y.npy': npy('|u1', [2], [0, 1]) })).error.code).toBe(
      'data/truncated',
    );
  });
});
