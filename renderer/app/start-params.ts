import type { NodeDef } from '../../engine/nodes/define';
import { useEditor } from './store';

/** What a new node starts with: its kind's defaults; at the ends of the net the data's shape and classes. */
export function startParams(def: NodeDef): Record<string, unknown> {
  const start = def.params.parse({}) as Record<string, unknown>;
  const { data } = useEditor.getState();
  if (!data) return start;
  if (def.role === 'input') return { ...(def.accept?.(start, data.shape) ?? start) };
  return def.role === 'output' ? { ...(def.resize?.(start, data.classes) ?? start) } : start;
}
