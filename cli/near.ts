/** Edits (insert, delete, replace one letter) that turn `a` into `b`. Levenshtein 1966. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

const bare = (s: string): string => s.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The names that someone who wrote `word` most likely meant; none where no name is near. */
export function nearest(word: string, names: readonly string[]): readonly string[] {
  const wanted = bare(word.slice(0, 64));
  const near = names
    .map((name) => ({ name, edits: distance(wanted, bare(name)) }))
    .filter(({ name, edits }) => edits <= Math.max(2, bare(name).length / 3));
  const least = Math.min(...near.map((n) => n.edits));
  return near.filter((n) => n.edits === least).map((n) => n.name);
}
