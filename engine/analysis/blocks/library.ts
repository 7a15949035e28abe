import { freeId } from '../../graph/commands/records';
import type { Command } from '../../graph/history';
import { blockType } from '../../nodes/user-block';

export type Blocks = Readonly<Record<string, unknown>>;

/** The block `id` with all blocks that it is made of, however deep. */
export function closure(blocks: Blocks, id: string): Blocks {
  const found: Record<string, unknown> = {};
  const waiting = [id];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    if (Object.hasOwn(found, next) || !Object.hasOwn(blocks, next)) continue;
    found[next] = blocks[next];
    const text = JSON.stringify(blocks[next]);
    waiting.push(...Object.keys(blocks).filter((other) => text.includes(`"${blockType(other)}"`)));
  }
  return found;
}

/**
 * Brings `fresh` blocks in among others. What is there already stays as it is; a block of a taken name gets another, and
 * those that use it are told.
 *
 * @returns all blocks, and by which id each of the fresh ones goes
 */
export function adopt(
  blocks: Blocks,
  fresh: Blocks,
): { readonly blocks: Blocks; readonly ids: ReadonlyMap<string, string> } {
  const ids = new Map<string, string>();
  const taken: Record<string, unknown> = { ...blocks };
  for (const [id, block] of Object.entries(fresh)) {
    const known = Object.hasOwn(taken, id) && JSON.stringify(taken[id]) !== JSON.stringify(block);
    ids.set(id, known ? freeId(id, taken) : id);
    taken[ids.get(id)!] ??= block;
  }
  const renamed = [...ids].filter(([from, to]) => from !== to);
  const added = Object.entries(fresh).map(([id, block]) => {
    const text = renamed.reduce(
      (t, [from, to]) => t.replaceAll(`"${blockType(from)}"`, `"${blockType(to)}"`),
      JSON.stringify(block),
    );
    return [ids.get(id)!, JSON.parse(text) as unknown] as const;
  });
  const own = added.filter(([id]) => !Object.hasOwn(blocks, id));
  return { blocks: own.length === 0 ? blocks : { ...blocks, ...Object.fromEntries(own) }, ids };
}

/** Brings blocks of the personal library into the document, with those that they are made of. */
export const adoptBlocks: Command<{ blocks: Blocks }> = {
  id: 'block.adopt',
  label: 'take from the library',
  run(doc, { blocks }) {
    const next = adopt(doc.blocks, blocks).blocks as typeof doc.blocks;
    return next === doc.blocks ? doc : { ...doc, blocks: next };
  },
};
