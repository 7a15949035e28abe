import { flatPainter, type Painter } from './paint';
import type { Colours, Line, Mark, Picture } from './scene';
import { SIGNS } from './tex-signs';

export interface TikzOptions {
  readonly colours: Colours;
  /** Whether the paper is painted in the theme's colour. */
  readonly ground: boolean;
}

/** A pixel of CSS in points of TeX; less where a net is so long that its picture would pass TeX's largest length. */
const PIXEL = 0.75;
const LONGEST = 14_000;

/**
 * A picture as a document of LaTeX that compiles as it stands, with pdflatex, xelatex, lualatex or tectonic: it asks
 * for tikz and geometry only. The same picture gives the same text.
 */
export function toTikz(picture: Picture, { colours, ground }: TikzOptions): string {
  const { x, y, width, height } = picture.box;
  const unit = Math.min(PIXEL, LONGEST / Math.max(width, height));
  const palette = new Map<string, string>();
  const paint = flatPainter(colours);
  const named: Painter = (p) => {
    const hex = paint(p).slice(1).toUpperCase();
    if (!palette.has(hex)) palette.set(hex, `net${letters(palette.size)}`);
    return palette.get(hex)!;
  };
  const corners = `(${n(x)},${n(y)}) rectangle (${n(x + width)},${n(y + height)})`;
  const body = [
    `\\useasboundingbox ${corners};`,
    ...(ground ? [`\\fill[${named({ token: '--canvas' })}] ${corners};`] : []),
    ...picture.marks.map((m) => statement(m, named, unit)),
  ];
  const colour = [...palette].map(([hex, name]) => `\\definecolor{${name}}{HTML}{${hex}}`);
  return [
    ...preamble(picture, [width * unit, height * unit]),
    ...colour,
    '\\begin{document}',
    '\\noindent%',
    `\\begin{tikzpicture}[x=${n(unit)}pt,y=-${n(unit)}pt,line join=round,line cap=round,baseline=(current bounding box.north)]`,
    ...body.map((line) => `  ${line}`),
    '\\end{tikzpicture}%',
    '\\end{document}\n',
  ].join('\n');
}

function preamble(picture: Picture, [width, height]: readonly [number, number]): readonly string[] {
  const strange = new Set(
    picture.marks.flatMap((m) => (m.mark === 'text' ? [...m.text].filter(isStrange) : [])),
  );
  const codes = [...strange].map((c) => c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0'));
  const unknown = codes.map((code) => `\\DeclareUnicodeCharacter{${code}}{?}`);
  return [
    '% Drawn by Convloom. To put it into a paper, take the colours and the tikzpicture, or include the PDF.',
    '\\documentclass{article}',
    `\\usepackage[paperwidth=${n(width)}pt,paperheight=${n(height + 1)}pt,margin=0pt]{geometry}`,
    '\\usepackage{tikz}',
    '\\pagestyle{empty}',
    '\\setlength{\\parindent}{0pt}\\setlength{\\topskip}{0pt}',
    // pdfTeX stops at signs that no font of its has; the other engines take them from theirs
    ...(unknown.length > 0 ? ['\\ifdefined\\pdftexversion', ...unknown, '\\fi'] : []),
  ];
}

/** a, b, … z, ba: names of colours hold no digits, so that they may stand before one. */
const letters = (i: number): string =>
  (i >= 26 ? letters(Math.floor(i / 26)) : '') + String.fromCharCode(97 + (i % 26));

const n = (value: number): string => String(Math.round(value * 1000) / 1000);
const at = (p: { readonly x: number; readonly y: number }): string => `(${n(p.x)},${n(p.y)})`;

function statement(m: Mark, paint: Painter, unit: number): string {
  switch (m.mark) {
    case 'rect': {
      const round = m.radius ? [`rounded corners=${n(m.radius * unit)}pt`] : [];
      const far = { x: m.x + m.width, y: m.y + m.height };
      return `\\path[${[...looks(m, paint, unit), ...round].join(',')}] ${at(m)} rectangle ${at(far)};`;
    }
    case 'polygon':
      return `\\path[${looks(m, paint, unit).join(',')}] ${m.points.map(at).join(' -- ')} -- cycle;`;
    case 'circle':
      return `\\path[${looks(m, paint, unit).join(',')}] ${at(m)} circle[radius=${n(m.radius * unit)}pt];`;
    case 'path':
      return `\\path[${[...lineOf(m.line, paint, unit), ...faint(m)].join(',')}] ${way(m.d)};`;
    case 'text':
      return node(m, paint, unit);
    case 'glyph':
      return '% a sign of the canvas, left out';
  }
}

type Filled = Extract<Mark, { mark: 'rect' | 'polygon' | 'circle' }>;
const looks = (m: Filled, paint: Painter, unit: number): readonly string[] => [
  ...(m.fill ? [`fill=${paint(m.fill)}`] : []),
  ...(m.line ? lineOf(m.line, paint, unit) : []),
  ...faint(m),
];
const lineOf = ({ paint: of, width, dash }: Line, paint: Painter, unit: number): readonly string[] => [
  `draw=${paint(of)}`,
  `line width=${n(width * unit)}pt`,
  ...(dash ? [`dash pattern=on ${n(dash[0]! * unit)}pt off ${n((dash[1] ?? dash[0]!) * unit)}pt`] : []),
];
const faint = ({ opacity }: { readonly opacity?: number | undefined }): readonly string[] =>
  opacity === undefined ? [] : [`opacity=${n(opacity)}`];

/** `M0 0L4 0C…` as TikZ writes it. */
function way(d: string): string {
  const steps = [...d.matchAll(/([MLC])([^MLC]*)/g)].map(([, letter, rest]) => {
    const numbers = rest!
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const points = numbers.flatMap((x, i) => (i % 2 === 0 ? [at({ x, y: numbers[i + 1]! })] : []));
    if (letter === 'M') return points[0];
    if (letter === 'L') return `-- ${points[0]}`;
    return `.. controls ${points[0]} and ${points[1]} .. ${points[2]}`;
  });
  return steps.join(' ');
}

const ANCHORS = { start: 'base west', middle: 'base', end: 'base east' } as const;

function node(m: Extract<Mark, { mark: 'text' }>, paint: Painter, unit: number): string {
  const size = m.size * unit;
  const family = m.mono ? '\\ttfamily' : `\\sffamily${(m.weight ?? 400) >= 600 ? '\\bfseries' : ''}`;
  const font = `font=\\fontsize{${n(size)}pt}{${n(size * 1.2)}pt}${family}\\selectfont`;
  const turn = m.turn ? [`rotate=${n(-m.turn)}`] : [];
  const options = [
    `text=${paint(m.paint)}`,
    `anchor=${ANCHORS[m.anchor ?? 'start']}`,
    'inner sep=0pt',
    font,
    ...turn,
  ];
  return `\\node[${options.join(',')}] at ${at(m)} {${forTex(m.text)}};`;
}

/** For the text of a node. What no engine can write becomes a space. */
const forTex = (text: string): string =>
  [...text].map((c) => SIGNS[c] ?? (isUnwritable(c) ? ' ' : c)).join('');
const isUnwritable = (c: string): boolean => c < ' ' || c === '\u007f' || /\p{Cs}|\p{Cn}/u.test(c);

/** Beyond the letters that every LaTeX knows by itself: those of Latin scripts up to U+017F. */
const isStrange = (c: string): boolean =>
  c > '\u007f' && !(c in SIGNS) && !isUnwritable(c) && !/[\u00c0-\u017f]/.test(c);
