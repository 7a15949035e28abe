import type { Net } from '../../analysis/net';
import type { Value } from '../../ir/ir';
import { type Copies, Refusal } from './copies';
import { drawCopies } from './rewrite';
import { isChannelPad, isMaker, makersOf } from './share';

/** What the copies of channels that belong together must be like, for all that reads them. */
export interface Plan {
  /** Channels stay in their own one of so many groups that lie side by side. */
  readonly groups: number;
  /** Every channel has as many copies, so that a mean over them is what it was. */
  readonly even: boolean;
  /** Just these: those of a map that they are added to. */
  readonly copies?: readonly number[];
}
const FREE: Plan = { groups: 1, even: false };
/** By what makes the channels. */
export type Plans = ReadonlyMap<Value, Plan>;

/** An op could go on if the copies that come to it were made in another way. The first of the ways that can be gone is. */
export class Wish {
  constructor(
    readonly ways: readonly { readonly at: Value; readonly plan: Partial<Plan> }[],
    /** Why the op needs it; a sentence. */
    readonly refusal: Refusal,
  ) {}
}

/** The plans with a wish granted; undefined where what makes the channels is not free to. */
export function granted(net: Net, plans: Plans, { ways }: Wish): Plans | undefined {
  for (const { at, plan } of ways) {
    const makers = makersOf(net, at);
    if (!makers.every((v) => isMaker(v) || isChannelPad(v))) continue;
    const free = makers.filter(isMaker);
    const next = new Map(plans);
    for (const v of free) next.set(v, merged(plans.get(v) ?? FREE, plan));
    if (free.some((v) => JSON.stringify(next.get(v)) !== JSON.stringify(plans.get(v) ?? FREE))) return next;
  }
  return undefined;
}

function merged(a: Plan, b: Partial<Plan>): Plan {
  const copies = a.copies ?? b.copies;
  return {
    groups: leastCommon(a.groups, b.groups ?? 1),
    even: a.even || (b.even ?? false),
    ...(copies && { copies }),
  };
}
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
const leastCommon = (a: number, b: number): number => (a / divisor(a, b)) * b;

/** The copies that a kernel makes. @param plan of what they are read by */
export function drawPlanned(plan: Plan = FREE, from: number, to: number, seed: number): Copies | Refusal {
  const { groups, even, copies } = plan;
  if (copies) return copies.length === to ? copies : new Refusal('it is added to a map of another width');
  if (from % groups !== 0 || to % groups !== 0)
    return new Refusal(
      `its channels are read in ${groups} groups`,
      `Widen to a multiple of ${groups}, such as ${Math.ceil(to / groups) * groups}.`,
    );
  const [few, many] = [from / groups, to / groups];
  if (even && many % few !== 0)
    return new Refusal(
      'a mean is taken over its channels, which stays only where each of them has as many copies',
      `Widen to a multiple of ${from}, such as ${2 * from}.`,
    );
  // the same draws in every group: they are then the copies of any coarser groups too
  const inGroup = even ? Array.from({ length: many }, (_, j) => j % few) : drawCopies(few, many, seed);
  return Array.from({ length: groups }, (_, g) => inGroup.map((c) => g * few + c)).flat();
}

/** The copies within one group, where all groups have the same; undefined where they do not stay in their groups. */
export function inGroups(
  copies: readonly number[],
  from: number,
  groups: number,
): readonly number[] | undefined {
  if (from % groups !== 0 || copies.length % groups !== 0) return undefined;
  const [few, many] = [from / groups, copies.length / groups];
  const first = copies.slice(0, many);
  const stays = copies.every((c, j) => c === Math.floor(j / many) * few + first[j % many]!);
  return stays && first.every((c) => c < few) ? first : undefined;
}

/** Whether every channel of each group has as many copies there. */
export function isEven(copies: readonly number[], from: number, groups: number): boolean {
  const first = inGroups(copies, from, groups);
  if (!first) return false;
  const few = from / groups;
  const counts = Array.from({ length: few }, (_, c) => first.filter((x) => x === c).length);
  return counts.every((n) => n === counts[0]);
}
