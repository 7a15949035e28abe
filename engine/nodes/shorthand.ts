import { REPEAT } from './body';
import type { NodeDef } from './define';
import { type Field, fieldsOf } from './fields';
import { isNumber, isNumeric, isSides, oneOf, takes, typedValue } from './typed-value';

/** In a kind's `shorthand.numbers`: how many copies stand in a row. */
export const COPIES = '×';
const MOST_COPIES = 1000;

export interface Unread {
  readonly word: string;
  /** As the rest of a sentence that begins with the word. */
  readonly why: string;
}
/** A node as it was typed. */
export interface Typed {
  /** Parameters that were set; the others have the defaults of the kind. */
  readonly params: Readonly<Record<string, unknown>>;
  /** More than one: they stand in a Repeat. */
  readonly copies: number;
  readonly unread: readonly Unread[];
}
export interface NamedLine extends Typed {
  /** How well the line names the kind: 0 by one of its names, 1 by a word of them, 2 by how a word begins, or by its category. */
  readonly rank: 0 | 1 | 2;
}

const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/).filter(Boolean);
const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s-]+/g, '');

/**
 * A line such as `conv 64 3x3 s2` read for one kind: first its name, or how it begins, then parameters.
 *
 * @returns undefined where the line does not name the kind; for an empty line the kind as it is
 */
export function readLine(def: NodeDef, line: string): NamedLine | undefined {
  const words = wordsOf(line.replaceAll(',', ' '));
  if (words.length === 0) return { params: {}, copies: 1, unread: [], rank: 2 };
  const named = nameIn(def, words);
  if (named) return { ...readParams(def, words.slice(named.count)), rank: named.rank };
  const option = optionThatNames(def, words[0]!);
  if (option === undefined) return undefined;
  const typed = readParams(def, [option, ...words.slice(1)]);
  return { ...typed, rank: option === words[0]!.toLowerCase() ? 0 : 1 };
}

interface Named {
  readonly count: number;
  readonly rank: 0 | 1 | 2;
}

/** The longest run of first words that are a name, or begin words of the names. */
function nameIn(def: NodeDef, words: readonly string[]): Named | undefined {
  const names = [def.title, def.type, ...(def.shorthand?.names ?? [])];
  const whole = names.flatMap((n) => n.toLowerCase().split(/\s+/));
  const parts = new Set([...whole, ...whole.flatMap((w) => w.split('-'))]);
  const known = new Set([...parts, def.category]);
  let count = 0;
  while (count < words.length && begins(known, words[count]!)) count++;
  for (let n = count; n > 0; n--) {
    const said = plain(words.slice(0, n).join(''));
    if (names.some((name) => plain(name) === said)) return { count: n, rank: 0 };
  }
  if (count === 0) return undefined;
  return { count, rank: words.slice(0, count).every((w) => parts.has(w.toLowerCase())) ? 1 : 2 };
}
const begins = (parts: ReadonlySet<string>, word: string): boolean =>
  /^[a-z]|^\d+d$/i.test(word) && [...parts].some((p) => p.startsWith(word.toLowerCase()));

function optionThatNames(def: NodeDef, word: string): string | undefined {
  const field = fieldsOf(def.params).find((f) => f.name === def.shorthand?.namedBy);
  return field?.control === 'choice' ? oneOf(field.options, word, 2) : undefined;
}

/** Parameters of a kind out of typed words, in any order; every word that says nothing to it is told. */
export function readParams(def: NodeDef, words: readonly string[]): Typed {
  const reader = new Reader(def);
  for (let i = 0; i < words.length; i++) i += reader.read(words[i]!, words[i + 1]);
  reader.placeNumbers();
  reader.showHidden();
  return { params: Object.fromEntries(reader.set), copies: reader.copies, unread: reader.unread };
}

class Reader {
  readonly set = new Map<string, unknown>();
  readonly unread: Unread[] = [];
  copies = 1;
  readonly #fields: readonly Field[];
  readonly #numbers: string[] = [];

  constructor(readonly def: NodeDef) {
    this.#fields = fieldsOf(def.params).filter((f) => f.control !== 'record');
  }

  /** @returns how many of the words after `word` were read with it */
  read(word: string, next: string | undefined): 0 | 1 {
    const low = word.toLowerCase();
    const assigned = /^([a-z][\w-]*)[=:](.+)$/.exec(low);
    if (assigned) return this.#assign(word, this.#named(assigned[1]!), assigned[2]!);
    const copies = /^[x×](\d+)$|^(\d+)[x×]$/.exec(low);
    if (copies) return this.#repeat(word, Number(copies[1] ?? copies[2]));
    if (isNumber(low)) {
      this.#numbers.push(low);
      return 0;
    }
    if (isSides(low)) return this.#size(word, low);
    return this.#word(word, low, next?.toLowerCase());
  }

  /** A name with its value after it, letters with a number, an option, or a switch. */
  #word(word: string, low: string, next: string | undefined): 0 | 1 {
    const field = this.#named(low);
    if (field?.control === 'toggle') {
      const says = next === 'on' || next === 'off' ? 1 : 0;
      this.set.set(field.name, !(says && next === 'off'));
      return says;
    }
    const value = field && next !== undefined ? typedValue(this.def, field, next) : undefined;
    if (field && value !== undefined) {
      this.set.set(field.name, value);
      return 1;
    }
    const off = this.#named(low.replace(/^no-?/, ''));
    if (low.startsWith('no') && off?.control === 'toggle') {
      this.set.set(off.name, false);
      return 0;
    }
    if (this.#option(low) || this.#lettered(word, low)) return 0;
    const says = field ? `${field.title} ${takes(field)}` : `says nothing to ${this.def.title}`;
    return this.#refuse(word, says);
  }

  #option(low: string): boolean {
    for (const field of this.#fields) {
      if (field.control !== 'choice' && field.control !== 'padding') continue;
      const value = this.set.has(field.name) ? undefined : typedValue(this.def, field, low);
      if (value === undefined) continue;
      this.set.set(field.name, value);
      return true;
    }
    return false;
  }

  /** `s2`, `k5`, `f64`: the first field that begins so and takes the number. */
  #lettered(word: string, low: string): boolean {
    const parts = /^([a-z]+?)([\d.].*)$/.exec(low);
    if (!parts) return false;
    const fits = this.#fields.filter(
      (f) => (isNumeric(f) || f.control === 'toggle') && this.#begins(f, parts[1]!),
    );
    for (const field of fits) {
      const value = typedValue(this.def, field, parts[2]!);
      if (value === undefined) continue;
      this.set.set(field.name, value);
      return true;
    }
    if (fits[0]) this.#refuse(word, `is out of range: ${fits[0].title} ${takes(fits[0])}`);
    return fits.length > 0;
  }

  /** `3x3`: the first field that has sides and takes them; a kernel of one number where they are alike. */
  #size(word: string, low: string): 0 {
    const sided = this.#fields.filter((f) => ['pair', 'triple', 'shape'].includes(f.control));
    const kernels = this.#fields.filter((f) => f.name === 'kernel' || f.name === 'window');
    for (const field of [...sided, ...kernels]) {
      const value = this.set.has(field.name) ? undefined : typedValue(this.def, field, low);
      if (value === undefined) continue;
      this.set.set(field.name, value);
      return 0;
    }
    return this.#refuse(word, `sets no size of ${this.def.title}`);
  }

  #assign(word: string, field: Field | undefined, text: string): 0 {
    if (!field) return this.#refuse(word, `names no setting of ${this.def.title}`);
    const value = typedValue(this.def, field, text);
    if (value === undefined) return this.#refuse(word, `is out of range: ${field.title} ${takes(field)}`);
    this.set.set(field.name, value);
    return 0;
  }

  #repeat(word: string, count: number): 0 {
    if (!canRepeat(this.def)) return this.#refuse(word, `asks for copies; only a block can be repeated`);
    if (count < 1 || count > MOST_COPIES) return this.#refuse(word, 'is out of range: 1 to 1,000 copies');
    this.copies = count;
    return 0;
  }

  /** Gives bare numbers to fields, in the order of the kind. */
  placeNumbers(): void {
    const count = this.#numbers.length;
    const shape = this.#fields.find((f) => f.control === 'shape' && !this.set.has(f.name));
    const order = numbersOf(this.def, this.#fields, count).filter((name) => !this.set.has(name));
    if (order.length === 0 && shape && count > 1) {
      this.#assign(this.#numbers.join(' '), shape, this.#numbers.join('x'));
      return;
    }
    this.#numbers.forEach((word, i) => {
      const name = order[i];
      const field = this.#fields.find((f) => f.name === name);
      if (name === COPIES) this.#repeat(word, Number(word));
      else if (field) this.#assign(word, field, word);
      else this.#refuse(word, `is one number too many for ${this.def.title}`);
    });
  }

  /** A field that only has a meaning with a choice, such as groups of a bottleneck, takes that choice with it. */
  showHidden(): void {
    const start = this.def.params.safeParse(Object.fromEntries(this.set));
    if (!start.success) return;
    const params = start.data as Record<string, unknown>;
    for (const field of this.#fields) {
      if (!this.set.has(field.name) || !field.only || field.only(params)) continue;
      const choice = this.#choices().find(([name, value]) => field.only!({ ...params, [name]: value }));
      if (!choice) continue;
      this.set.set(...choice);
      params[choice[0]] = choice[1];
    }
  }

  #choices(): readonly (readonly [string, unknown])[] {
    return this.#fields
      .filter((f) => !this.set.has(f.name))
      .flatMap((f): readonly (readonly [string, unknown])[] => {
        if (f.control === 'toggle') return [true, false].map((v) => [f.name, v] as const);
        return f.control === 'choice' ? f.options.map((v) => [f.name, v] as const) : [];
      });
  }

  /** A field by its name or title, whole or from three letters on. */
  #named(word: string): Field | undefined {
    const said = plain(word);
    const whole = this.#fields.find((f) => plain(f.name) === said || plain(f.title) === said);
    return whole ?? (said.length >= 3 ? this.#fields.find((f) => this.#begins(f, said)) : undefined);
  }
  #begins(field: Field, letters: string): boolean {
    return plain(field.name).startsWith(letters) || plain(field.title).startsWith(letters);
  }

  #refuse(word: string, why: string): 0 {
    this.unread.push({ word, why });
    return 0;
  }
}

const canRepeat = ({ kind, inputs }: NodeDef): boolean =>
  kind === 'composite' && !('atLeast' in inputs) && inputs.length === 1;

/** The fields that `count` bare numbers set. */
function numbersOf({ shorthand }: NodeDef, fields: readonly Field[], count: number): readonly string[] {
  const lists = shorthand?.numbers;
  if (lists) return lists.find((l) => l.length >= count) ?? lists.at(-1) ?? [];
  const takesNumbers = (f: Field) => isNumeric(f) && f.control !== 'padding';
  const first = fields.findIndex(takesNumbers);
  const run = first < 0 ? [] : fields.slice(first);
  const end = run.findIndex((f) => !takesNumbers(f));
  return run.slice(0, end < 0 ? run.length : end).map((f) => f.name);
}

/** The node that was typed: of the kind itself, or of copies of it; a stride stays with the first copy. */
export function typedNode(def: NodeDef, { params, copies }: Pick<Typed, 'params' | 'copies'>) {
  if (copies <= 1) return { type: def.type, params };
  const { stride, ...rest } = params;
  const first = stride === undefined ? {} : { stride };
  return { type: REPEAT, params: { block: def.type, count: copies, params: rest, first } };
}
