import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../checksum';

/** An npy file of version 1, as np.save writes it. */
export function npy(
  type: string,
  shape: readonly number[],
  data: ArrayLike<number>,
  fortran = false,
): Buffer {
  const bytes = /[fiu]\d/.test(type) ? encode(type, data) : Uint8Array.from(data);
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${dims}), }`;
  const header = Buffer.from(`${text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11)}\n`, 'latin1');
  const head = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  head.writeUInt16LE(header.length, 8);
  return Buffer.concat([head, header, bytes]);
}

function encode(type: string, data: ArrayLike<number>): Buffer {
  const size = Number(type.slice(2));
  const big = type[0] === '>';
  const out = Buffer.alloc(data.length * size);
  const view = new DataView(out.buffer, out.byteOffset);
  for (let i = 0; i < data.length; i++) {
    const [at, n] = [i * size, data[i]!];
    if (type[1] === 'f') size === 8 ? view.setFloat64(at, n, !big) : view.setFloat32(at, n, !big);
    else if (size === 8) view.setBigInt64(at, BigInt(n), !big);
    else if (size === 4) view.setInt32(at, n, !big);
    else if (size === 2) view.setUint16(at, n, !big);
    else view.setUint8(at, n);
  }
  return out;
}

/** A zip file, as np.savez (packed: np.savez_compressed) writes it. */
export function zip(files: Readonly<Record<string, Uint8Array>>, packed = false): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const data = packed ? deflateRawSync(bytes) : bytes;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(packed ? 8 : 0, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, tail, Buffer.from(name)]));
    bodies.push(local);
    at += local.length;
  }
  const all = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(bodies.length, 8);
  end.writeUInt16LE(bodies.length, 10);
  end.writeUInt32LE(all.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, all, end]);
}
