import { blockIdOf, UserBlock } from '../../engine/nodes/user-block';
import { useAnalysis, useDocument } from '../app/store';

/** The user's own block that the node at `path` is a use of. */
export function useOwnBlock(path: string): { readonly id: string; readonly block: UserBlock } | undefined {
  const { nodes } = useAnalysis();
  const { blocks } = useDocument();
  const id = blockIdOf(nodes.get(path)?.instance.type ?? '');
  const block = id === undefined ? undefined : UserBlock.safeParse(blocks[id]);
  return id !== undefined && block?.success ? { id, block: block.data } : undefined;
}
