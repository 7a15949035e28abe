import type { NodeDef } from '../../engine/nodes/define';
import type { Field } from '../../engine/nodes/fields';
import { formatCount } from '../ui/format';

/** What a node's fields show: its parameters with the defaults of the kind; a value at fault stands as it is. */
export function shownParams(def: NodeDef, raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(def.params.shape).map(([name, schema]) => {
    const parsed = (schema as { safeParse(v: unknown): { success: boolean; data?: unknown } }).safeParse(
      raw[name],
    );
    return [name, parsed.success ? parsed.data : raw[name]] as const;
  });
  return Object.fromEntries(entries);
}

/** As it stands in a field: `3`, `1×7`, `same`. */
export function formatValue(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.join('×');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Controls whose values are one number or several, one for each axis or side. */
const SIDED: ReadonlySet<Field['control']> = new Set(['pair', 'triple', 'padding']);

/** What was typed, as a value for the field's schema, which judges it: `1x7` -> [1, 7], `3×3` -> 3. */
export function parseValue(field: Field, text: string): unknown {
  const typed = text.trim();
  if (field.control === 'int')
    return /^[+-]?[\d,\s]+$/.test(typed) ? Number(typed.replaceAll(/[,\s]/g, '')) : toNumber(typed);
  if (field.control === 'number') return toNumber(typed.replace(',', '.'));
  if (!SIDED.has(field.control)) return typed;
  const sides = typed.split(/\s*[×xX*,;\s]\s*/);
  if (!sides.every((s) => /^\d+$/.test(s))) return typed;
  const numbers = sides.map(Number);
  return numbers.every((n) => n === numbers[0]) ? numbers[0] : numbers;
}
const toNumber = (text: string): number => (text === '' ? Number.NaN : Number(text));

/** Why a typed value was not taken, as what the field takes. */
export function expectation(field: Field): string {
  const range = 'min' in field ? `${formatCount(field.min)} to ${formatLimit(field.max)}` : '';
  switch (field.control) {
    case 'int':
      return `Takes a whole number from ${range}.`;
    case 'number':
      return `Takes a number from ${range}.`;
    case 'pair':
      return `Takes one number, or height×width, each from ${range}.`;
    case 'triple':
      return `Takes one number, or time×height×width, each from ${range}.`;
    case 'padding':
      return 'Takes pixels from 0 to 1,024: one number, or one for each side.';
    case 'shape':
      return 'Takes whole numbers: sides from 1 to 16,384, channels from 1 to 65,536.';
    case 'text':
      return 'Takes a word.';
    case 'record':
      return 'Is edited on the canvas.';
    case 'choice':
      return `Takes one of ${field.options.join(', ')}.`;
    case 'toggle':
      return 'Takes on or off.';
  }
}
const formatLimit = (n: number): string => (n >= 1e6 ? n.toExponential().replace('e+', 'e') : formatCount(n));

/** The value `delta` steps on, inside the field's range; undefined where the field has no steps. */
export function stepValue(field: Field, value: unknown, delta: number): unknown {
  if (field.control === 'int' && typeof value === 'number') return clamp(field, value + delta);
  if (field.control === 'number' && typeof value === 'number') {
    const unit = unitOf(value || field.max / 10);
    return clamp(field, Number((Math.round(value / unit + delta) * unit).toPrecision(12)));
  }
  if (field.control !== 'pair' && field.control !== 'triple') return undefined;
  if (typeof value === 'number') return clamp(field, value + delta);
  if (!Array.isArray(value)) return undefined;
  return (value as readonly number[]).map((side) => clamp(field, side + delta));
}
const clamp = ({ min, max }: { min: number; max: number }, n: number): number =>
  Math.min(max, Math.max(min, n));
/** The second telling digit: 0.01 for 0.5, 1e-5 for 1e-4. */
const unitOf = (n: number): number => 10 ** (Math.floor(Math.log10(Math.abs(n))) - 1);
