import { useMemo, useRef, useState } from 'react';
import type { Field } from '../../engine/nodes/fields';
import { readEntry } from './entries';
import { useScrub } from './use-scrub';
import { expectation, stepValue } from './values';

/** What would be set at each node, or why it cannot be; not taken yet. */
export type Proposal =
  | {
      readonly each: readonly unknown[];
      /** Under a hand that drags: the field itself shows it. */
      readonly live: boolean;
    }
  | { readonly fault: string };

export interface FieldEditProps {
  readonly field: Field;
  /** Undefined where several nodes hold different values. */
  readonly value: unknown;
  readonly disabled?: boolean;
  /** The value of each node, where several are edited at once. */
  readonly all?: readonly unknown[] | undefined;
  /** Whether the kind's schema takes `value`. */
  accepts(value: unknown): boolean;
  /** @param gesture edits with one gesture are one step of undo */
  onSet(value: unknown, gesture: string): void;
  /** A value for each node, where they come out different. */
  readonly onSetEach?: ((values: readonly unknown[], gesture: string) => void) | undefined;
}
interface Typed {
  readonly text: string;
  /** The side of a shape. */
  readonly axis: number | undefined;
}

let gestures = 0;
const newGesture = (): string => `param ${++gestures}`;
export const sameValue = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);

/** The editing of one parameter: what is typed or pointed at, what is taken, and what is refused. */
export function useFieldEdit(props: FieldEditProps) {
  const { field, value, all, disabled = false, accepts } = props;
  const [message, setMessage] = useState<string>();
  const [typed, setTyped] = useState<Typed | null>(null);
  const [pointed, setPointed] = useState<Proposal | null>(null);
  const gesture = useRef('');
  const latest = useRef<readonly unknown[]>([]);
  latest.current = all ?? [value];

  const emit = (each: readonly unknown[], join = newGesture()): boolean => {
    setMessage(undefined);
    setTyped(null);
    setPointed(null);
    latest.current = each;
    gesture.current = join;
    if (each.every((v) => sameValue(v, each[0]))) props.onSet(each[0], join);
    else props.onSetEach?.(each, join);
    return true;
  };
  const refuse = (why: string): boolean => {
    setMessage(why);
    return false;
  };
  const read = ({ text, axis }: Typed): Proposal => readEach(field, text, latest.current, accepts, axis);
  const steps = !disabled && stepAll(field, latest.current, 0) !== undefined;
  const scrub = useScrub(steps, {
    move: (delta) => setPointed({ each: stepAll(field, latest.current, delta)!, live: true }),
    end: () => {
      if (pointed && 'each' in pointed) emit(pointed.each);
    },
    cancel: () => setPointed(null),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `accepts` is made anew by every render and says the same
  const proposal = useMemo(
    () =>
      told(
        pointed ?? (typed && readEach(field, typed.text, all ?? [value], accepts, typed.axis)),
        all,
        value,
      ),
    [pointed, typed, field, all, value],
  );
  return {
    ...{ message, proposal, scrub, steps },
    pointing: pointed !== null,
    /** @returns whether the schema took it */
    set: (next: unknown) =>
      accepts(next) ? emit(latest.current.map(() => next)) : refuse(expectation(field)),
    enter(text: string, axis?: number): boolean {
      const result = read({ text, axis });
      return 'fault' in result ? refuse(result.fault) : emit(result.each);
    },
    step(delta: number): void {
      const each = stepAll(field, latest.current, delta);
      if (each) emit(each, gesture.current || newGesture());
    },
    type: (text: string | null, axis?: number) => setTyped(text === null ? null : { text, axis }),
    point: (next: unknown, live = false) =>
      setPointed(next === null || !accepts(next) ? null : { each: latest.current.map(() => next), live }),
    /** Takes what a drag stands at. */
    take(): void {
      if (pointed && 'each' in pointed) emit(pointed.each);
    },
    clear(): void {
      setMessage(undefined);
      setTyped(null);
      setPointed(null);
    },
    leave(): void {
      gesture.current = '';
    },
  };
}
export type FieldEdit = ReturnType<typeof useFieldEdit>;

function readEach(
  field: Field,
  text: string,
  olds: readonly unknown[],
  judge: (value: unknown) => boolean,
  axis: number | undefined,
): Proposal {
  const each: unknown[] = [];
  for (const old of olds) {
    const read = readEntry(field, text, old, judge, axis);
    if ('fault' in read) return read;
    each.push(read.value);
  }
  return { each, live: false };
}

/** A proposal that would change nothing is none. */
const told = (
  proposal: Proposal | null,
  all: readonly unknown[] | undefined,
  value: unknown,
): Proposal | null => {
  if (!proposal || 'fault' in proposal) return proposal;
  const olds = all ?? [value];
  return proposal.each.every((v, i) => sameValue(v, olds[i])) ? null : proposal;
};

/** Every value `delta` steps on; undefined where one has no steps. */
function stepAll(field: Field, olds: readonly unknown[], delta: number): readonly unknown[] | undefined {
  const next = olds.map((old) => stepValue(field, old, delta));
  return next.includes(undefined) ? undefined : next;
}
