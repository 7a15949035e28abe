import { type NodeDef, widthsOf } from '../../nodes/define';
import { everywhere, type Scene, type Site, within } from './scene';
import type { Transform } from './transform';
import { fieldNamed, tuned } from './tune';

type Params = Readonly<Record<string, unknown>>;

const scaled = (factor: number, words: Pick<Transform, 'id' | 'title' | 'help'>): Transform => ({
  ...words,
  find: (scene) =>
    everywhere(scene, (site) => {
      if (holdsHead(scene, site)) return site.def.kind === 'layer' ? 'leave' : headless(site);
      const changes = tuned(site, scene.analysis.elaboration.kinds, (def, params) =>
        widened(def, params, factor, site),
      );
      // its inside follows from its parameters: it is not to be opened
      return changes.length === 0 && widthsOf(site.def) !== undefined ? 'leave' : changes;
    }),
});

/** @see Zagoruyko, Komodakis. Wide Residual Networks. 2016. arXiv:1605.07146: the widening factor k */
export const doubleWidth = scaled(2, {
  id: 'double-width',
  title: 'Double the width',
  help: 'Twice the filters and units everywhere; the scores stay as many as there are classes.',
});
export const halveWidth = scaled(0.5, {
  id: 'halve-width',
  title: 'Halve the width',
  help: 'Half the filters and units everywhere, whole groups at least; the scores stay as many as there are classes.',
});

const holdsHead = ({ heads }: Scene, { instance }: Site): boolean =>
  [...heads].some((head) => within(head, instance));

/** A block that gives the scores is kept as it is, unless it has no numbers of channels of its own. */
const headless = ({ def }: Site): 'leave' | [] => (widthsOf(def) === undefined ? [] : 'leave');

/** The parameters of a kind for `factor` times the channels; 0, which stands for a share of the others, stays. */
export function widened(def: NodeDef, params: Params, factor: number, { instance }: Site): Params {
  const given = instance.inputs[0]?.shape.at(-1) ?? 1;
  const { groups } = params;
  if (typeof groups === 'number' && def.category === 'norm') return regrouped(groups, times(given, factor));
  const each = typeof groups === 'number' && groups > 1 ? groups : 1;
  const depthwise = each > 1 && each === given;
  const next: Record<string, unknown> = {};
  for (const key of widthsOf(def) ?? []) {
    const now = params[key];
    const used = fieldNamed(def, key)?.only?.(params) ?? true;
    if (typeof now !== 'number' || now === 0 || !used) continue;
    next[key] = depthwise ? times(now, factor) : Math.max(each, each * Math.round((now * factor) / each));
  }
  if (depthwise) next['groups'] = times(given, factor);
  return next;
}

const times = (n: number, factor: number): number => Math.max(1, Math.round(n * factor));

/** A norm over groups of channels: as many groups as fit. */
function regrouped(groups: number, channels: number): Params {
  let fits = Math.min(groups, channels);
  while (channels % fits !== 0) fits--;
  return fits === groups ? {} : { groups: fits };
}
