import { UserError } from '../../errors';
import type { Split } from '../describe';
import { readAhead } from '../stream/read-ahead';
import { Records } from '../stream/records';
import type { Refused } from './gather';
import { pixelsOf, type Wanted, wholeShape } from './pixels';
import { eachOf, type Item, reasonOf } from './survey';

/**
 * A split whose pictures stay on the disk. All are decoded once, to know which can be read; those that the cache has
 * room for are kept there decoded, the rest is decoded again whenever it is asked for.
 */
export async function streamed(items: readonly Item[], how: Wanted, refused: Refused[]): Promise<Split> {
  const size = wholeShape(how.shape, how.frames).reduce((n, d) => n * d, 1);
  const records = new Records(size, items.length);
  const good = new Uint8Array(items.length);
  try {
    await eachOf(items, async (item, i) => {
      try {
        await records.keep(i, await pixelsOf(item, how));
        good[i] = 1;
      } catch (error) {
        refused.push({ name: item.name, why: reasonOf(error) });
      }
    });
  } catch (error) {
    records.close();
    throw error;
  }
  const places = Int32Array.from(items.keys()).filter((i) => good[i] === 1);
  const read = async (indices: Int32Array) => {
    const out = new Uint8Array(indices.length * size);
    await eachOf([...indices], async (index, i) => {
      const place = places[index]!;
      const into = out.subarray(i * size, (i + 1) * size);
      if (!(await records.take(place, into))) into.set(await again(items[place]!, how));
    });
    return out;
  };
  return {
    pictures: new Uint8Array(0),
    labels: Uint8Array.from(places, (p) => items[p]!.label),
    count: places.length,
    stream: { batch: readAhead(read, size), close: () => records.close() },
  };
}

async function again(item: Item, how: Wanted): Promise<Uint8Array> {
  try {
    return await pixelsOf(item, how);
  } catch (error) {
    throw new UserError(
      'data/changed',
      `${item.name} can no longer be read.`,
      `It ${reasonOf(error)}, and could be read when the data set was opened.`,
      'Leave the files of a data set alone while a net is trained on it, and start again.',
      { file: item.name },
    );
  }
}
