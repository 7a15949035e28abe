/** The 256 remainders of a byte by a reflected polynomial. */
const tableOf = (polynomial: number): Uint32Array =>
  Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? polynomial ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });

function checksum(table: Uint32Array, bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]!) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}

const ZIP = tableOf(0xedb88320);

/** As zip has it. @see RFC 1952, section 8 */
export const crc32 = (bytes: Uint8Array): number => checksum(ZIP, bytes);

const CASTAGNOLI = tableOf(0x82f63b78);

/** As TFRecord has it, but for its mask. @see RFC 3720, appendix B.4 */
export const crc32c = (bytes: Uint8Array): number => checksum(CASTAGNOLI, bytes);
