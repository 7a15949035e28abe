import { describe, expect, it } from 'vitest';
import { UserError } from '../errors';
import { TfGraph } from './graph';
import { newSession, openTensorFlow } from './runtime';
import { TensorFlowError } from './status';
import { DataType } from './tensor';

const tf = openTensorFlow();
const F32 = DataType.float32;
const MB = 2 ** 20;

/** A session on y = 2 x + 1, x of any length. */
function doubling() {
  const graph = new TfGraph(tf.c);
  const x = graph.placeholder('x', F32, [-1]);
  const y = graph.add('AddV2', 'y', [graph.add('Mul', 'twice', [x, graph.float(2)]), graph.float(1)]);
  const session = newSession(tf, graph);
  const run = async (data: Float32Array) => {
    const [bytes] = await session.run({
      feeds: [{ to: x, type: F32, dims: [data.length], data }],
      fetches: [y],
    });
    return new Float32Array(bytes!);
  };
  return { graph, session, run, x, y };
}
const rss = (): number => process.memoryUsage().rss / MB;

describe('a session', () => {
  it('feeds, computes and fetches', async () => {
    const { run, session } = doubling();
    expect([...(await run(Float32Array.of(1, 2, 3)))]).toEqual([3, 5, 7]);
    session.close();
  });

  it('takes tensors of no elements, and views into larger memory', async () => {
    const { run, session } = doubling();
    expect(await run(new Float32Array(0))).toHaveLength(0);
    expect([...(await run(Float32Array.of(9, 9, 4, 5, 9).subarray(2, 4)))]).toEqual([9, 11]);
    session.close();
  });

  it('keeps the event loop going while it computes', async () => {
    const graph = new TfGraph(tf.c);
    const big = graph.add('Fill', 'big', [graph.ints([1200, 1200]), graph.float(1)]);
    const product = graph.add('MatMul', 'product', [graph.add('MatMul', 'm', [big, big]), big]);
    const session = newSession(tf, graph);
    let ticks = 0;
    const clock = setInterval(() => {
      ticks++;
    }, 1);
    await session.run({ fetches: [graph.add('Sum', 's', [product, graph.ints([0, 1])])] });
    clearInterval(clock);
    session.close();
    expect(ticks).toBeGreaterThan(1);
  });

  it('computes nothing when it is asked for nothing', async () => {
    const { session } = doubling();
    expect(await session.run({})).toEqual([]);
    session.close();
  });

  it('says what TensorFlow says, and works on after that', async () => {
    const { session, run, y } = doubling();
    await expect(session.run({ fetches: [y] })).rejects.toThrow(/must feed a value for placeholder/);
    await expect(session.run({ fetches: [y] })).rejects.toBeInstanceOf(TensorFlowError);
    expect([...(await run(Float32Array.of(1)))]).toEqual([3]);
    session.close();
  });

  it('refuses to run when it is closed, and closes twice', async () => {
    const { session, run } = doubling();
    session.close();
    session.close();
    await expect(run(Float32Array.of(1))).rejects.toThrow('closed');
  });

  it('keeps no memory of what was fed, fetched or failed', async () => {
    const { session, run, y } = doubling();
    const data = new Float32Array(250_000);
    const rounds = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await run(data);
        await session.run({ fetches: [y] }).catch(() => {});
      }
    };
    await rounds(50);
    const before = rss();
    await rounds(300);
    session.close();
    // each round feeds and fetches a megabyte: any that stayed would be 300 MB
    expect(rss() - before).toBeLessThan(60);
  });

  it('gives its memory back when it is closed', async () => {
    const once = async () => {
      const { run, session } = doubling();
      await run(new Float32Array(250_000));
      session.close();
    };
    for (let i = 0; i < 10; i++) await once();
    const before = rss();
    for (let i = 0; i < 60; i++) await once();
    expect(rss() - before).toBeLessThan(40);
  });
});

describe('a session without memory left', () => {
  // TensorFlow waits ten seconds for others to give memory back before it gives up
  it('says which shape found no room, and that the batch is to blame', { timeout: 60_000 }, async () => {
    const graph = new TfGraph(tf.c);
    const dims = graph.placeholder('dims', DataType.int32, [3]);
    const huge = graph.add('Fill', 'huge', [dims, graph.float(1)]);
    const session = newSession(tf, graph);
    const feeds = [
      { to: dims, type: DataType.int32, dims: [3], data: Int32Array.of(1_000_000, 1_000_000, 8) },
    ];
    const error = await session.run({ feeds, fetches: [huge] }).catch((e: unknown) => e);
    session.close();
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'tensorflow/memory', place: { setting: 'batch' } });
    expect((error as UserError).what).toContain('1000000×1000000×8');
  });
});

describe('a graph', () => {
  it('names the operation that TensorFlow refuses', () => {
    const graph = new TfGraph(tf.c);
    const a = graph.floats([1, 2]);
    expect(() => graph.add('MatMul', 'stage/product', [a, a])).toThrow(/MatMul stage\/product/);
    graph.delete();
  });

  it('makes a constant once, and tells those of other shapes and types apart', () => {
    const graph = new TfGraph(tf.c);
    expect(graph.floats([1, 2])).toBe(graph.floats([1, 2]));
    expect(graph.floats([1, 2])).not.toBe(graph.floats([1, 2], [2, 1]));
    expect(graph.int(1)).not.toBe(graph.float(1));
    graph.delete();
  });

  it('makes names unique, and takes any letters in them', async () => {
    const graph = new TfGraph(tf.c);
    const twice = ['größe 1/ü', 'größe 1/ü', 'a', 'a', 'a/b', 'x y'].map((name) =>
      graph.add('Identity', name, [graph.float(4)]),
    );
    const session = newSession(tf, graph);
    const all = await session.run({ fetches: twice });
    session.close();
    expect(all.map((b) => new Float32Array(b)[0])).toEqual([4, 4, 4, 4, 4, 4]);
  });
});
