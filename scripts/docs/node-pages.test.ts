import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { indexPage, nodePages } from './node-pages';
import { coloursOf } from './themes.mjs';

const folder = new URL('../../docs/nodes/', import.meta.url);
const css = readFileSync(new URL('../../renderer/styles/tokens.css', import.meta.url), 'utf8');
const pages = nodePages(coloursOf(css, 'light'), coloursOf(css, 'dark'));

// run `node scripts/make-node-docs.mjs` when one of these turns red
it.each(pages.map((p) => [p.type, p] as const))(
  'the page of %s is what its definition says',
  (type, page) => {
    expect(readFileSync(new URL(`${type}.md`, folder), 'utf8')).toBe(page.markdown);
    expect(readFileSync(new URL(`pictures/${type}.svg`, folder), 'utf8')).toBe(page.picture);
  },
);

it('there is a page for every kind, and no other', () => {
  const files = readdirSync(folder).filter((n) => n.endsWith('.md') && n !== 'README.md');
  expect(files.sort()).toEqual(pages.map((p) => `${p.type}.md`).sort());
  expect(readFileSync(new URL('README.md', folder), 'utf8')).toBe(indexPage(pages));
});

it('every picture is sound XML with a name, and holds every node of the example', () => {
  for (const { picture } of pages) {
    expect(picture).toMatch(/^<svg [^>]*role="img" aria-label="[^"]+">.*<\/svg>\n$/s);
    expect(picture).not.toMatch(/NaN|undefined/);
  }
});
