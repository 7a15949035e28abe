import { startTransition, useEffect, useRef, useState } from 'react';
import type { GraphDocument } from '../../engine/graph/document';
import type { Pieces } from '../../engine/pieces';

type Node = GraphDocument['nodes'][string];

let last: { readonly a: GraphDocument; readonly b: GraphDocument; readonly answer: boolean } | undefined;

/** Whether the same nodes stand at the same places with the same wires and settings, and at most do something else. */
export function differOnlyInParams(a: GraphDocument, b: GraphDocument): boolean {
  if (a === b) return true;
  // every component asks the same in turn
  if (last?.a !== a || last.b !== b) last = { a, b, answer: compare(a, b) };
  return last.answer;
}

function compare(a: GraphDocument, b: GraphDocument): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof GraphDocument>;
  keys.delete('nodes');
  if ([...keys].some((key) => a[key] !== b[key])) return false;
  const ids = Object.keys(a.nodes);
  return (
    ids.length === Object.keys(b.nodes).length && ids.every((id) => sameButParams(a.nodes[id]!, b.nodes[id]))
  );
}

function sameButParams(a: Node, b: Node | undefined): boolean {
  if (a === b || !b) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Node>;
  keys.delete('params');
  return [...keys].every((key) => a[key] === b[key]);
}

/** A window that is hidden paints nothing: milliseconds after which it is not waited for. */
const LATEST = 100;

/** Calls `act` after the next picture. @returns what takes it back */
function afterPicture(act: () => void): () => void {
  let waiting = true;
  const stop = () => {
    waiting = false;
  };
  const done = () => {
    const due = waiting;
    stop();
    if (due) act();
  };
  // in the first frame it is handed over to be painted, by threads that want the processor for themselves
  const next = (act: () => void) => globalThis.requestAnimationFrame?.(act);
  next(() => next(() => setTimeout(done)));
  setTimeout(done, LATEST);
  return stop;
}

/**
 * `value`, once the picture stands in which it was first there, and has stood for `rest` milliseconds: what is worked out
 * of it delays neither that picture nor the next key.
 */
export function usePainted<T>(value: T, rest = 0): T {
  const [painted, setPainted] = useState(value);
  const stop = useRef(() => {});
  // biome-ignore lint/correctness/useExhaustiveDependencies: how long is asked when it changes
  useEffect(() => {
    if (Object.is(value, painted)) return;
    const timer = setTimeout(() => {
      stop.current = afterPicture(() => startTransition(() => setPainted(() => value)));
    }, rest);
    return () => {
      clearTimeout(timer);
      stop.current();
    };
    // `painted` too: what was begun for a value that is past by then may still arrive
  }, [value, painted]);
  return painted;
}

/** Calls `act` after the next picture, once for all that ask until then. */
export function oncePainted(act: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    afterPicture(() => {
      waiting = false;
      act();
    });
  };
}

/** Milliseconds of work at a stretch: in between the window takes keys and paints. */
const SLICE = 6;
const { port1, port2 } = new MessageChannel();
const tasks: (() => void)[] = [];
port1.onmessage = () => tasks.shift()?.();

/** Calls `act` in a task of its own, sooner than a timer, which waits for 4 ms. */
function inTask(act: () => void): void {
  tasks.push(act);
  port2.postMessage(null);
}

/** When a key was last pressed, and for how many milliseconds it may wait for its picture. */
let pressed = Number.NEGATIVE_INFINITY;
const UNPAINTED = 32;
globalThis.addEventListener?.('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true });

/**
 * Does `work` in slices, and then `act`, each in a task of its own; the picture of a key comes before the next slice.
 * What throws ends the work.
 */
export function inSlices(work: Pieces<void>, act: () => void): void {
  const end = performance.now() + SLICE;
  let done: boolean | undefined = false;
  try {
    while (!done && performance.now() < end) done = work.next().done;
  } finally {
    const next = done ? act : () => inSlices(work, act);
    const turn = () => (performance.now() - pressed < UNPAINTED ? afterPicture(next) : next());
    inTask(turn);
  }
}
