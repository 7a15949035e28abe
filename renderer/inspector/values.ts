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

/** `32 → 64`; of several nodes `16, 32 → 32, 64`. */
export function changeText(olds: readonly unknown[], news: readonly unknown[]): string {
  return `${listText(olds)} → ${listText(news)}`;
}
/** More values than this are told by their ends. */
const MOST_TOLD = 3;
function listText(values: readonly unknown[]): string {
  const told = [...new Set(values.map((v) => (v === undefined ? 'mixed' : formatValue(v))))];
  return told.length > MOST_TOLD ? `${told[0]} … ${told.at(-1)}` : told.join(', ');
}

/** The values of several nodes and how often each is there: `16 (2), 32`. */
export function mixedText(values: readonly unknown[]): string {
  const counts = new Map<string, number>();
  for (const value of values) {
    const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : formatValue(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const told = [...counts].map(([text, count]) => (count === 1 ? text : `${text} (${count})`));
  return told.length > 6 ? `${told.slice(0, 5).join(', ')} and ${told.length - 5} more` : told.join(', ');
}

/** Why a typed value was not taken, as what the field takes. */
export function expectation(field: Field): string {
  const range = 'min' in field ? `${formatLimit(field.min)} to ${formatLimit(field.max)}` : '';
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
      return 'Takes same, valid, or pixels from 0 to 1,024: one number, or one for each side.';
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
const formatLimit = (n: number): string =>
  n >= 1e6 || (n > 0 && n < 1e-3) ? n.toExponential().replace('e+', 'e') : formatCount(n);

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
