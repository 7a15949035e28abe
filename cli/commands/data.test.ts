import { describe, expect, it } from 'vitest';
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
