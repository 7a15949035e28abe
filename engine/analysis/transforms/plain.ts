import type { Instance } from '../elaborate';
import { bypass, inTurn, remove } from './edits';
import { everywhere, type Level, type Site } from './scene';
import type { Transform } from './transform';
import { offers, tuned } from './tune';

/** @see He et al. Deep Residual Learning. 2015. arXiv:1512.03385, section 3.3: plain and residual nets side by side */
export const plain: Transform = {
  id: 'plain',
  title: 'Make the plain twin',
  help: 'Takes the shortcuts out of residual blocks, and with them what projects them: the net that residual ones are compared with.',

  find: (scene) =>
    everywhere(scene, (site) => {
      const change = tuned(site, scene.analysis.elaboration.kinds, (def, { shortcut, zeroGamma }) =>
        offers(def, 'shortcut', 'none') && shortcut !== 'none'
          ? // a last norm that starts at nothing would leave nothing
            { shortcut: 'none', ...(zeroGamma === true && { zeroGamma: false }) }
          : undefined,
      );
      return change.length > 0 ? change : shortcutOf(site);
    }),
};

/** A sum of what a row of layers makes, and of what that row starts from or a projection of it. */
function shortcutOf({ instance, level, id }: Site) {
  if (instance.def?.kind !== 'layer' || instance.output?.op !== 'add' || instance.inputs.length !== 2)
    return [];
  const wires = level.into.get(id) ?? [];
  if (wires.length !== 2) return [];
  const [a, b] = wires.map((w) => upstream(level, w.from.node)) as [ReadonlySet<string>, ReadonlySet<string>];
  const own = [alone(a, b), alone(b, a)] as const;
  const looks = own.map((ids) => ids.some((n) => seesNeighbours(level.nodes.get(n))));
  if (looks[0] === looks[1]) return [];
  const kept = looks[0] ? 0 : 1;
  const gone = unread(level, own[1 - kept]!, id);
  const words = gone.length > 0 ? `shortcut taken out, with ${gone.join(', ')}` : 'shortcut taken out';
  return [{ words, edit: inTurn(bypass(id, wires[kept]!.to.port), remove(gone)) }];
}

function upstream(level: Level, start: string): ReadonlySet<string> {
  const seen = new Set([start]);
  for (const id of seen) for (const w of level.into.get(id) ?? []) seen.add(w.from.node);
  return seen;
}
/** Those of `ids` that feed nothing but each other and the sum. */
function unread(level: Level, ids: readonly string[], sum: string): readonly string[] {
  const left = ids.filter((id) =>
    (level.from.get(id) ?? []).every(({ to }) => to.node === sum || ids.includes(to.node)),
  );
  return left.length === ids.length ? left : unread(level, left, sum);
}
const alone = (own: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] =>
  [...own].filter((id) => !other.has(id) && id !== '');

/** Whether a convolution wider than a pixel is in it. */
function seesNeighbours(node: Instance | undefined): boolean {
  if (!node) return false;
  if (node.children.length > 0) return node.children.some(seesNeighbours);
  return node.own.some(
    (v) => 'kernel' in v.attrs && v.inputs.length > 1 && v.attrs.kernel.some((k) => k > 1),
  );
}
