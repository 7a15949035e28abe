import { afterAll, describe, expect, it } from 'vitest';
import { TfGraph } from '../tensorflow/graph';
import { newSession, openTensorFlow } from '../tensorflow/runtime';
import { DataType } from '../tensorflow/tensor';
import { augment, measure, normalise, Pictures } from './pictures';

const [COUNT, H, W, C] = [64, 5, 6, 2];
const SHAPE = [H, W, C];
const SIZE = H * W * C;
/** Every byte of a picture is another number, so that each place can be told from the others. */
const bytes = Uint8Array.from({ length: COUNT * SIZE }, (_, i) => (i % SIZE) + 1);
const close: (() => void)[] = [];
afterAll(() => {
  for (const f of close) f();
});

function augmenter(how: { flip: boolean; crop: number }) {
  const tf = openTensorFlow();
  const graph = new TfGraph(tf.c);
  const pictures = graph.placeholder('pictures', DataType.uint8, [COUNT, ...SHAPE]);
  const seed = graph.placeholder('seed', DataType.int32, [2]);
  const made = graph.add('Identity', 'made', [augment(graph, pictures, seed, COUNT, SHAPE, how)]);
  const session = newSession(tf, graph);
  close.push(() => session.close());
  return async (runSeed: number, step: number): Promise<Uint8Array[]> => {
    const feeds = [
      { to: pictures, type: DataType.uint8, dims: [COUNT, ...SHAPE], data: bytes },
      { to: seed, type: DataType.int32, dims: [2], data: Int32Array.of(runSeed, step) },
    ];
    const [out] = await session.run({ feeds, fetches: [made] });
    return Array.from({ length: COUNT }, (_, i) => new Uint8Array(out!, i * SIZE, SIZE));
  };
}

/** The picture at an offset of its zero-padded self, mirrored before or not. */
function moved(dy: number, dx: number, flipped: boolean): Uint8Array {
  const out = new Uint8Array(SIZE);
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      const column = (flipped ? W - 1 - x : x) + dx;
      const row = y + dy;
      if (row < 0 || row >= H || column < 0 || column >= W) continue;
      for (let c = 0; c < C; c++) out[(y * W + x) * C + c] = bytes[(row * W + column) * C + c]!;
    }
  }
  return out;
}
const key = (picture: Uint8Array): string => picture.join();
const same = (a: Uint8Array[], b: Uint8Array[]): boolean => a.every((p, i) => key(p) === key(b[i]!));

describe('augmentation', () => {
  it('changes nothing where it is off', async () => {
    const out = await augmenter({ flip: false, crop: 0 })(1, 1);
    for (const p of out) expect(key(p)).toBe(key(bytes.subarray(0, SIZE)));
  });

  it('mirrors about half of the pictures, and those from left to right', async () => {
    const out = await augmenter({ flip: true, crop: 0 })(1, 1);
    const [plain, mirrored] = [key(moved(0, 0, false)), key(moved(0, 0, true))];
    const count = out.filter((p) => key(p) === mirrored).length;
    expect(out.every((p) => [plain, mirrored].includes(key(p)))).toBe(true);
    expect(count).toBeGreaterThan(COUNT / 4);
    expect(count).toBeLessThan((COUNT * 3) / 4);
  });

  it('crops at a random place of the zero-padded picture, at every place in time', async () => {
    const run = augmenter({ flip: true, crop: 1 });
    const places = new Map<string, string>();
    for (const flipped of [false, true]) {
      for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) places.set(key(moved(dy, dx, flipped)), '');
    }
    const seen = new Set<string>();
    for (let step = 1; step <= 6; step++) for (const p of await run(3, step)) seen.add(key(p));
    expect([...seen].filter((p) => !places.has(p))).toEqual([]);
    expect(seen.size).toBe(18);
  });

  it('takes other places in another step and another run, and the same in the same', async () => {
    const run = augmenter({ flip: true, crop: 2 });
    const first = await run(1, 1);
    expect(same(await run(1, 1), first)).toBe(true);
    expect(same(await run(1, 2), first)).toBe(false);
    expect(same(await run(2, 1), first)).toBe(false);
  });
});

describe('augmentation of clips', () => {
  const FRAMES = 3;
  /** Each frame shows the numbers of `bytes`, so that frames that move together look alike. */
  const clips = Uint8Array.from({ length: COUNT * FRAMES * SIZE }, (_, i) => (i % SIZE) + 1);

  it('moves all frames of a clip the same way, and clips by themselves', async () => {
    const tf = openTensorFlow();
    const graph = new TfGraph(tf.c);
    const dims = [COUNT, FRAMES, ...SHAPE];
    const to = graph.placeholder('clips', DataType.uint8, dims);
    const how = { flip: true, crop: 1 };
    const made = augment(graph, to, graph.ints([1, 1]), COUNT, dims.slice(1), how);
    const session = newSession(tf, graph);
    close.push(() => session.close());
    const feeds = [{ to, type: DataType.uint8, dims, data: clips }];
    const [out] = await session.run({ feeds, fetches: [made] });
    const frame = (clip: number, t: number) => key(new Uint8Array(out!, (clip * FRAMES + t) * SIZE, SIZE));
    const places = new Set<string>();
    for (let i = 0; i < COUNT; i++) {
      for (let t = 1; t < FRAMES; t++) expect(frame(i, t)).toBe(frame(i, 0));
      places.add(frame(i, 0));
    }
    const all = [false, true].flatMap((f) =>
      [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => key(moved(y, x, f)))),
    );
    expect([...places].every((p) => all.includes(p))).toBe(true);
    expect(places.size).toBeGreaterThan(9);
  });
});

describe('pictures in TensorFlow', () => {
  const split = {
    pictures: Uint8Array.from({ length: 4 * 4 }, (_, i) => i * 10),
    labels: Uint8Array.of(3, 1, 200, 0),
    count: 4,
  };

  it('are gathered by index with their labels, and normalised channel by channel', async () => {
    const tf = openTensorFlow();
    const graph = new TfGraph(tf.c);
    const pictures = new Pictures(graph, 'train', [1, 2, 2]);
    const indices = graph.placeholder('indices', DataType.int32, [-1]);
    const got = pictures.gather(indices);
    const floats = normalise(graph, got.bytes, { mean: [10, 20], deviation: [2, 5] });
    const session = newSession(tf, graph);
    await session.run(pictures.load(split));
    const feeds = [{ to: indices, type: DataType.int32, dims: [3], data: Int32Array.of(2, 0, 2) }];
    const [x, labels] = await session.run({ feeds, fetches: [floats, got.labels] });
    session.close();
    expect([...new Int32Array(labels!)]).toEqual([200, 3, 200]);
    const expected = [2, 0, 2].flatMap((i) =>
      [0, 1, 2, 3].map((j) => (split.pictures[i * 4 + j]! - [10, 20][j % 2]!) / [2, 5][j % 2]!),
    );
    new Float32Array(x!).forEach((v, i) => {
      expect(v).toBeCloseTo(expected[i]!, 4);
    });
  });

  it('are measured channel by channel; a constant channel is divided by one', async () => {
    const found = await measure(
      { pictures: Uint8Array.of(0, 7, 10, 7, 20, 7), labels: new Uint8Array(3), count: 3 },
      2,
    );
    expect(found.mean).toEqual([10, 7]);
    expect(found.deviation[0]).toBeCloseTo(Math.sqrt(200 / 3), 12);
    expect(found.deviation[1]).toBe(1);
  });
});
