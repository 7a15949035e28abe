// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { renameDocument } from '../../engine/graph/commands/document';
import { openDocument } from '../../engine/graph/file';
import { drawPicture, type PictureChoice, PLAIN_CHOICE, svgOf } from './draw';
import { fitted, textWidth, wrapped } from './text';

const NASTY = `a <b> & "c" 'd' 🧠 é\u0001\ud800 ]]> --`;
const templates = join(__dirname, '../../assets/templates');
const open = (id: string) => openDocument(readFileSync(join(templates, `${id}.json`), 'utf8'), id);

function draw(id: string, choice: Partial<PictureChoice>) {
  const doc = renameDocument.run(open(id), { name: NASTY });
  const [first] = Object.keys(doc.nodes);
  doc.nodes[first!] = { ...doc.nodes[first!]!, label: NASTY };
  const full = { ...PLAIN_CHOICE, ...choice };
  const font = { family: 'Inter', script: 'latin', data: 'd09GMg==' } as const;
  return svgOf(drawPicture(doc, analyse(doc), full), full, [font]);
}

const cases = (['canvas', 'figure'] as const).flatMap((style) =>
  ['lenet-5', 'resnet-50', 'googlenet', 'r2plus1d-18'].map((id) => [style, id] as const),
);
it.each(cases)('the %s of %s is sound XML that leads nowhere', (style, id) => {
  const svg = draw(id, { style, theme: 'dark' });
  const xml = new DOMParser().parseFromString(svg, 'application/xml');
  expect(xml.querySelector('parsererror')?.textContent).toBeUndefined();
  expect(xml.documentElement.getAttribute('aria-label')).toMatch(/^a <b> & "c" 'd' 🧠 é {2}/);
  for (const e of xml.querySelectorAll('*')) {
    expect(['script', 'image', 'use', 'a', 'foreignObject']).not.toContain(e.tagName);
    for (const { name, value } of e.attributes) {
      expect(name).not.toMatch(/href|^on/);
      if (/^(x|y|width|height|r|rx|cx|cy|d|points|viewBox|font-size)$/.test(name))
        expect(value).not.toMatch(/NaN|Infinity|undefined|null/);
    }
  }
  const addresses = svg.replace('http://www.w3.org/2000/svg', '').match(/url\([^)]{0,40}|https?:/g);
  expect(addresses).toEqual(['url(data:font/woff2;base64,d09GMg==']);
});

it('has no ground unless it is asked for, and colours that need no style sheet', () => {
  const [with_, without] = [draw('lenet-5', {}), draw('lenet-5', { ground: false })];
  expect(with_.match(/<rect/g)!.length - without.match(/<rect/g)!.length).toBe(1);
  expect(without).not.toContain('var(');
});

it('knows the width of words: two figures of Inter Semibold as a browser gives them', () => {
  expect(textWidth('Conv 3×3', { size: 12.5, weight: 600 })).toBeCloseTo(56, -1);
  expect(textWidth('28×28×16', { size: 10.5, mono: true })).toBeCloseTo(50.4, 1);
  expect(textWidth('网络', { size: 10 })).toBe(20);
});

it('cuts and breaks words to the room there is, and never loses all of them', () => {
  const face = { size: 12 };
  expect(fitted('Convolution', 200, face)).toBe('Convolution');
  const cut = fitted('A convolution with a long name', 80, face);
  expect(cut).toMatch(/^A conv.*…$/);
  expect(textWidth(cut, face)).toBeLessThanOrEqual(80);
  const lines = wrapped('one two three four five six', 60, face);
  expect(lines.join(' ')).toBe('one two three four five six');
  expect(lines.every((l) => textWidth(l, face) <= 60)).toBe(true);
});
