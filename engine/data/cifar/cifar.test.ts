import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../errors';
import { recogniseFolder } from '../catalogue';
import { cifar10, cifar100 } from './cifar';
import { readPickle } from './pickle';

const PLANE = 1024;
/** A picture whose red plane holds `n`, green `n + 1`, blue `n + 2`. */
const planes = (n: number): Buffer => Buffer.concat([0, 1, 2].map((c) => Buffer.alloc(PLANE, (n + c) % 256)));
const record = (labels: readonly number[], n: number): Buffer =>
  Buffer.concat([Buffer.from(labels), planes(n)]);

const folderOf = () => mkdtemp(join(tmpdir(), 'convloom-cifar-'));
async function folderWith(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await folderOf();
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return folder;
}
const tenBinary = () =>
  folderWith({
    ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`data_batch_${n}.bin`, record([n], n)])),
    'test_batch.bin': Buffer.concat([record([0], 9), record([9], 8)]),
  });

/** Python 2's pickle of protocol 2, as the authors' archive has it: a dict of an array and a list. */
function pickled(key: string, labels: readonly number[], pixels: Buffer): Buffer {
  const short = (text: string) => Buffer.concat([Buffer.from([0x55, text.length]), Buffer.from(text)]);
  const int = (n: number) => {
    const b = Buffer.alloc(5);
    b[0] = 0x4a;
    b.writeInt32LE(n, 1);
    return b;
  };
  const long = (bytes: Buffer) => {
    const head = Buffer.alloc(5);
    head[0] = 0x54;
    head.writeUInt32LE(bytes.length, 1);
    return Buffer.concat([head, bytes]);
  };
  const plain = (text: string) => Buffer.from(text, 'latin1');
  return Buffer.concat([
    plain('\x80\x02}q\x01('),
    ...[
      short('data'),
      plain(
        'cnumpy.core.multiarray\n_reconstruct\nq\x02cnumpy\nndarray\nq\x03K\x00\x85U\x01bq\x04\x87Rq\x05(K\x01',
      ),
    ],
    ...[
      int(labels.length),
      plain('M\x00\x0c\x86'),
      plain(
        'cnumpy\ndtype\nq\x06U\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89',
      ),
    ],
    ...[long(pixels), plain('tb'), short(key), plain('](')],
    ...[...labels.map((l) => Buffer.from([0x4b, l])), plain('eu.')],
  ]);
}
async function codeOf(run: () => Promise<unknown>): Promise<string> {
  return run().then(
    () => 'none',
    (e) => (e instanceof UserError ? e.code : String(e)),
  );
}

describe('CIFAR-10', () => {
  it('is read from the binary version: five batches and a test batch, planes woven into pixels', async () => {
    const choice = { set: 'cifar-10', folder: await tenBinary() };
    const { info, train, test } = await cifar10.load(choice);
    expect(info).toMatchObject({ shape: [32, 32, 3], train: 5, test: 2 });
    expect(info).toEqual(await cifar10.describe(choice));
    expect([...train.labels]).toEqual([1, 2, 3, 4, 5]);
    expect([...train.pictures.subarray(3072, 3078)]).toEqual([2, 3, 4, 2, 3, 4]);
    expect([info.classNames[test.labels[0]!], info.classNames[test.labels[1]!]]).toEqual([
      'airplane',
      'truck',
    ]);
  });

  it('is read from the Python version without running it, to the same bytes', async () => {
    const folder = await folderWith({
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].map((n) => [`data_batch_${n}`, pickled('labels', [n], planes(n))]),
      ),
      test_batch: pickled('labels', [0, 9], Buffer.concat([planes(9), planes(8)])),
    });
    const python = await cifar10.load({ set: 'cifar-10', folder });
    const binary = await cifar10.load({ set: 'cifar-10', folder: await tenBinary() });
    expect(python.train).toEqual(binary.train);
    expect(python.test).toEqual(binary.test);
  });

  it('is read as Python 3 writes it for Python 2: bytes as text to encode', async () => {
    // b'labels' and the pixels as _codecs.encode(text, 'latin1'): pickle.dump(…, protocol=2)
    const text = (bytes: Buffer) => {
      const utf8 = Buffer.from(bytes.toString('latin1'), 'utf8');
      const head = Buffer.alloc(5);
      head[0] = 0x58;
      head.writeUInt32LE(utf8.length, 1);
      return Buffer.concat([head, utf8]);
    };
    const encoded = (bytes: Buffer) =>
      Buffer.concat([
        Buffer.from('c_codecs\nencode\n'),
        text(bytes),
        text(Buffer.from('latin1')),
        Buffer.from('\x86R', 'latin1'),
      ]);
    const array = Buffer.concat([
      Buffer.from('cnumpy._core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85', 'latin1'),
      ...[encoded(Buffer.from('b')), Buffer.from('\x87R(K\x01K\x01M\x00\x0c\x86cnumpy\ndtype\n', 'latin1')],
      ...[text(Buffer.from('u1')), Buffer.from('\x89\x88\x87R(K\x03', 'latin1'), text(Buffer.from('|'))],
      Buffer.from('NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89', 'latin1'),
      ...[encoded(planes(200)), Buffer.from('tb')],
    ]);
    const batch = (label: number) =>
      Buffer.concat([
        ...[Buffer.from('\x80\x02}(', 'latin1'), encoded(Buffer.from('data')), array],
        ...[encoded(Buffer.from('labels')), Buffer.from([0x5d, 0x28, 0x4b, label]), Buffer.from('eu.')],
      ]);
    const names = [
      'data_batch_1',
      'data_batch_2',
      'data_batch_3',
      'data_batch_4',
      'data_batch_5',
      'test_batch',
    ];
    const folder = await folderWith(Object.fromEntries(names.map((n, i) => [n, batch(i)])));
    const { train } = await cifar10.load({ set: 'cifar-10', folder });
    expect([...train.labels]).toEqual([0, 1, 2, 3, 4]);
    expect([...train.pictures.subarray(0, 3)]).toEqual([200, 201, 202]);
  });

  it('is found in the folder inside the one that was chosen', async () => {
    const outer = await folderOf();
    const inner = join(outer, 'cifar-10-batches-bin');
    await mkdir(inner);
    for (const n of [1, 2, 3, 4, 5]) await writeFile(join(inner, `data_batch_${n}.bin`), record([n], n));
    await writeFile(join(inner, 'test_batch.bin'), record([0], 1));
    expect((await cifar10.describe({ set: 'cifar-10', folder: outer })).train).toBe(5);
  });

  it('is told by its files, as is a folder of something else', async () => {
    expect((await recogniseFolder(await tenBinary())).set).toBe('cifar-10');
    expect((await recogniseFolder(await folderOf())).set).toBe('idx');
  });
});

describe('CIFAR-100', () => {
  it('has the fine label behind the coarse one', async () => {
    const folder = await folderWith({ 'train.bin': record([19, 11], 1), 'test.bin': record([0, 99], 2) });
    const { info, train, test } = await cifar100.load({ set: 'cifar-100', folder });
    expect([train.labels[0], test.labels[0], info.classNames.length]).toEqual([11, 99, 100]);
    expect([info.classNames[11], info.classNames[99]]).toEqual(['boy', 'worm']);
    expect((await recogniseFolder(folder)).set).toBe('cifar-100');
  });
});

describe('a file that is wrong', () => {
  it.each([
    ['data/truncated', { 'train.bin': record([1, 1], 1).subarray(1), 'test.bin': record([1, 1], 1) }],
    ['data/truncated', { 'train.bin': Buffer.alloc(0), 'test.bin': record([1, 1], 1) }],
    ['data/label-range', { 'train.bin': record([1, 100], 1), 'test.bin': record([1, 1], 1) }],
    ['data/pickle', { train: Buffer.from('not a pickle'), test: Buffer.from('.') }],
    [
      'data/not-cifar',
      { train: Buffer.from('\x80\x02}.', 'latin1'), test: Buffer.from('\x80\x02}.', 'latin1') },
    ],
    ['data/missing', { 'other.bin': Buffer.alloc(3) }],
  ])('is refused as %s', async (code, files) => {
    const folder = await folderWith(files);
    expect(await codeOf(() => cifar100.load({ set: 'cifar-100', folder }))).toBe(code);
  });

  it('is refused without a folder', async () => {
    expect(await codeOf(() => cifar10.load({ set: 'cifar-10' }))).toBe('data/no-folder');
  });
});

describe('a pickle', () => {
  it.each([
    ['os.system', 'cos\nsystem\n(U\x0aecho hellotR.'],
    ['builtins.eval', '\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.'],
    ['numpy.load', 'cnumpy\nload\n(U\x01xtR.'],
  ])('that would run %s in Python is refused at that name', (name, text) => {
    const read = () => readPickle(Buffer.from(text, 'latin1'), 'evil');
    expect(read).toThrow(UserError);
    expect(read).toThrow(`it names "${name}", which no data set needs. Nothing in it was run.`);
  });

  it('of any bytes ends in data or in a fault, and never in anything else', () => {
    const sound = pickled('labels', [1, 2], Buffer.concat([planes(1), planes(2)]));
    let state = 1;
    const next = (n: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % n;
    };
    for (let i = 0; i < 2000; i++) {
      const bytes = Buffer.from(sound.subarray(0, 400));
      for (let k = 0; k < 4; k++) bytes[next(bytes.length)] = next(256);
      try {
        readPickle(bytes, 'mutated');
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }
  });
});
