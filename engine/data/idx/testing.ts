import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** An IDX file in the exact layout; `magic` and `dims` may lie about the data. */
export function idxBytes(
  dims: readonly number[],
  data: Uint8Array,
  magic = [0, 0, 8, dims.length],
): Uint8Array {
  const head = new DataView(new ArrayBuffer(4 + 4 * dims.length));
  for (const [i, b] of magic.entries()) head.setUint8(i, b);
  for (const [i, d] of dims.entries()) head.setUint32(4 + 4 * i, d);
  return Buffer.concat([new Uint8Array(head.buffer), data]);
}

export const sequence = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 256);
export const tempFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'convloom-idx-'));

export interface Given {
  readonly shape?: readonly number[];
  readonly train?: readonly number[];
  readonly test?: readonly number[];
  readonly gz?: boolean;
}

/** A folder with four IDX files whose labels are given; the pictures hold 0, 1, 2, … */
export async function idxFolderWith({
  shape = [4, 4],
  train = [0, 1, 2, 1],
  test = [2, 0],
  gz = false,
}: Given = {}) {
  const folder = await tempFolder();
  const put = (name: string, bytes: Uint8Array) =>
    writeFile(join(folder, gz ? `${name}.gz` : name), gz ? gzipSync(bytes) : bytes);
  for (const [split, labels] of [
    ['train', train],
    ['t10k', test],
  ] as const) {
    const dims = [labels.length, ...shape];
    await put(
      `${split}-images-idx${dims.length}-ubyte`,
      idxBytes(dims, sequence(dims.reduce((n, d) => n * d, 1))),
    );
    await put(`${split}-labels-idx1-ubyte`, idxBytes([labels.length], Uint8Array.from(labels)));
  }
  return folder;
}
