/** Text within a line. A link keeps its address to be read; nothing in a note opens anything. */
export type Inline =
  | { readonly sort: 'text'; readonly text: string }
  | { readonly sort: 'code'; readonly text: string }
  | { readonly sort: 'strong' | 'em'; readonly children: readonly Inline[] }
  | { readonly sort: 'link'; readonly address: string; readonly children: readonly Inline[] };
export type Block =
  | { readonly sort: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] }
  | { readonly sort: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly sort: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly sort: 'code'; readonly text: string };

const HEADING = /^(#{1,3})\s+(.*)$/;
const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*\d{1,4}[.)]\s+(.*)$/;
const FENCE = /^\s*```/;

/**
 * The part of Markdown that notes need: headings, paragraphs, lists, code, bold, italics and links. HTML and pictures
 * are no part of it and stay the text that they are.
 */
export function parseMarkdown(text: string): readonly Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const heading = HEADING.exec(line);
    if (line.trim() === '') at++;
    else if (FENCE.test(line)) at = takeCode(lines, at, blocks);
    else if (heading) {
      const level = heading[1]!.length as 1 | 2 | 3;
      blocks.push({ sort: 'heading', level, children: parseInline(heading[2]!) });
      at++;
    } else if (BULLET.test(line)) at = takeList(lines, at, BULLET, blocks);
    else if (NUMBER.test(line)) at = takeList(lines, at, NUMBER, blocks);
    else at = takeParagraph(lines, at, blocks);
  }
  return blocks;
}

function takeCode(lines: readonly string[], start: number, blocks: Block[]): number {
  let end = start + 1;
  while (end < lines.length && !FENCE.test(lines[end]!)) end++;
  blocks.push({ sort: 'code', text: lines.slice(start + 1, end).join('\n') });
  return end + 1;
}

function takeList(lines: readonly string[], start: number, item: RegExp, blocks: Block[]): number {
  let end = start;
  const items: (readonly Inline[])[] = [];
  for (; end < lines.length; end++) {
    const found = item.exec(lines[end]!);
    if (!found) break;
    items.push(parseInline(found[1]!));
  }
  blocks.push({ sort: 'list', ordered: item === NUMBER, items });
  return end;
}

function takeParagraph(lines: readonly string[], start: number, blocks: Block[]): number {
  const starts = (line: string) => [HEADING, BULLET, NUMBER, FENCE].some((sign) => sign.test(line));
  let end = start + 1;
  while (end < lines.length && lines[end]!.trim() !== '' && !starts(lines[end]!)) end++;
  blocks.push({ sort: 'paragraph', lines: lines.slice(start, end).map((line) => parseInline(line)) });
  return end;
}

/** Each from its sign to the next one of its like; none reaches over the end of a line. */
const MARKS: readonly (readonly [sign: RegExp, make: (found: RegExpExecArray, depth: number) => Inline])[] = [
  [/^`([^`]+)`/, ([, text]) => ({ sort: 'code', text: text! })],
  [/^\*\*(?=\S)([^*]*(?:\*(?!\*)[^*]*)*)\*\*/, ([, text], depth) => nested('strong', text!, depth)],
  [/^__(?=\S)([^_]+)__/, ([, text], depth) => nested('strong', text!, depth)],
  [/^\*(?=\S)([^*]+)\*/, ([, text], depth) => nested('em', text!, depth)],
  [/^_(?=\S)([^_]+)_(?!\w)/, ([, text], depth) => nested('em', text!, depth)],
  [
    /^\[([^[\]]+)\]\(([^()\s]+)\)/,
    ([, text, address], depth) => ({ sort: 'link', address: address!, children: inline(text!, depth + 1) }),
  ],
];
const nested = (sort: 'strong' | 'em', text: string, depth: number): Inline => ({
  sort,
  children: inline(text, depth + 1),
});

/** Deeper than that marks are text. */
const DEEPEST = 4;
const parseInline = (text: string): readonly Inline[] => inline(text, 0);

function inline(text: string, depth: number): readonly Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') found.push({ sort: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const mark = depth < DEEPEST ? markAt(text, at) : undefined;
    if (mark) {
      flush();
      found.push(mark[1](mark[0], depth));
      at += mark[0][0].length;
    } else {
      plain += text[at++];
    }
  }
  flush();
  return found;
}

function markAt(text: string, at: number) {
  if (!'`*_['.includes(text[at]!)) return undefined;
  // an underscore within a word, as in max_pool, is none
  if (text[at] === '_' && /\w/.test(text[at - 1] ?? '')) return undefined;
  const rest = text.slice(at);
  for (const [sign, make] of MARKS) {
    const found = sign.exec(rest);
    if (found) return [found, make] as const;
  }
  return undefined;
}

/** The first line that says something, without its marks: what a note is called. */
export function firstWords(text: string, most = 60): string {
  const line = text.split('\n').find((l) => l.trim() !== '') ?? '';
  const plain = line.replace(/^[\s#>*+-]+/, '').replaceAll(/[*_`]/g, '');
  return plain.length > most ? `${plain.slice(0, most - 1).trimEnd()}…` : plain;
}
