import { closeSync, mkdirSync, openSync, read, rmSync, statfsSync, write } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../cache-folder';

const [readAt, writeAt] = [promisify(read), promisify(write)];
/** Share of the free disk that decoded pictures may take. */
const SHARE = 0.5;
let files = 0;

/** Decoded pictures of one size in a file of the user's cache, which is gone when this process is. */
export class Records {
  readonly #file: number;
  readonly #path: string;
  readonly #room: number;
  readonly #there: Uint8Array;
  #open = true;

  /** @param size bytes of each of `count` records; those that the disk has no room for are not kept */
  constructor(
    readonly size: number,
    count: number,
    folder = join(cacheFolder(), 'pictures'),
    most = Number.POSITIVE_INFINITY,
  ) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, `${process.pid}-${Date.now()}-${++files}.bin`);
    this.#file = openSync(this.#path, 'w+');
    // where the system allows it the file has no name any more, so that even a killed process leaves nothing behind
    if (process.platform !== 'win32') rmSync(this.#path);
    const { bavail, bsize } = statfsSync(folder);
    this.#room = Math.floor(Math.min(most, SHARE * bavail * bsize) / size);
    this.#there = new Uint8Array(count);
  }

  /** Keeps a record where there is room for it. A full disk only means that it is decoded again. */
  async keep(index: number, bytes: Uint8Array): Promise<void> {
    if (index >= this.#room || !this.#open) return;
    const { bytesWritten } = await writeAt(this.#file, bytes, 0, this.size, index * this.size).catch(() => ({
      bytesWritten: 0,
    }));
    if (bytesWritten === this.size) this.#there[index] = 1;
  }

  /** @returns whether it is there */
  async take(index: number, into: Uint8Array): Promise<boolean> {
    if (this.#there[index] !== 1 || !this.#open) return false;
    const { bytesRead } = await readAt(this.#file, into, 0, this.size, index * this.size);
    return bytesRead === this.size;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#file);
    rmSync(this.#path, { force: true });
  }
}
