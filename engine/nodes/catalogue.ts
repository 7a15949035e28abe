import type { NodeDef } from './define';
import { nodes } from './index.gen';

/** The closed table of node kinds: a file names a kind, and only what stands here is ever run. */
const byType: ReadonlyMap<string, NodeDef> = new Map(
  (nodes as readonly unknown[] as readonly NodeDef[]).map((def) => [def.type, def]),
);

export const nodeKinds: readonly NodeDef[] = [...byType.values()];
export const findKind = (type: string): NodeDef | undefined => byType.get(type);
