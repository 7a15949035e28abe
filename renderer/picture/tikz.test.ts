import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { openDocument } from '../../engine/graph/file';
import { type documentOf, rowOf } from '../../engine/graph/testing';
import { drawPicture, type PictureChoice, PLAIN_CHOICE, tikzOf } from './draw';

type Doc = Parameters<typeof analyse>[0] & ReturnType<typeof documentOf>;
const texOf = (doc: Doc, more: Partial<PictureChoice> = {}) => {
  const choice: PictureChoice = { ...PLAIN_CHOICE, style: 'figure', ...more };
  return tikzOf(drawPicture(doc, analyse(doc), choice), choice);
};
const template = (id: string) =>
  openDocument(readFileSync(new URL(`../../assets/templates/${id}.json`, import.meta.url), 'utf8'), id);

/** Reads braces, brackets and dollars as TeX does. @throws where one is left open or closed twice */
function readTex(text: string): void {
  const open: string[] = [];
  let math = false;
  const body = text.replaceAll(/(?<!\\)%.*$/gm, '').replaceAll(/\\[^a-zA-Z]/g, '');
  for (const c of body) {
    if (c === '$') math = !math;
    else if ('{['.includes(c)) open.push(c);
    else if ('}]'.includes(c) && open.pop() !== (c === '}' ? '{' : '[')) throw new Error(`a ${c} too many`);
  }
  if (open.length > 0 || math) throw new Error(`left open: ${open.join('')}${math ? '$' : ''}`);
}

const IDS = [
  'lenet-5',
  'vgg-d',
  'resnet-50',
  'googlenet',
  'densenet-121',
  'mobilenet-v2',
  'preact-resnet-1001',
];
it.each(IDS)('the figure of %s is balanced LaTeX of the few commands that tikz has', (id) => {
  const tex = texOf(template(id));
  expect(() => readTex(tex)).not.toThrow();
  const used = new Set([...tex.matchAll(/\\([a-zA-Z]+)/g)].map((m) => m[1]));
  const known =
    'documentclass usepackage pagestyle setlength parindent topskip definecolor begin end noindent useasboundingbox ' +
    'fill path node fontsize ttfamily sffamily bfseries selectfont times cdot dots to';
  expect([...used].filter((c) => !known.split(' ').includes(c!))).toEqual([]);
  const body = tex.split('\\begin{tikzpicture}')[1]!.split('\n').slice(1);
  const statements = body.slice(0, body.indexOf('\\end{tikzpicture}%'));
  for (const line of statements) expect(line).toMatch(/^ {2}\\(path|node|fill|useasboundingbox)\b.*;$/);
  const defined = [...tex.matchAll(/\\definecolor\{(\w+)\}/g)].map((m) => m[1]);
  for (const [, name] of tex.matchAll(/(?:fill|draw|text)=(\w+)/g)) expect(defined).toContain(name);
  expect(tex).not.toMatch(/NaN|Infinity|undefined/);
});

it('is the same text each time', () => {
  expect(texOf(template('googlenet'))).toBe(texOf(template('googlenet')));
});

it('writes every name so that LaTeX reads it as text', () => {
  const doc = rowOf([
    ['input', { shape: [8, 8, 3] }],
    ['conv2d', {}],
  ]);
  doc.nodes['n1'] = { ...doc.nodes['n1']!, label: '50% & $x_1^2$ #{\\rm é} ~ <🧠> ж' };
  const tex = texOf(doc);
  expect(() => readTex(tex)).not.toThrow();
  expect(tex).toContain(
    '{50\\% \\& \\$x\\_1\\textasciicircum{}2\\$ \\#\\{\\textbackslash{}rm é\\} \\textasciitilde{} $<$🧠$>$ ж}',
  );
  // pdfTeX alone has no font for these, and would stop
  expect(tex).toMatch(
    /\\ifdefined\\pdftexversion\n\\DeclareUnicodeCharacter\{1F9E0\}\{\?\}\n.*\{0436\}\{\?\}\n\\fi/,
  );
});

it('stays below the largest length of TeX, however long the net', () => {
  const steps = Array.from({ length: 900 }, (_, i) => ['conv2d', { filters: (i % 7) + 1 }] as const);
  const tex = texOf(rowOf([['input', { shape: [8, 8, 1] }], ...steps]), { folding: 'none' });
  const [, width] = /paperwidth=([\d.]+)pt/.exec(tex)!;
  expect(Number(width)).toBeLessThan(16_383);
});
