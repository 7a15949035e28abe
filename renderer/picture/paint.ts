import type { Colours, Paint } from './scene';

/** How a colour is written: as it is, or by its token so that the reader's theme decides. */
export type Painter = (paint: Paint) => string;

/** `#rrggbb`: every program reads it, those that know no variables of CSS too. */
export const flatPainter =
  (colours: Colours): Painter =>
  ({ token, toward, by = 0 }) =>
    toward === undefined ? hexOf(colours, token) : mixed(hexOf(colours, token), hexOf(colours, toward), by);

export const tokenPainter: Painter = ({ token, toward, by = 0 }) =>
  toward === undefined
    ? `var(${token})`
    : `color-mix(in srgb,var(${token}),var(${toward}) ${Math.round(by * 100)}%)`;

const hexOf = (colours: Colours, token: string): string => colours[token] ?? '#808080';

function mixed(a: string, b: string, by: number): string {
  const part = (hex: string, i: number) => Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  const sum = (i: number) => Math.round(part(a, i) * (1 - by) + part(b, i) * by);
  return `#${[0, 1, 2].map((i) => sum(i).toString(16).padStart(2, '0')).join('')}`;
}
