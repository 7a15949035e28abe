import { isRepeat } from '../../nodes/body';
import { everywhere, type Scene, type Site } from './scene';
import type { Transform } from './transform';
import { fieldNamed, tuned } from './tune';

/** @see Huang et al. Deep Networks with Stochastic Depth. 2016. arXiv:1603.09382, equation 4: linear decay */
export const stochasticDepth: Transform = {
  id: 'stochastic-depth',
  title: 'Add stochastic depth that grows with depth',
  help: 'Block l of L is left out for l / L of the last rate while training; copies in a Repeat share that of their middle.',

  settings: () => [{ name: 'last', title: 'Last rate', options: ['0.1', '0.2', '0.3', '0.5'], start: '0.5' }],

  find(scene, { last }) {
    const top = Number(last);
    if (!(top > 0 && top <= 0.9)) return [];
    const whole = blocksOf(scene);
    const total = whole.reduce((n, site) => n + copiesOf(site), 0);
    const rates = new Map<string, number>();
    let before = 0;
    for (const site of whole) {
      const copies = copiesOf(site);
      const middle = before + (copies + 1) / 2;
      rates.set(site.path, Number(((top * middle) / total).toFixed(3)));
      before += copies;
    }
    return everywhere(scene, (site) =>
      tuned(site, scene.analysis.elaboration.kinds, (def) =>
        has(def) ? { stochasticDepth: rates.get(site.path) ?? top } : undefined,
      ),
    );
  },
};

const has = (def: Site['def']): boolean => fieldNamed(def, 'stochasticDepth') !== undefined;

/** Of the whole net, whatever is selected: the rates are those of depth. */
function blocksOf(scene: Scene): readonly Site[] {
  const found: Site[] = [];
  const { kinds } = scene.analysis.elaboration;
  everywhere({ ...scene, scope: [] }, (site) => {
    const kind = isRepeat(site.instance) ? kinds(String(site.params['block'])) : site.def;
    if (!kind || !has(kind)) return [];
    found.push(site);
    return 'leave';
  });
  return found;
}

const copiesOf = ({ instance, params }: Site): number => (isRepeat(instance) ? Number(params['count']) : 1);
