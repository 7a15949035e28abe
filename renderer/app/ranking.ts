/** What a search for a text looks at. */
export interface Findable {
  readonly title: string;
  /** Other words by which it is found: they count for less. */
  readonly also?: string;
  /** It cannot be done now: it stands behind what fits as well and can. */
  readonly disabled?: boolean;
}

/** Those of `rows` that `text` finds, the best first; of equals the earlier one. */
export function ranked<T extends Findable>(text: string, rows: readonly T[]): readonly T[] {
  const query = text.trim().toLowerCase();
  return rows
    .map((row, at) => ({ row, at, score: scoreOf(query, row) - (row.disabled ? 0.5 : 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .map(({ row }) => row);
}

/** From whole names down to words that are a letter off; 0 for what does not fit. */
function scoreOf(query: string, { title, also = '' }: Findable): number {
  const name = title.toLowerCase();
  const words = wordsOf(query);
  if (words.length === 0) return 0;
  if (plain(name) === query) return 8;
  if (name.startsWith(query)) return 7;
  const named = wordsOf(name);
  if (named.some((_, i) => named.slice(i).join(' ').startsWith(words.join(' ')))) return 6;
  if (words.every((w) => named.some((n) => n.startsWith(w)))) return 5;
  if (words.every((w) => name.includes(w))) return 4;
  const rest = also.toLowerCase();
  if (query.length >= SHORTEST && rest.includes(query)) return 3;
  const all = [...named, ...wordsOf(rest)];
  if (words.every((w) => all.some((n) => n.startsWith(w)))) return 3;
  if (words.every((w) => w.length >= SHORTEST && all.some((n) => n.includes(w)))) return 2;
  const nearly = (w: string) => named.some((n) => isNearly(w, n)) || all.some((n) => n.startsWith(w));
  return words.every(nearly) ? 1 : 0;
}

const plain = (name: string): string => name.replace(/…$/, '');
const wordsOf = (text: string): readonly string[] => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Letters within a word tell little where there are few of them; so does a word with one of them wrong. */
const SHORTEST = 3;
const SHORTEST_MISTYPED = 4;

/** Whether `word` begins with `typed` but for one letter: left out, too many, another one, or two that changed places. */
export function isNearly(typed: string, word: string): boolean {
  if (typed.length < SHORTEST_MISTYPED) return false;
  let i = 0;
  while (i < typed.length && typed[i] === word[i]) i++;
  const rest = typed.slice(i);
  const begins = (from: number, of: string): boolean => word.startsWith(of, from);
  return (
    begins(i + 1, rest) ||
    begins(i, rest.slice(1)) ||
    begins(i + 1, rest.slice(1)) ||
    (rest[0] === word[i + 1] && rest[1] === word[i] && begins(i + 2, rest.slice(2)))
  );
}
