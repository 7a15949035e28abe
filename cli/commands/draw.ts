import { extname, resolve } from 'node:path';
import { z } from 'zod';
import { analyse } from '../../engine/analysis/analyse';
import { UserError } from '../../engine/errors';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import { drawPicture, type PictureChoice, PLAIN_CHOICE, svgOf, tikzOf } from '../../renderer/picture/draw';
import type { Picture } from '../../renderer/picture/scene';
import { NET, net, SHAPE_OPTIONS, shapeArgs } from '../arguments';
import { type CliResult, defineCli, type Terminal } from '../command';
import { readFonts } from '../fonts';
import { count } from '../format';
import { openNet, reshape } from '../net';

const oneOf = <const T extends readonly [string, ...string[]]>(values: T, start: T[number]) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` }).default(start as never);

/** `convloom draw vgg-d --figure -o vgg.tex`: a picture of the net, for papers and slides. */
export const drawNet = defineCli({
  name: 'draw',
  summary: 'Draw a net as a picture: SVG or TikZ (LaTeX)',
  argument: NET,
  options: [
    ['-o, --out <file>', 'where to: .svg, or .tex for the figure; a file that is there is replaced'],
    ['--figure', 'as papers draw it: a body for each feature map'],
    ['--theme <theme>', 'light (default) or dark'],
    ['--transparent', 'no ground behind it'],
    ['--open <paths>', 'of the canvas: blocks that stand open, by commas; `all` for every one of the graph'],
    ['--scale <scale>', 'of the figure: root (default), log or linear'],
    ['--fold <how>', 'of the figure: auto (default), none, repeats or stages'],
    ['--labels <which>', 'of the figure: all (default), sizes or none'],
    ['--no-legend', 'of the figure: without what the colours mean'],
    ...SHAPE_OPTIONS,
  ],
  example: 'convloom draw vgg-d --figure -o vgg.svg',
  args: z.object({
    net,
    out: z.string({ error: 'must name a file' }).min(1, 'must name a file'),
    figure: z.boolean().default(false),
    theme: oneOf(['light', 'dark'], 'light'),
    transparent: z.boolean().default(false),
    open: z.string().optional(),
    scale: oneOf(['root', 'log', 'linear'], 'root'),
    fold: oneOf(['auto', 'none', 'repeats', 'stages'], 'auto'),
    labels: oneOf(['all', 'sizes', 'none'], 'all'),
    legend: z.boolean().default(true),
    ...shapeArgs,
  }),

  async run({ net: name, out, open, figure, transparent, fold, input, classes, ...look }, terminal) {
    const format = formatOf(out);
    const style = figure || format === 'tex' ? 'figure' : 'canvas';
    const choice = { ...PLAIN_CHOICE, ...look, style, ground: !transparent, folding: fold } as const;
    const doc = opened(reshape((await openNet(name)).doc, { input, classes }), open);
    const picture = drawPicture(doc, analyse(doc), choice);
    if (picture.marks.length === 0) throw nothingToDraw();
    const text = format === 'tex' ? tikzOf(picture, choice) : await svgText(picture, choice, terminal);
    return write(resolve(out), text, picture);
  },
});

async function svgText(picture: Picture, choice: PictureChoice, terminal: Terminal): Promise<string> {
  const fonts = await readFonts(picture);
  if (!fonts) terminal.note('The fonts are not installed here: the picture names them and carries none.');
  return svgOf(picture, choice, fonts ?? []);
}

async function write(file: string, text: string, { box }: Picture): Promise<CliResult> {
  await writeFileAtomic(file, text);
  const bytes = Buffer.byteLength(text);
  const { width, height } = box;
  return { text: `${file}  ${width}×${height}, ${count(bytes)} bytes`, data: { file, width, height, bytes } };
}

function formatOf(file: string): 'svg' | 'tex' {
  const ending = extname(file).toLowerCase();
  if (ending === '.svg' || ending === '.tex') return ending === '.svg' ? 'svg' : 'tex';
  throw new UserError(
    'cli/picture-format',
    `A picture cannot be written to ${file}.`,
    `The terminal draws .svg and .tex, not ${ending === '' ? 'a file without an ending' : ending}.`,
    'Name a file that ends in .svg or .tex. The window exports PNG and PDF too: File > Export picture.',
    { file },
  );
}

const nothingToDraw = (): UserError =>
  new UserError(
    'cli/nothing-to-draw',
    'There is nothing to draw.',
    'The net has no node whose shape is known.',
    'Run `convloom check` on it, and mend what it names.',
  );

type Doc = Awaited<ReturnType<typeof openNet>>['doc'];
function opened(doc: Doc, paths: string | undefined): Doc {
  if (paths === undefined) return doc;
  const open = paths === 'all' ? Object.keys(doc.nodes) : paths.split(',').map((p) => p.trim());
  return { ...doc, layout: { ...doc.layout, open } };
}
