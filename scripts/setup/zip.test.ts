import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSafeName, readText, readZip, unpackMember } from './zip.mjs';

type Member = { name: string; content?: Buffer; stored?: boolean; claimedSize?: number; mode?: number };

/** Writes a zip by hand, so that it can lie. */
function makeZip(members: Member[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content = Buffer.alloc(0), stored = false, claimedSize, mode = 0 } of members) {
    const data = stored ? content : deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(stored ? 0 : 8, 10);
    central.writeUInt32LE(crc32(content), 16);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(claimedSize ?? content.length, 24);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), data);
    centrals.push(central, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + data.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const random = (length: number) => {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function save(bytes: Buffer): string {
  const path = join(folder, 'archive.zip');
  writeFileSync(path, bytes);
  return path;
}

describe('zip', () => {
  it('unpacks deflated and stored members byte for byte and tells their sha256', async () => {
    const big = random(3_000_001);
    const path = save(
      makeZip([
        { name: 'a/big.bin', content: big },
        { name: 'b.txt', content: big.subarray(0, 9), stored: true },
      ]),
    );
    const entries = await readZip(path);
    expect([...entries.keys()]).toEqual(['a/big.bin', 'b.txt']);
    let seen = 0;
    const digest = await unpackMember(
      path,
      entries.get('a/big.bin')!,
      folder,
      'out/big.bin',
      (bytes: number) => {
        seen += bytes;
      },
    );
    expect(readFileSync(join(folder, 'out', 'big.bin')).equals(big)).toBe(true);
    expect(digest).toBe(createHash('sha256').update(big).digest('hex'));
    expect(seen).toBe(big.length);
    await unpackMember(path, entries.get('b.txt')!, folder);
    expect(readFileSync(join(folder, 'b.txt')).length).toBe(9);
  });

  it('reads small members as text, and unpacks empty ones', async () => {
    const path = save(
      makeZip([
        { name: 'METADATA', content: Buffer.from('Name: ä') },
        { name: 'empty', stored: true },
      ]),
    );
    const entries = await readZip(path);
    expect(await readText(path, entries.get('METADATA')!)).toBe('Name: ä');
    await unpackMember(path, entries.get('empty')!, folder);
    expect(readFileSync(join(folder, 'empty')).length).toBe(0);
  });

  it.each(['../evil', 'a/../../evil', '/etc/passwd', 'C:/evil', 'a\\..\\evil', 'a\0b', './a', '', 'a/..'])(
    'refuses the name %j before anything is written',
    async (name) => {
      expect(isSafeName(name)).toBe(false);
      const path = save(makeZip([{ name, content: Buffer.from('x') }]));
      await expect(readZip(path)).rejects.toThrow(/unsafe name/);
      expect(existsSync(join(folder, '..', 'evil'))).toBe(false);
    },
  );

  it('refuses an unsafe target name given by the caller', async () => {
    const path = save(makeZip([{ name: 'a', content: Buffer.from('x') }]));
    const entries = await readZip(path);
    await expect(unpackMember(path, entries.get('a')!, folder, '../evil')).rejects.toThrow(/unsafe name/);
  });

  it('refuses links and a name that comes twice', async () => {
    const link = save(makeZip([{ name: 'a', content: Buffer.from('/etc'), mode: 0o120777 }]));
    await expect(readZip(link)).rejects.toThrow(/link/);
    const twice = save(makeZip([{ name: 'a' }, { name: 'a' }]));
    await expect(readZip(twice)).rejects.toThrow(/twice/);
  });

  it('stops at the declared size of a member that is longer (a bomb)', async () => {
    const path = save(makeZip([{ name: 'bomb', content: Buffer.alloc(50_000_000), claimedSize: 1000 }]));
    const entries = await readZip(path);
    await expect(unpackMember(path, entries.get('bomb')!, folder)).rejects.toThrow(/longer than it says/);
  });

  it('knows an archive that is cut at any place', async () => {
    const whole = makeZip([
      { name: 'a/one', content: random(500) },
      { name: 'b', content: random(100) },
    ]);
    for (let length = 0; length < whole.length; length += 7) {
      const path = save(whole.subarray(0, length));
      await expect(readZip(path), `cut at ${length}`).rejects.toThrow(/cut short|no zip/);
    }
  });

  it('tells a damaged member', async () => {
    const bytes = makeZip([{ name: 'a', content: random(5000) }]);
    bytes.fill(0xff, 40, 60);
    const path = save(bytes);
    const entries = await readZip(path);
    await expect(unpackMember(path, entries.get('a')!, folder)).rejects.toThrow(/damaged/);
  });
});
