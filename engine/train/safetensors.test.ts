import { describe, expect, it } from 'vitest';
import { UserError } from '../errors';
import { type Block, decodeSafetensors, encodeSafetensors } from './safetensors';

const block = (shape: number[], ...data: number[]): Block => ({ shape, data: Float32Array.from(data) });
const blocks = new Map([
  ['stage1/conv1/kernel', block([1, 1, 2, 3], 1, -2, 3.5, 0, 1e-40, 3e38)],
  ['stage1/conv1/bias', block([3], -0, Number.NaN, Number.NEGATIVE_INFINITY)],
  ['scalar', block([], 7)],
  ['nothing', block([0])],
]);
const bytes = encodeSafetensors(blocks);

const bits = (data: Float32Array) => [...new Uint32Array(data.slice().buffer)];
const codeOf = (given: Uint8Array): string | undefined => {
  try {
    decodeSafetensors(given, 'w.safetensors');
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(UserError); // anything else is a crash
    return (error as UserError).code;
  }
};

/** A file with this header, and `length` bytes of data. */
function fileOf(header: unknown, length: number, claimed?: bigint): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(claimed ?? BigInt(json.length));
  return Buffer.concat([head, json, Buffer.alloc(length)]);
}
const entry = (patch: object) =>
  fileOf({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...patch } }, 8);

describe('safetensors', () => {
  it('come back bit for bit, from a Buffer and from plain bytes', () => {
    for (const given of [bytes, Buffer.from(bytes), Buffer.concat([Buffer.alloc(3), bytes]).subarray(3)]) {
      const found = decodeSafetensors(given, 'f');
      expect([...found.keys()]).toEqual([...blocks.keys()]);
      for (const [name, { shape, data }] of found) {
        expect(shape).toEqual(blocks.get(name)!.shape);
        expect(bits(data)).toEqual(bits(blocks.get(name)!.data));
      }
    }
  });

  it('have the layout of the format: length, JSON padded to 8 bytes, data', () => {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString());
    expect(header['stage1/conv1/bias']).toEqual({ dtype: 'F32', shape: [3], data_offsets: [24, 36] });
    expect(bytes.length).toBe(8 + length + 40);
  });

  it('may be empty', () => {
    expect(decodeSafetensors(encodeSafetensors(new Map()), 'f').size).toBe(0);
  });

  it('are refused when cut at any byte, or with a byte too many', () => {
    for (let cut = 0; cut < bytes.length; cut++)
      expect(codeOf(bytes.subarray(0, cut))).toBe('checkpoint/damaged');
    expect(codeOf(Buffer.concat([bytes, Buffer.alloc(1)]))).toBe('checkpoint/damaged');
  });

  it.each([0n, 1n, 7n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n])(
    'are refused with a header of %d bytes',
    (n) => {
      const lying = bytes.slice();
      new DataView(lying.buffer).setBigUint64(0, n, true);
      expect(codeOf(lying)).toBe('checkpoint/damaged');
    },
  );

  it.each([
    ['no JSON', fileOf('{"w": ', 0)],
    ['a list', fileOf([1], 0)],
    ['null', fileOf('null', 0)],
    ['a null entry', fileOf({ w: null }, 0)],
    ['another type', entry({ dtype: 'F64' })],
    ['no shape', entry({ shape: undefined })],
    ['a shape that is not its bytes', entry({ shape: [3] })],
    ['a shape below zero', entry({ shape: [-2] })],
    ['a shape past all numbers', entry({ shape: [1e300, 1e300] })],
    ['offsets that are words', entry({ data_offsets: ['0', '8'] })],
    ['offsets below zero', entry({ data_offsets: [-8, 0] })],
    ['offsets the wrong way round', entry({ data_offsets: [8, 0] })],
    ['offsets past the end', entry({ data_offsets: [8, 16] })],
    ['offsets within a number', entry({ shape: [1], data_offsets: [1, 4] })],
    ['one offset', entry({ data_offsets: [0] })],
    ['data that no block owns', fileOf({}, 8)],
    ['a deep header', fileOf(`{"w": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 0)],
    ['bytes that are no text', fileOf('\xff\xfe\0', 0)],
  ])('are refused with %s', (_, given) => {
    expect(codeOf(given)).toBe('checkpoint/damaged');
  });

  it('take metadata of other tools', () => {
    const given = fileOf(
      { __metadata__: { format: 'pt' }, w: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } },
      4,
    );
    expect([...decodeSafetensors(given, 'f').keys()]).toEqual(['w']);
  });
});
