import { UserError } from '../../errors';

/** A value of a pickle: data only. What would be a call there is a record here, and is never carried out. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Pickled[]
  | ReadonlyMap<Pickled, Pickled>
  | Call;
export interface Call {
  readonly name: string;
  readonly inputs: readonly Pickled[];
  /** What `__setstate__` would be given. */
  state?: Pickled;
}
export const isCall = (value: Pickled | undefined): value is Call =>
  typeof value === 'object' && value !== null && 'name' in value && 'inputs' in value;

const MARK = Symbol('mark');
interface Name {
  readonly global: string;
}
type Item = Pickled | typeof MARK | Name;

/**
 * Reads a pickle of protocols 1 to 4 as data. Python's own reader runs what the file says; here names are kept as
 * words, so that a file can do nothing but be wrong.
 *
 * @throws UserError `data/pickle`
 * @see Python documentation, pickletools: the opcodes
 */
export function readPickle(bytes: Uint8Array, file: string): Pickled {
  const reader = new Reader(bytes, file);
  return reader.run();
}

class Reader {
  readonly #view: DataView;
  readonly #stack: Item[] = [];
  readonly #memo = new Map<number, Item>();
  #at = 0;

  constructor(
    readonly bytes: Uint8Array,
    readonly file: string,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): Pickled {
    for (;;) {
      const op = String.fromCharCode(this.#number(1));
      if (op === '.') return this.#pop() as Pickled;
      const read = OPCODES[op];
      if (!read) throw this.fault(`it has the instruction ${JSON.stringify(op)}, which no data set needs`);
      read(this);
    }
  }

  push(item: Item): void {
    if (this.#stack.length > 1_000_000) throw this.fault('it nests too deep');
    this.#stack.push(item);
  }
  #pop(): Item {
    if (this.#stack.length === 0) throw this.fault('it takes more than it gave');
    return this.#stack.pop()!;
  }
  pop = (): Pickled => {
    const item = this.#pop();
    if (item === MARK) throw this.fault('it takes more than it gave');
    return isName(item) ? item.global : item;
  };
  /** A name that data of NumPy has; any other one would be a program to run. */
  name(global: string): void {
    if (!NAMES.has(global))
      throw this.fault(`it names ${JSON.stringify(global.slice(0, 80))}, which no data set needs`);
    this.push({ global });
  }
  popName(): Name {
    const item = this.#pop();
    if (item === MARK || !isName(item)) throw this.fault('it calls what is no name');
    return item;
  }
  mark = (): void => this.push(MARK);
  /** All above the newest mark, which goes too. */
  sinceMark(): Pickled[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw this.fault('it closes what was never opened');
    const items = this.#stack.splice(at).slice(1);
    return items.map((i) => (isName(i) ? i.global : (i as Pickled)));
  }
  top(): Pickled {
    const item = this.#stack.at(-1);
    if (item === undefined || item === MARK || isName(item)) throw this.fault('it adds to nothing');
    return item;
  }
  store(key: number): void {
    const item = this.#stack.at(-1);
    if (item === undefined) throw this.fault('it remembers nothing');
    this.#memo.set(key, item);
  }
  get memoSize(): number {
    return this.#memo.size;
  }
  recall(key: number): void {
    const item = this.#memo.get(key);
    if (item === undefined) throw this.fault('it recalls what it never held');
    this.push(item);
  }

  #number(size: 1 | 2 | 4): number {
    this.#require(size);
    const at = this.#at;
    this.#at += size;
    return size === 1
      ? this.bytes[at]!
      : size === 2
        ? this.#view.getUint16(at, true)
        : this.#view.getUint32(at, true);
  }
  unsigned = (size: 1 | 2 | 4): number => this.#number(size);
  signed(): number {
    const n = this.#number(4);
    return n | 0;
  }
  double(): number {
    this.#require(8);
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, false);
  }
  take(length: number): Uint8Array {
    this.#require(length);
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }
  text = (length: number): string => Buffer.from(this.take(length)).toString('utf8');
  line(): string {
    const end = this.bytes.indexOf(10, this.#at);
    if (end < 0) throw this.fault('it ends in the middle');
    const line = Buffer.from(this.bytes.subarray(this.#at, end)).toString('utf8');
    this.#at = end + 1;
    return line;
  }
  #require(count: number): void {
    if (this.#at + count > this.bytes.length) throw this.fault('it ends in the middle');
  }

  fault(why: string): UserError {
    return new UserError(
      'data/pickle',
      `${this.file} is no data of Python that can be read here.`,
      `At byte ${this.#at.toLocaleString('en')} ${why}. Nothing in it was run.`,
      'Get the file again from its source, or the binary version of the data set.',
      { file: this.file },
    );
  }
}
/** What arrays of NumPy and bytes of Python 3 are made of, in older and newer versions. */
const NAMES: ReadonlySet<string> = new Set([
  ...[
    'numpy.core.multiarray._reconstruct',
    'numpy._core.multiarray._reconstruct',
    'numpy.ndarray',
    'numpy.dtype',
  ],
  ...['_codecs.encode', 'collections.OrderedDict'],
]);

const isName = (item: Item | undefined): item is Name =>
  typeof item === 'object' && item !== null && 'global' in item;

/** Signed, little endian, of any length. */
function longOf(bytes: Uint8Array): number {
  const value = bytes.reduceRight((n, b) => n * 256 + b, 0);
  return bytes.length > 0 && bytes.at(-1)! > 127 ? value - 256 ** bytes.length : value;
}

function setItems(reader: Reader, pairs: readonly Pickled[]): void {
  const into = reader.top();
  if (!(into instanceof Map)) throw reader.fault('it sets entries of what is no dict');
  for (let i = 0; i + 1 < pairs.length; i += 2) into.set(pairs[i]!, pairs[i + 1]!);
}
function append(reader: Reader, items: readonly Pickled[]): void {
  const into = reader.top();
  if (!Array.isArray(into)) throw reader.fault('it appends to what is no list');
  for (const item of items) into.push(item);
}
function lastItems(reader: Reader, count: number): Pickled[] {
  return Array.from({ length: count }, () => reader.pop()).reverse();
}
function call(reader: Reader): void {
  const inputs = reader.pop();
  const { global } = reader.popName();
  if (!Array.isArray(inputs)) throw reader.fault('it calls with what is no tuple');
  reader.push({ name: global, inputs: inputs as Pickled[] });
}
function build(reader: Reader): void {
  const state = reader.pop();
  const on = reader.top();
  if (!isCall(on)) throw reader.fault('it sets the state of plain data');
  on.state = state;
}
function longText(reader: Reader): void {
  const text = reader.line();
  const n = Number(text.replace(/L$/, ''));
  if (!Number.isFinite(n)) throw reader.fault('it has a number that is none');
  reader.push(n);
}

const OPCODES: Readonly<Record<string, (r: Reader) => void>> = {
  '\x80': (r) => void r.unsigned(1), // protocol
  '\x95': (r) => void r.take(8), // frame
  '(': (r) => r.mark(),
  '}': (r) => r.push(new Map()),
  ']': (r) => r.push([]),
  ')': (r) => r.push([]),
  d: (r) => {
    const pairs = r.sinceMark();
    r.push(new Map());
    setItems(r, pairs);
  },
  l: (r) => r.push(r.sinceMark()),
  t: (r) => r.push(r.sinceMark()),
  '\x85': (r) => r.push(lastItems(r, 1)),
  '\x86': (r) => r.push(lastItems(r, 2)),
  '\x87': (r) => r.push(lastItems(r, 3)),
  s: (r) => setItems(r, lastItems(r, 2)),
  u: (r) => setItems(r, r.sinceMark()),
  a: (r) => append(r, [r.pop()]),
  e: (r) => append(r, r.sinceMark()),
  N: (r) => r.push(null),
  '\x88': (r) => r.push(true),
  '\x89': (r) => r.push(false),
  K: (r) => r.push(r.unsigned(1)),
  M: (r) => r.push(r.unsigned(2)),
  J: (r) => r.push(r.signed()),
  '\x8a': (r) => r.push(longOf(r.take(r.unsigned(1)))),
  I: longText,
  L: longText,
  G: (r) => r.push(r.double()),
  // Python 2's strings are bytes; names among them are read as text
  U: (r) => r.push(bytesOrText(r.take(r.unsigned(1)))),
  T: (r) => r.push(bytesOrText(r.take(r.unsigned(4)))),
  C: (r) => r.push(r.take(r.unsigned(1))),
  B: (r) => r.push(r.take(r.unsigned(4))),
  X: (r) => r.push(r.text(r.unsigned(4))),
  '\x8c': (r) => r.push(r.text(r.unsigned(1))),
  q: (r) => r.store(r.unsigned(1)),
  r: (r) => r.store(r.unsigned(4)),
  '\x94': (r) => r.store(r.memoSize),
  h: (r) => r.recall(r.unsigned(1)),
  j: (r) => r.recall(r.unsigned(4)),
  '0': (r) => void r.pop(),
  c: (r) => r.name(`${r.line()}.${r.line()}`),
  '\x93': (r) => {
    const [module, name] = lastItems(r, 2);
    r.name(`${String(module)}.${String(name)}`);
  },
  R: call,
  b: build,
};

/** A string of Python 2: text where it is short plain letters, else bytes. */
function bytesOrText(bytes: Uint8Array): string | Uint8Array {
  const plain = bytes.length < 256 && bytes.every((b) => b >= 9 && b < 127);
  return plain ? Buffer.from(bytes).toString('latin1') : bytes;
}
