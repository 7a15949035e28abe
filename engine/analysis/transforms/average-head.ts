import type { Instance } from '../elaborate';
import { become, bypass, inTurn } from './edits';
import { everywhere, makesChannels, type Scene, type Site } from './scene';
import type { Transform } from './transform';

/** @see Lin, Chen, Yan. Network In Network. 2013. arXiv:1312.4400, section 3.2: Global Average Pooling */
export const averageHead: Transform = {
  id: 'average-head',
  title: 'Replace flatten and hidden Dense by global average pooling',
  help: 'Each channel is averaged over the map, and one Dense makes the scores of that; most weights of older nets go with it.',

  find: (scene) =>
    everywhere(scene, (site) => {
      if (!flattens(site.instance)) return [];
      const between = untilHead(scene, site);
      if (!between) return [];
      const hidden = between.filter(({ instance }) => makesChannels(instance)).map((n) => n.id);
      const gone = hidden.length > 0 ? `, without ${hidden.join(', ')}` : '';
      return [
        {
          words: `Flatten → Global average pool${gone}`,
          edit: inTurn(
            become(site.id, { type: 'global-avg-pool', params: {} }),
            ...(hidden.length > 0 ? between.map((n) => bypass(n.id)) : []),
          ),
        },
      ];
    }),
};

/** A map of several pixels as one row. */
function flattens({ own, inputs, output, def }: Instance): boolean {
  const shape = inputs[0]?.shape ?? [];
  const pixels = shape.slice(0, -1).reduce((n, side) => n * side, 1);
  return (
    def?.kind === 'layer' &&
    own.length === 1 &&
    output?.op === 'reshape' &&
    output.shape.length === 1 &&
    pixels > 1
  );
}

/** The nodes between the flatten and the Dense that gives the scores, in a row; undefined where it is none. */
function untilHead({ heads }: Scene, { level, id }: Site) {
  const between: { readonly id: string; readonly instance: Instance }[] = [];
  for (let at = id; ; ) {
    const [wire, ...more] = level.from.get(at) ?? [];
    const instance = wire && level.nodes.get(wire.to.node);
    if (!instance || more.length > 0 || instance.inputs.length !== 1) return undefined;
    if (heads.has(instance)) return between;
    // wires may lead round in a circle
    if (between.some((b) => b.instance === instance)) return undefined;
    between.push({ id: wire.to.node, instance });
    at = wire.to.node;
  }
}
