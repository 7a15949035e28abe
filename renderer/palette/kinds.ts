import type { GraphDocument } from '../../engine/graph/document';
import { nodeKinds } from '../../engine/nodes/catalogue';
import type { Category, NodeDef } from '../../engine/nodes/define';
import { blockType, kindsOf } from '../../engine/nodes/user-block';

const OWN = 'Own blocks';
const LIBRARY = 'Library';

export interface KindGroup {
  readonly title: string;
  readonly kinds: readonly NodeDef[];
}

/** Groups of the palette, each with its categories in the order in which a net uses them. */
const GROUPS: readonly { readonly title: string; readonly categories: readonly Category[] }[] = [
  { title: 'Layers', categories: ['conv', 'pool', 'norm', 'activation', 'dense', 'regularisation'] },
  { title: 'Merge', categories: ['merge'] },
  { title: 'Blocks', categories: ['block'] },
  { title: 'In & out', categories: ['io'] },
];

/**
 * The kinds that a search for `query` finds, by group; all of them for an empty one. A name that fits stands before
 * a description that does.
 */
export function findKinds(
  query: string,
  own: readonly NodeDef[] = [],
  library: readonly NodeDef[] = [],
): readonly KindGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const named = search(words, own, library, (def) => `${def.title} ${def.type} ${def.category}`);
  return named.length > 0 ? named : search(words, own, library, (def) => def.help);
}

const byTitle = (a: NodeDef, b: NodeDef): number => a.title.localeCompare(b.title);
const inOrder = (kinds: readonly NodeDef[]): readonly NodeDef[] => [...kinds].sort(byTitle);

/** The blocks that the user made, by their names. */
export const ownKinds = (blocks: GraphDocument['blocks']): readonly NodeDef[] =>
  Object.keys(blocks)
    .flatMap((id) => kindsOf(blocks)(blockType(id)) ?? [])
    .sort(byTitle);

function search(
  words: readonly string[],
  own: readonly NodeDef[],
  library: readonly NodeDef[],
  textOf: (def: NodeDef) => string,
): readonly KindGroup[] {
  const wanted = (def: NodeDef) => {
    const text = textOf(def).toLowerCase();
    return words.every((w) => text.includes(w));
  };
  const groups = GROUPS.map(({ title, categories }) => ({
    title,
    kinds: categories.flatMap((c) => inOrder(nodeKinds.filter((def) => def.category === c && wanted(def)))),
  }));
  return [
    { title: OWN, kinds: own.filter(wanted) },
    { title: LIBRARY, kinds: library.filter(wanted) },
    ...groups,
  ].filter((g) => g.kinds.length > 0);
}
