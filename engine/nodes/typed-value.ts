import type { z } from 'zod';
import type { NodeDef } from './define';
import type { Field } from './fields';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const SIDES = /^\d+([x×*]\d+)+$/i;

export const isNumber = (word: string): boolean => NUMBER.test(word) || /^\d+(\.\d+)?%$/.test(word);
/** `3x3`, `16×112×112` */
export const isSides = (word: string): boolean => SIDES.test(word);

/** Controls that a number alone can set. */
const NUMERIC: ReadonlySet<Field['control']> = new Set(['int', 'number', 'pair', 'triple', 'padding']);
export const isNumeric = ({ control }: Field): boolean => NUMERIC.has(control);

/** What `text` says for a field, as its schema takes it; undefined where it takes nothing of the kind. */
export function typedValue(def: NodeDef, field: Field, text: string): unknown {
  const schema = def.params.shape[field.name] as z.ZodType;
  const read = readAs(field, text);
  return read !== undefined && schema.safeParse(read).success ? read : undefined;
}

function readAs(field: Field, text: string): unknown {
  const sides = sidesOf(text);
  switch (field.control) {
    case 'int':
    case 'number':
      return sides ? alike(sides) : numberOf(text);
    case 'pair':
    case 'triple':
    case 'padding':
      if (sides) return alike(sides) ?? sides;
      return numberOf(text) ?? (field.control === 'padding' ? oneOf(['same', 'valid'], text) : undefined);
    case 'shape':
      return sides;
    case 'choice':
      return oneOf(field.options, text);
    case 'toggle':
      return ON_OFF[text];
    case 'text':
      return text;
    case 'record':
      return undefined;
  }
}

const ON_OFF: Readonly<Record<string, boolean>> = {
  ...{ on: true, yes: true, true: true, 1: true },
  ...{ off: false, no: false, false: false, 0: false },
};

function numberOf(text: string): number | undefined {
  if (!isNumber(text)) return undefined;
  return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
}
const sidesOf = (text: string): readonly number[] | undefined =>
  isSides(text) ? text.split(/[x×*]/i).map(Number) : undefined;
const alike = (sides: readonly number[]): number | undefined =>
  sides.every((n) => n === sides[0]) ? sides[0] : undefined;

/** An option by its name or, from three letters on, by how it begins; hyphens may be left out. */
export function oneOf(options: readonly string[], text: string, letters = 3): string | undefined {
  const plain = (s: string) => s.toLowerCase().replaceAll('-', '');
  const word = plain(text);
  const exact = options.find((o) => plain(o) === word);
  return exact ?? (word.length >= letters ? options.find((o) => plain(o).startsWith(word)) : undefined);
}

/** What a field takes, to end a sentence: `takes 1 to 65,536`. */
export function takes(field: Field): string {
  const range = 'min' in field ? `${limit(field.min)} to ${limit(field.max)}` : '';
  switch (field.control) {
    case 'int':
      return `takes a whole number, ${range}`;
    case 'number':
      return `takes ${range}`;
    case 'pair':
      return `takes ${range}, or two such as 1x7`;
    case 'triple':
      return `takes ${range}, or three such as 1x7x7`;
    case 'padding':
      return 'takes same, valid, or pixels up to 1,024';
    case 'shape':
      return 'takes sides and channels, such as 28x28x1';
    case 'choice':
      return `takes ${field.options.join(', ')}`;
    case 'toggle':
      return 'takes on or off';
    default:
      return 'takes a word';
  }
}
const limit = (n: number): string =>
  n >= 1e6 ? n.toExponential().replace('e+', 'e') : n.toLocaleString('en');
