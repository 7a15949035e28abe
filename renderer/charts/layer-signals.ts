import type { EventOf } from '../../ipc/contract';

type Sample = EventOf<'signals'>;
type Layer = Sample['layers'][number];

/** The layers of a node: its own, or all inside of a block, as one. */
export interface NodeSignals {
  readonly step: number;
  readonly gradient: number | null;
  readonly weight: number | null;
  readonly update: number | null;
  readonly mean: number;
  readonly deviation: number;
  readonly dead: number | null;
}

/** What the node at `path` did in each sample; none where the run has no such node. */
export function signalsOf(samples: readonly Sample[], path: string): readonly NodeSignals[] {
  return samples.flatMap(({ step, layers }) => {
    const own = layers.filter((l) => l.path === path || l.path.startsWith(`${path}/`));
    const last = own.at(-1);
    if (!last) return [];
    const { mean, deviation } = last;
    return [
      {
        ...{ step, mean, deviation },
        gradient: together(own, 'gradient'),
        weight: together(own, 'weight'),
        update: most(own, 'update'),
        dead: most(own, 'dead'),
      },
    ];
  });
}

const some = (layers: readonly Layer[], key: 'gradient' | 'weight' | 'update' | 'dead'): number[] =>
  layers.flatMap((l) => l[key] ?? []);
const together = (layers: readonly Layer[], key: 'gradient' | 'weight'): number | null => {
  const lengths = some(layers, key);
  return lengths.length === 0 ? null : Math.hypot(...lengths);
};
const most = (layers: readonly Layer[], key: 'update' | 'dead'): number | null => {
  const all = some(layers, key);
  return all.length === 0 ? null : Math.max(...all);
};

/** A heat map: a column a kernel (or several, of deep nets), a row a sample, the newest last. */
export interface Heat {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly step: number; readonly shares: readonly number[] }[];
  readonly lengths: readonly number[];
}

/** Lengths of gradients, from 0 for the shortest to 1 for the longest on a scale of powers. */
export function gradientHeat(
  samples: readonly Sample[],
  mostColumns: number,
  mostRows: number,
): Heat | undefined {
  const shown = samples.slice(-mostRows);
  const newest = shown.at(-1);
  if (!newest) return undefined;
  const kernels = newest.layers.filter((l) => l.gradient !== null).map((l) => l.path);
  if (kernels.length === 0) return undefined;
  const each = Math.ceil(kernels.length / mostColumns);
  const groups = Array.from({ length: Math.ceil(kernels.length / each) }, (_, i) =>
    kernels.slice(i * each, (i + 1) * each),
  );
  const grid = shown.map(({ layers }) => {
    const by = new Map(layers.map((l) => [l.path, l.gradient ?? 0]));
    return groups.map((group) => Math.max(...group.map((path) => by.get(path) ?? 0)));
  });
  const logs = grid.flat().flatMap((g) => (g > 0 ? Math.log10(g) : []));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const share = (g: number) => (g > 0 && high > low ? (Math.log10(g) - low) / (high - low) : g > 0 ? 1 : 0);
  return {
    columns: groups.map((group) => group[0]!),
    rows: grid.map((row, i) => ({ step: shown[i]!.step, shares: row.map(share) })),
    lengths: grid.at(-1)!,
  };
}
