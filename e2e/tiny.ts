import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from './launch';

/** Dim and bright pictures of 8×8, two classes, as a folder of IDX files. */
function pictures(): string {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-e2e-data-'));
  const idx = (sizes: number[], bytes: Uint8Array) => {
    const head = Buffer.alloc(4 + 4 * sizes.length);
    head.writeUInt32BE(0x800 + sizes.length);
    sizes.forEach((n, i) => void head.writeUInt32BE(n, 4 + 4 * i));
    return Buffer.concat([head, bytes]);
  };
  for (const [split, count] of [
    ['train', 160],
    ['t10k', 40],
  ] as const) {
    const dim = Uint8Array.from({ length: count * 64 }, (_, i) => ((i >> 6) % 2) * 90 + ((i * 37) % 160));
    writeFileSync(join(folder, `${split}-images-idx3-ubyte`), idx([count, 8, 8], dim));
    writeFileSync(
      join(folder, `${split}-labels-idx1-ubyte`),
      idx(
        [count],
        Uint8Array.from({ length: count }, (_, i) => i % 2),
      ),
    );
  }
  return folder;
}

/** A net of one convolution, with those pictures to train on. @returns its file */
export function tinyNet(epochs: number): string {
  const file = join(temporaryFolder('files'), 'tiny.convloom.json');
  const wire = (from: string, to: string) => ({
    from: { node: from, port: 'out' },
    to: { node: to, port: 'x' },
  });
  const data = { set: 'idx', folder: pictures(), validation: 32 };
  writeFileSync(
    file,
    JSON.stringify({
      ...{ format: 'convloom', version: 3, name: 'tiny' },
      nodes: {
        in: { type: 'input', params: { shape: [8, 8, 1] } },
        conv: { type: 'conv2d', params: { filters: 4, kernel: 3 } },
        flat: { type: 'flatten', params: {} },
        fc: { type: 'dense', params: { units: 2 } },
        out: { type: 'output', params: { classes: 2 } },
      },
      edges: {
        a: wire('in', 'conv'),
        b: wire('conv', 'flat'),
        c: wire('flat', 'fc'),
        d: wire('fc', 'out'),
      },
      training: { data, epochs, batch: 16, rate: 0.01 },
    }),
  );
  return file;
}
