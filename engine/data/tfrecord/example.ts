/** A feature of a tf.Example: bytes, or numbers. */
export type Feature = readonly Uint8Array[] | readonly number[];

/** Fields of a message of protocol buffers. */
interface Field {
  readonly number: number;
  /** Bytes of a field with a length, else its number. */
  readonly value: Uint8Array | number;
}

/**
 * The features of a tf.Example, by their names: message Example { Features features = 1 }, with a map of
 * Feature { BytesList = 1, FloatList = 2, Int64List = 3 }. What it does not know is passed over.
 *
 * @throws Error where a length leads outside
 * @see TensorFlow, core/example/feature.proto; Protocol Buffers, "Encoding"
 */
export function readExample(bytes: Uint8Array): ReadonlyMap<string, Feature> {
  const found = new Map<string, Feature>();
  for (const features of parts(bytes, 1)) {
    for (const entry of parts(features, 1)) {
      const [name] = parts(entry, 1);
      const [feature] = parts(entry, 2);
      if (name && feature) found.set(Buffer.from(name).toString('utf8'), readFeature(feature));
    }
  }
  return found;
}

function readFeature(bytes: Uint8Array): Feature {
  const [words] = parts(bytes, 1);
  if (words) return parts(words, 1);
  const [floats] = parts(bytes, 2);
  if (floats) return parts(floats, 1).flatMap(floatsOf);
  const [whole] = parts(bytes, 3);
  if (!whole) return [];
  // packed, or one field for each
  return fieldsOf(whole).flatMap(({ number, value }) =>
    number !== 1 ? [] : typeof value === 'number' ? [value] : numbersOf(value),
  );
}

const parts = (bytes: Uint8Array, wanted: number): Uint8Array[] =>
  fieldsOf(bytes).flatMap(({ number, value }) =>
    number === wanted && typeof value !== 'number' ? [value] : [],
  );

function floatsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getFloat32(4 * i, true));
}

function numbersOf(bytes: Uint8Array): number[] {
  const all: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [value, next] = varint(bytes, at);
    all.push(value);
    at = next;
  }
  return all;
}

function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [key, start] = varint(bytes, at);
    const [number, kind] = [Math.floor(key / 8), key % 8];
    if (kind === 0) {
      const [value, next] = varint(bytes, start);
      fields.push({ number, value });
      at = next;
      continue;
    }
    const [length, from] = kind === 2 ? varint(bytes, start) : [kind === 1 ? 8 : kind === 5 ? 4 : -1, start];
    if (length < 0 || from + length > bytes.length) throw new Error('a field leads outside');
    fields.push({ number, value: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return fields;
}

/** Seven bits a byte, the lowest first; ten bytes stand for a number below zero. */
function varint(bytes: Uint8Array, start: number): readonly [value: number, next: number] {
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) break;
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return [Number(BigInt.asIntN(64, value)), start + i + 1];
  }
  throw new Error('a number has no end');
}
