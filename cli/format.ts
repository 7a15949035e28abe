import type { Fault } from '../engine/errors';

/** 25,557,032 */
export const count = (n: number): string => n.toLocaleString('en');

/** 12.5 MB, 3.1 GB: powers of ten, as disks and `ls -h --si` have it. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, n)) / 3)));
  const value = n / 1000 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** `42 s`, `1 m 12 s`, `2 h 5 m`; the second unit is left out where it is 0. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const s = Math.max(0, Math.round(seconds));
  const [big, small, names] =
    s < 3600
      ? [Math.floor(s / 60), s % 60, ['m', 's']]
      : [Math.floor(s / 3600), Math.floor((s % 3600) / 60), ['h', 'm']];
  return [big > 0 && `${big} ${names[0]}`, (small > 0 || big === 0) && `${small} ${names[1]}`]
    .filter(Boolean)
    .join(' ');
}

/** 93.1 % */
export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

/** Lines of at most `width` letters, broken at spaces. */
export const wrap = (text: string, width = 100): string =>
  text.replaceAll(new RegExp(`(.{1,${width}})(?: +|$)`, 'gm'), '$1\n').trimEnd();

/** What, where, why and what to do, a line each. */
export function faultText({ what, why, remedy, place }: Fault): string {
  const at = place.file ?? [place.node, place.param ?? place.port].filter(Boolean).join(', ') ?? '';
  return [what, at && `  At:  ${at}`, `  Why: ${why}`, `  Fix: ${remedy}`].filter(Boolean).join('\n');
}

/**
 * Text that no document can make a terminal obey: control characters, with which titles might move the
 * cursor or rename the window, stand as �.
 */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
