import { describe, expect, it } from 'vitest';
import { firstWords, type Inline, parseMarkdown } from './markdown-text';

const flat = (parts: readonly Inline[]): string =>
  parts
    .map((p) => {
      if (p.sort === 'text') return p.text;
      if (p.sort === 'code') return `<code>${p.text}</code>`;
      if (p.sort === 'link') return `<link ${p.address}>${flat(p.children)}</link>`;
      return `<${p.sort}>${flat(p.children)}</${p.sort}>`;
    })
    .join('');
const line = (text: string): string => {
  const [first] = parseMarkdown(text);
  return first?.sort === 'paragraph' ? flat(first.lines[0]!) : `a ${first?.sort}`;
};

describe('a note in Markdown', () => {
  it('has headings, paragraphs of lines, lists of both sorts and code', () => {
    const blocks = parseMarkdown(
      '# Stem\nfrom the paper\nas printed\n- one\n- two\n\n1. first\n```\nx * y\n```',
    );
    expect(blocks.map((b) => b.sort)).toEqual(['heading', 'paragraph', 'list', 'list', 'code']);
    expect(blocks[1]).toMatchObject({ lines: [{ length: 1 }, { length: 1 }] });
    expect(blocks[2]).toMatchObject({ ordered: false, items: [{ length: 1 }, { length: 1 }] });
    expect(blocks[3]).toMatchObject({ ordered: true });
    expect(blocks[4]).toEqual({ sort: 'code', text: 'x * y' });
  });

  it.each([
    ['a **bold *and* b** c', 'a <strong>bold <em>and</em> b</strong> c'],
    ['`a * b` and *c*', '<code>a * b</code> and <em>c</em>'],
    ['max_pool_2 and _this_', 'max_pool_2 and <em>this</em>'],
    ['3 * 4 * 5', '3 * 4 * 5'],
    ['see [the *paper*](https://x.y/z)', 'see <link https://x.y/z>the <em>paper</em></link>'],
    ['**open and [x](', '**open and [x]('],
  ])('reads %s', (text, expected) => {
    expect(line(text)).toBe(expected);
  });

  it('leaves HTML and pictures the text that they are', () => {
    expect(line('<img src=x onerror=alert(1)><b>x</b>')).toBe('<img src=x onerror=alert(1)><b>x</b>');
    expect(line('![a](b.png)')).toBe('!<link b.png>a</link>');
  });

  it('takes the longest note, of nothing but signs, in no time', () => {
    const start = performance.now();
    for (const sign of ['*', '_', '[', '`', '**a', '[a](', '*a_'])
      parseMarkdown(sign.repeat(20_000 / sign.length));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('is called by its first words', () => {
    expect(firstWords('\n## The **stem**\nmore')).toBe('The stem');
    expect(firstWords('x'.repeat(80), 10)).toBe('xxxxxxxxx…');
    expect(firstWords('')).toBe('');
  });
});
