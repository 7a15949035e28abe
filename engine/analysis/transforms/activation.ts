import type { NodeDef } from '../../nodes/define';
import { everywhere, type Scene } from './scene';
import type { Transform } from './transform';
import { fieldNamed, offers, tuned } from './tune';

export const activation: Transform = {
  id: 'activation',
  title: 'ReLU to GELU, or any activation to any other',
  help: 'Every activation of the one sort becomes one of the other, inside of blocks too.',

  settings(scene) {
    const used = usedIn(scene);
    const all = [...new Set(scene.layers.flatMap((n) => (n.def ? functionsOf(n.def) : [])))];
    if (used.length === 0) return [];
    const from = used[0]!;
    return [
      { name: 'from', title: 'From', options: used, start: from },
      { name: 'to', title: 'To', options: all, start: from === 'gelu' ? 'relu' : 'gelu' },
    ];
  },

  find: (scene, { from, to }) =>
    from === to || from === undefined || to === undefined
      ? []
      : everywhere(scene, (site) =>
          tuned(site, scene.analysis.elaboration.kinds, (def, params) =>
            params['function'] === from && offers(def, 'function', to) ? { function: to } : undefined,
          ),
        ),
};

/** What its choice of a function offers. */
function functionsOf(def: NodeDef): readonly string[] {
  const field = fieldNamed(def, 'function');
  return field?.control === 'choice' ? field.options : [];
}

/** The most frequent first. */
function usedIn({ layers }: Scene): readonly string[] {
  const counts = new Map<string, number>();
  for (const { def, params } of layers) {
    const name = params?.['function'];
    if (def && typeof name === 'string' && offers(def, 'function', name))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}
