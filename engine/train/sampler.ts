import type { TrainingProgram } from '../compile/program';
import { firstFault, type LayerSignals } from '../compile/signals';
import type { EventOf } from './events';

/** Share of the training time that looking may take. */
const SHARE = 0.03;
/** Seconds of training before the first look, which makes its part of the graph. */
const FIRST = 3;

type Observable = Pick<TrainingProgram, 'signals' | 'kernels'>;

/** Decides when to look at the layers, by the time that it takes, and looks before and after a step. */
export class Sampler {
  #trained = 0;
  #spent = 0;
  /** Seconds of the last look; the first one is not counted, as it happens once. */
  #cost: number | undefined;

  constructor(readonly now: () => number = () => performance.now() / 1000) {}

  get #due(): boolean {
    if (this.#cost === undefined) return this.#trained >= FIRST;
    return SHARE * this.#trained >= this.#spent + this.#cost;
  }

  /**
   * Carries out a step, and tells of its layers where that is due.
   *
   * @param seconds gives how long the step took
   */
  async around<T>(
    program: Observable,
    { indices, step }: { readonly indices: Int32Array; readonly step: number },
    carryOut: () => Promise<T>,
  ): Promise<{ readonly result: T; readonly seconds: number; readonly signals?: EventOf<'signals'> }> {
    const began = this.now();
    const before = this.#due && {
      layers: await program.signals(indices, step),
      kernels: await program.kernels(),
    };
    const stepBegan = this.now();
    const result = await carryOut();
    const seconds = this.now() - stepBegan;
    this.#trained += seconds;
    if (!before || firstFault(before.layers)) return { result, seconds };
    const moves = movesOf(before.kernels, await program.kernels());
    const all = this.now() - began - seconds;
    if (this.#cost !== undefined) this.#spent += all;
    this.#cost = all;
    return { result, seconds, signals: { type: 'signals', step, layers: joined(before.layers, moves) } };
  }
}

/** Length of what a step changed, over the length of the kernel. */
function movesOf(
  before: ReadonlyMap<string, Float32Array>,
  after: ReadonlyMap<string, Float32Array>,
): ReadonlyMap<string, number> {
  return new Map(
    [...before].map(([name, old]) => {
      const now = after.get(name)!;
      let [moved, length] = [0, 0];
      for (let i = 0; i < old.length; i++) {
        moved += (now[i]! - old[i]!) ** 2;
        length += old[i]! ** 2;
      }
      return [name.slice(0, name.lastIndexOf('/')), length === 0 ? 0 : Math.sqrt(moved / length)];
    }),
  );
}

const joined = (layers: readonly LayerSignals[], moves: ReadonlyMap<string, number>) =>
  layers.map((layer) => ({ ...layer, update: moves.get(layer.path) ?? null }));
