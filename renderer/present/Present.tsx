import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { toggleOpen } from '../../engine/graph/commands/document';
import { registerCommand } from '../app/commands';
import { useAnalysis, useDocument, useEditor } from '../app/store';
import { boundsOf, type Rect } from '../canvas/geometry';
import { formatCount, formatShort } from '../ui/format';
import { usePresent } from './present-store';
import { type Step, stepsOf } from './steps';
import './present.css';

/** Lies on the canvas and does nothing until the net is presented. */
export function Present({ focus }: { focus(): void }) {
  const at = usePresent((s) => s.at);
  useEffect(
    () =>
      registerCommand('view.present', {
        run: () => usePresent.getState().start(),
        enabled: () => Object.keys(useEditor.getState().history.present.nodes).length > 0,
      }),
    [],
  );
  return at === null ? null : <Showing at={at} focus={focus} />;
}

function Showing({ at, focus }: { readonly at: number; focus(): void }) {
  const doc = useDocument();
  const analysis = useAnalysis();
  const steps = useMemo(() => stepsOf(doc.name, analysis), [doc.name, analysis]);
  const step = steps[Math.min(at, steps.length - 1)]!;
  useChromeHidden(focus);
  useStepInView(step);
  useStepKeys(step, Math.min(at, steps.length - 1), steps.length);
  return <Caption step={step} at={Math.min(at, steps.length - 1)} count={steps.length} />;
}

interface CaptionProps {
  readonly step: Step;
  readonly at: number;
  readonly count: number;
}

function Caption({ step, at, count }: CaptionProps) {
  const { go, leave } = usePresent.getState();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div className="present" role="dialog" aria-label="Presentation" ref={box} tabIndex={-1}>
      <button type="button" aria-label="Back" disabled={at === 0} onClick={() => go(at - 1)}>
        ‹
      </button>
      <div className="present-words" aria-live="polite">
        <b>{step.title}</b>
        <span>{step.shape}</span>
        <span>{formatCount(step.cost.params.trainable)} parameters</span>
        <span>{formatShort(step.cost.macs)} MACs</span>
      </div>
      <span className="present-count">
        {at + 1} of {count}
      </span>
      <button type="button" aria-label="Next" disabled={at === count - 1} onClick={() => go(at + 1)}>
        ›
      </button>
      <button type="button" className="present-leave" onClick={leave}>
        Leave
      </button>
    </div>
  );
}

/** Everything but the net is out of sight and out of reach; what had the focus has it again afterwards. */
function useChromeHidden(focus: () => void): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    document.documentElement.setAttribute('data-presenting', '');
    return () => {
      document.documentElement.removeAttribute('data-presenting');
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else focus();
    };
  }, [focus]);
}

/** Pixels around a stop. */
const MARGIN = { side: 60, top: 40, bottom: 110 };
const LARGEST = 1.6;

/** Brings a stop into view, as large as it goes, and marks its nodes. */
function useStepInView({ paths }: Step): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const key = paths.join(' ');
  useEffect(() => {
    const wanted = key === '' ? [] : key.split(' ');
    const view = () => {
      const { width, height, nodeLookup } = store.getState();
      const rects = [...nodeLookup.values()].flatMap((n): readonly Rect[] =>
        wanted.length === 0 || wanted.includes(n.id)
          ? [{ ...n.internals.positionAbsolute, width: n.width ?? 0, height: n.height ?? 0 }]
          : [],
      );
      const { x, y, ...size } = boundsOf(rects);
      const room = { width: width - 2 * MARGIN.side, height: height - MARGIN.top - MARGIN.bottom };
      const zoom = Math.min(LARGEST, room.width / size.width, room.height / size.height);
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      void flow.setViewport(
        {
          x: (width - size.width * zoom) / 2 - x * zoom,
          y: MARGIN.top + (room.height - size.height * zoom) / 2 - y * zoom,
          zoom,
        },
        { duration: still ? 0 : 240 },
      );
    };
    const frame = requestAnimationFrame(view);
    // the window grows to the screen, and a block may open
    const stop = store.subscribe((now, before) => {
      const grown = now.width !== before.width || now.height !== before.height;
      if (grown || now.nodes.length !== before.nodes.length) requestAnimationFrame(view);
    });
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [flow, store, key]);
  useEffect(() => useEditor.getState().select({ nodes: key === '' ? [] : key.split(' ') }), [key]);
}

/** Arrows step, Home and End go to the ends, O opens a block, Escape leaves; no other key reaches the window. */
function useStepKeys({ paths }: Step, at: number, count: number): void {
  useEffect(() => {
    const { go, leave } = usePresent.getState();
    const to = (next: number) => go(Math.max(0, Math.min(count - 1, next)));
    const open = () => paths.length === 1 && useEditor.getState().run(toggleOpen, { path: paths[0]! });
    const [forth, back] = [() => to(at + 1), () => to(at - 1)];
    const keys = new Map<string, () => unknown>([
      ...['ArrowRight', 'ArrowDown', 'PageDown'].map((key) => [key, forth] as const),
      ...['ArrowLeft', 'ArrowUp', 'PageUp'].map((key) => [key, back] as const),
      ...['o', 'O'].map((key) => [key, open] as const),
      ...['Escape', 'F5'].map((key) => [key, leave] as const),
      ['Home', () => to(0)],
      ['End', () => to(count - 1)],
    ]);
    const onKey = (event: KeyboardEvent) => {
      const act = keys.get(event.key);
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (act && plain) {
        event.preventDefault();
        event.stopPropagation();
        act();
      } else if (event.key !== 'Tab' && event.key !== 'Enter' && event.key !== ' ') event.stopPropagation();
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, [paths, at, count]);
}
