import type { Field } from '../../engine/nodes/fields';
import { formatCount } from '../ui/format';
import { calculate, type Worked } from './formula';
import { expectation } from './values';

/** What was typed as a value, or a sentence on why it is none. */
export type Read = { readonly value: unknown } | { readonly fault: string };

/** Controls whose values are one number or several, one for each axis or side. */
const SIDED: ReadonlySet<Field['control']> = new Set(['pair', 'triple', 'padding']);
/** Between the sides: `1×7`, `1x7`, `7, 1`. A `*` multiplies. */
const BETWEEN = /\s*[×xX,;]\s*/;

/**
 * What was typed into a field, checked. Numbers may be formulas; one that starts with a sign goes on from what is there:
 * `*2` doubles, `+16` adds, and where nothing is below zero `-16` takes away.
 *
 * @param old   what stands there
 * @param judge the schema's word on a value
 * @param axis  of a shape, the side that was typed
 * @example readEntry(filters, '64*2', 32, judge) // { value: 128 }
 * @example readEntry(kernel, '1x7', 3, judge) // { value: [1, 7] }
 */
export function readEntry(
  field: Field,
  text: string,
  old: unknown,
  judge: (value: unknown) => boolean,
  axis?: number,
): Read {
  const typed = text.trim();
  const read = axis !== undefined ? readSide(field, typed, old, axis) : readValue(field, typed, old);
  if ('fault' in read) return { fault: `${sentence(typed, read.fault)}${expectation(field)}` };
  if (judge(read.value)) return read;
  return { fault: `${said(typed, read.value)}${expectation(field)}` };
}

/** An empty entry needs no reason beside what it takes. */
const sentence = (typed: string, fault: string): string =>
  typed === '' ? '' : `${fault.charAt(0).toUpperCase()}${fault.slice(1)}. `;

/** What a formula came to, where that is not what was typed. */
function said(typed: string, value: unknown): string {
  if (typeof value !== 'number' || /^[-+]?[\d.,\s]*$/.test(typed)) return '';
  return `${typed} is ${formatCount(value)}. `;
}

function readValue(field: Field, typed: string, old: unknown): Read {
  if (field.control === 'int') return whole(fromOld(thousands(typed), old, field.min >= 0));
  if (field.control === 'number') {
    const worked = fromOld(typed.replace(',', '.'), old, field.min >= 0);
    return 'fault' in worked ? worked : { value: Number(worked.value.toPrecision(12)) };
  }
  if (SIDED.has(field.control)) return readSides(typed, old);
  return { value: typed };
}

/** `1,024` and `1 024`. */
const thousands = (text: string): string => text.replaceAll(/(?<=\d)[\s,](?=\d{3}(?!\d))/g, '');

const GOES_ON = /^(?:([+*/^×÷])(?!=)|([-+*/^])=)\s*(?=.)/;

/** A number or formula; one that starts with a sign goes on from `old`. @param positive `-16` takes away */
function fromOld(text: string, old: unknown, positive: boolean): Worked {
  const less = positive ? /^([-−])\s*(?=.)/.exec(text) : null;
  const [start, bare, before] = GOES_ON.exec(text) ?? less ?? [];
  const sign = bare ?? before;
  if (start === undefined || sign === undefined) return calculate(text);
  if (typeof old !== 'number') return { fault: `there is no number that '${text}' could go on from` };
  return calculate(`(${old})${sign}${text.slice(start.length)}`);
}

/** Sums of tenths are not quite whole: 0.1 * 30. */
function whole(worked: Worked): Worked {
  if ('fault' in worked) return worked;
  const near = Math.round(worked.value);
  return Math.abs(worked.value - near) < 1e-9 ? { value: near } : worked;
}

function readSides(typed: string, old: unknown): Read {
  if (typed === 'same' || typed === 'valid' || /^\p{L}{3,}$/u.test(typed)) return { value: typed };
  const parts = typed.split(BETWEEN);
  const olds = Array.isArray(old) ? (old as readonly unknown[]) : undefined;
  // one relative formula goes for every side
  const texts = parts.length === 1 && olds ? olds.map(() => typed) : parts;
  const sides: number[] = [];
  for (const [i, part] of texts.entries()) {
    const worked = whole(fromOld(part, olds ? olds[i] : old, true));
    if ('fault' in worked) return worked;
    sides.push(worked.value);
  }
  return { value: sides.every((n) => n === sides[0]) ? sides[0] : sides };
}

/** One side of a shape; `32x32x3` in any of them is the whole of it. */
function readSide(field: Field, typed: string, old: unknown, axis: number): Read {
  if (field.control !== 'shape' || !Array.isArray(old)) return { fault: 'there is no shape' };
  if (/\d\s*[×xX;]\s*\d/.test(typed)) return wholeShape(typed);
  const worked = whole(fromOld(thousands(typed), old[axis], true));
  return 'fault' in worked ? worked : { value: old.map((side, i) => (i === axis ? worked.value : side)) };
}

function wholeShape(typed: string): Read {
  const sides: number[] = [];
  for (const part of typed.split(/\s*[×xX;]\s*/)) {
    const worked = whole(calculate(part));
    if ('fault' in worked) return worked;
    sides.push(worked.value);
  }
  return { value: sides };
}
