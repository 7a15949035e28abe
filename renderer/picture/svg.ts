import { colourName, glyphPaths } from '../ui/glyph-paths';
import { type FontFile, fontRules } from './fonts';
import { flatPainter, type Painter, tokenPainter } from './paint';
import type { Colours, Line, Mark, Picture } from './scene';
import { forXml } from './text';

export interface SvgOptions {
  readonly colours: Colours;
  /** Where the reader's own theme is dark; left out, the picture looks the same everywhere. */
  readonly dark?: Colours;
  /** Corners of the ground in pixels; undefined leaves the picture transparent. */
  readonly ground?: number | undefined;
  /** To carry along; without them the reader's own fonts are asked for the same names. */
  readonly fonts?: readonly FontFile[];
}

export const SANS = "Inter, 'Inter Variable', system-ui, sans-serif";
export const MONO = "'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, monospace";

/** A picture as a document of SVG: plain attributes, so that drawing programs read it too. Nothing in it leads outside. */
export function toSvg(picture: Picture, options: SvgOptions): string {
  const { x, y, width, height } = picture.box;
  const paint = options.dark ? tokenPainter : flatPainter(options.colours);
  const style = styleOf(options);
  const size = `viewBox="${[x, y, width, height].map(n).join(' ')}" width="${n(width)}" height="${n(height)}"`;
  const { ground } = options;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${SANS}"`,
    ` role="img" aria-label="${forXml(picture.name)}">`,
    style && `<style>${style}</style>`,
    ground === undefined
      ? ''
      : element({ mark: 'rect', ...picture.box, radius: ground, fill: { token: '--canvas' } }, paint),
    ...picture.marks.map((m) => element(m, paint)),
    '</svg>\n',
  ].join('');
}

function styleOf({ colours, dark, fonts = [] }: SvgOptions): string {
  const variables = (of: Colours) =>
    `svg{${Object.entries(of)
      .map(([name, value]) => `${name}:${value}`)
      .join(';')}}`;
  const themes = dark ? `${variables(colours)}@media (prefers-color-scheme:dark){${variables(dark)}}` : '';
  return themes + fontRules(fonts);
}

/** At most two decimals: a hundredth of a pixel is not seen. */
const n = (value: number): string => String(Math.round(value * 100) / 100);

function element(m: Mark, paint: Painter): string {
  switch (m.mark) {
    case 'rect': {
      const corners = m.radius ? ` rx="${n(m.radius)}"` : '';
      const place = `x="${n(m.x)}" y="${n(m.y)}" width="${n(m.width)}" height="${n(m.height)}"`;
      return `<rect ${place}${corners}${filled(m, paint)}/>`;
    }
    case 'polygon':
      return `<polygon points="${m.points.map((p) => `${n(p.x)},${n(p.y)}`).join(' ')}"${filled(m, paint)}/>`;
    case 'circle':
      return `<circle cx="${n(m.x)}" cy="${n(m.y)}" r="${n(m.radius)}"${filled(m, paint)}/>`;
    case 'path':
      return `<path d="${m.d}" fill="none"${lined(m.line, paint)} stroke-linecap="round"${faint(m)}/>`;
    case 'text':
      return text(m, paint);
    case 'glyph': {
      const colour = paint({ token: colourName(m.of) });
      const scale = m.scale === 1 ? '' : ` scale(${n(m.scale)})`;
      const strokes = `fill="none" stroke="${colour}" color="${colour}" stroke-width="1.4"`;
      const ends = 'stroke-linecap="round" stroke-linejoin="round"';
      return `<g transform="translate(${n(m.x)} ${n(m.y)})${scale}" ${strokes} ${ends}>${glyphPaths(m.of)}</g>`;
    }
  }
}

type Filled = Extract<Mark, { mark: 'rect' | 'polygon' | 'circle' }>;
const filled = (m: Filled, paint: Painter): string => {
  const joined = m.mark === 'polygon' && m.line ? ' stroke-linejoin="round"' : '';
  const line = m.line ? lined(m.line, paint) + joined : '';
  return ` fill="${m.fill ? paint(m.fill) : 'none'}"${line}${faint(m)}`;
};
const lined = ({ paint: of, width, dash }: Line, paint: Painter): string =>
  ` stroke="${paint(of)}" stroke-width="${n(width)}"${dash ? ` stroke-dasharray="${dash.map(n).join(' ')}"` : ''}`;
const faint = ({ opacity }: { readonly opacity?: number | undefined }): string =>
  opacity === undefined ? '' : ` opacity="${n(opacity)}"`;

function text(m: Extract<Mark, { mark: 'text' }>, paint: Painter): string {
  const { x, y, size, weight = 400, mono = false, anchor = 'start', turn = 0 } = m;
  const more = [
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    weight === 400 ? '' : ` font-weight="${weight}"`,
    mono ? ` font-family="${MONO}"` : '',
    turn === 0 ? '' : ` transform="rotate(${n(turn)} ${n(x)} ${n(y)})"`,
  ].join('');
  return `<text x="${n(x)}" y="${n(y)}" font-size="${n(size)}" fill="${paint(m.paint)}"${more}>${forXml(m.text)}</text>`;
}
