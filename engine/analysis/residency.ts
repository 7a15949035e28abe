import { size } from '../ir/shape';
import type { Elaboration, Instance } from './elaborate';
import { type Flow, flowOf } from './flow';
import { keptAmong, keptBy } from './kept';

/**
 * What training keeps of one picture for the backward pass, in elements, and the most that comes in and out of one
 * layer. Blocks that an edit leaves alone are not looked at again.
 */
export function keptIn({ nodes, sources }: Pick<Elaboration, 'nodes' | 'sources'>) {
  const { inside, widest } = keptAmong(
    [...nodes].map(([id, n]) => [n, sources.get(id)!.map((s) => nodes.get(s ?? ''))] as const),
  );
  return { kept: inside, widest };
}

/** Elements of one picture that lie in memory. */
export interface Residency {
  /** Kept from the forward pass for the backward pass, by layer. */
  readonly kept: ReadonlyMap<Instance, number>;
  /** The most that lies side by side in a forward pass alone, where nothing is kept longer than it is read. */
  readonly inference: number;
  /** Where that is. */
  readonly peak: Instance | undefined;
}

const known = new WeakMap<Elaboration, Residency>();

/** What a training step and a forward pass hold at once, from who reads what and when. */
export function residencyOf(elaboration: Elaboration): Residency {
  const before = known.get(elaboration);
  if (before) return before;
  const flow = flowOf(elaboration);
  const made = { kept: keptBetween(flow), ...alive(flow) };
  known.set(elaboration, made);
  return made;
}

const sizeOf = (n: Instance): number => size(n.output!.shape);

/** The layer whose memory a layer's result is. */
function owners(flow: Flow): ReadonlyMap<Instance, Instance> {
  const owner = new Map<Instance, Instance>();
  for (const [layer, from] of flow) {
    const { alias } = keptBy(layer);
    const source = alias === undefined ? undefined : from[alias];
    owner.set(layer, source ? owner.get(source)! : layer);
  }
  return owner;
}

function keptBetween(flow: Flow): Residency['kept'] {
  const roots = new Map<Instance, readonly Instance[]>();
  const results = new Set<Instance>();
  for (const [layer, from] of flow) {
    const { result, inputs, parts } = keptBy(layer);
    roots.set(layer, parts.length === 0 ? [layer] : parts.flatMap((i) => roots.get(from[i]!) ?? []));
    if (result) results.add(layer);
    from.forEach((source, i) => {
      if (inputs[i]) for (const r of roots.get(source)!) results.add(r);
    });
  }
  const kept = new Map<Instance, number>();
  for (const layer of flow.keys()) {
    const elements = keptBy(layer).inside + (results.has(layer) ? sizeOf(layer) : 0);
    kept.set(layer, elements);
  }
  return kept;
}

/** Walks the layers in order of execution; a map is let go of after the last layer that reads it. */
function alive(flow: Flow): Pick<Residency, 'inference' | 'peak'> {
  const owner = owners(flow);
  const readers = new Map<Instance, number>();
  for (const from of flow.values())
    for (const s of from) readers.set(owner.get(s)!, (readers.get(owner.get(s)!) ?? 0) + 1);
  let [held, inference] = [0, 0];
  let peak: Instance | undefined;
  for (const [layer, from] of flow) {
    const fresh = owner.get(layer) === layer;
    const sources = [...new Set(from.map((s) => owner.get(s)!))];
    const last = sources.filter(
      (s) => readers.get(s) === from.filter((f) => owner.get(f) === s).length && s !== owner.get(layer),
    );
    if (fresh) held += sizeOf(layer);
    const now = held - (fresh && worksInPlace(layer, last) ? sizeOf(layer) : 0);
    if (now > inference) [inference, peak] = [now, layer];
    for (const s of sources) {
      const left = readers.get(s)! - from.filter((f) => owner.get(f) === s).length;
      readers.set(s, left);
      if (left === 0 && s !== owner.get(layer)) held -= sizeOf(s);
    }
    if (fresh && (readers.get(layer) ?? 0) === 0) held -= sizeOf(layer);
  }
  return { inference, peak };
}

/** An elementwise layer writes over what came in, when no other layer reads that later. */
const worksInPlace = (layer: Instance, last: readonly Instance[]): boolean =>
  layer.cost.macs === 0 &&
  !layer.own.some((v) => v.op === 'maxPool' || v.op === 'avgPool' || v.op === 'concat' || v.op === 'pad') &&
  last.some((s) => sizeOf(s) === sizeOf(layer));
