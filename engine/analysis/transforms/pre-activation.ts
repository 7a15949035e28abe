import { isRepeat } from '../../nodes/body';
import { endsWith, startsWith } from '../hints/context';
import { bypass, insertBehind, inTurn, patch } from './edits';
import type { Change, Scene, Site } from './scene';
import { everywhere, lastLayer, only, within } from './scene';
import type { Transform } from './transform';
import { fieldNamed, offers, tuned } from './tune';

const FULL = 'full-preact';

/** @see He et al. Identity Mappings in Deep Residual Networks. 2016. arXiv:1603.05027, figure 4(e) and the appendix */
export const preActivation: Transform = {
  id: 'pre-activation',
  title: 'Residual units to full pre-activation',
  help: 'Batch norm and ReLU go before each convolution; those of the stem move into the first unit, and a pair of them closes the last.',

  find(scene) {
    const { kinds } = scene.analysis.elaboration;
    const units: Site[] = [];
    const places = everywhere(scene, (site) => {
      const change = tuned(site, kinds, (def, { unit }) =>
        offers(def, 'unit', FULL) && unit !== FULL ? { unit: FULL } : undefined,
      );
      if (change.length === 0) return [];
      units.push(site);
      return [...change, ...stemOf(site, scene), closeOf(site)];
    });
    // a unit that is followed by another one needs no close
    const closed = new Set(units.filter((u) => followedBy(u, units, scene)).map((u) => `${u.path}#close`));
    return places.filter((p) => !closed.has(p.key));
  },
};

/** Norm and activation in front of the first unit, which brings its own. */
function stemOf({ level, id, path, instance, def }: Site, scene: Scene): readonly Change[] {
  let at = only(level, id);
  // a max pool in between gives the same before an activation as behind it
  if (at && endsWith(at.instance, 'maxPool')) at = only(level, at.id);
  const act = at?.instance.def?.category === 'activation' ? at : undefined;
  const norm = act && only(level, act.id);
  if (!act || !norm || !startsWith(norm.instance, 'batchNorm')) return [];
  const unit = isRepeat(instance)
    ? scene.analysis.elaboration.kinds(String(instance.params?.['block']))
    : def;
  const edits = [bypass(act.id), bypass(norm.id)];
  if (unit && fieldNamed(unit, 'activateBoth')) edits.push(bothActivated(instance, id));
  const words = `${norm.id} and ${act.id} taken out: the first unit starts with its own`;
  return [{ key: `${path}#stem`, words, edit: inTurn(...edits) }];
}

/** The shortcut of the first unit, too, starts from the activated map. */
const bothActivated = (instance: Site['instance'], id: string) =>
  isRepeat(instance)
    ? patch(id, { first: { ...(instance.params?.['first'] as object), activateBoth: true } })
    : patch(id, { activateBoth: true });

const closeOf = ({ id, path }: Site): Change => ({
  key: `${path}#close`,
  words: `+ batch norm and ReLU behind ${id}`,
  edit: insertBehind(id, [
    { type: 'batch-norm', id: `${id}-bn` },
    { type: 'activation', params: { function: 'relu' }, id: `${id}-relu` },
  ]),
});

function followedBy(unit: Site, units: readonly Site[], { readers }: Scene): boolean {
  const after = readers.get(lastLayer(unit.instance)) ?? [];
  return after.some((n) => startsWith(n, 'batchNorm') || units.some((u) => within(n, u.instance)));
}
