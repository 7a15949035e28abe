import { useEffect, useRef } from 'react';
import { FaultCard } from './FaultCard';
import { useRuns } from './run-store';
import { SHOW_TRAINING, signal } from './signals';

/** Below the buttons: why a start failed, or what is wrong with the engine. */
export function RunTrouble({ asked, close }: { asked: boolean; close: () => void }) {
  const fault = useRuns((s) => s.fault);
  const engine = useRuns((s) => s.engine);
  const shown = fault ?? (asked ? engine.error : null);
  const dismiss = () => {
    useRuns.getState().dismissFault();
    close();
  };
  useEscape(shown !== null || asked, dismiss);
  const dead = engine.state !== 'ready' && engine.state !== 'starting';
  if (!shown && !(asked && dead)) return null;
  return (
    <div className="run-trouble">
      <FaultCard fault={shown ?? NO_ENGINE} onDismiss={dismiss}>
        {shown?.place.setting === 'data' && (
          <button
            type="button"
            className="btn small"
            onClick={() => {
              signal(SHOW_TRAINING);
              dismiss();
            }}
          >
            Choose the data…
          </button>
        )}
        {dead && (
          <button
            type="button"
            className="btn small"
            onClick={() => {
              void useRuns.getState().restartEngine();
              dismiss();
            }}
          >
            Restart the engine
          </button>
        )}
      </FaultCard>
    </div>
  );
}
const NO_ENGINE = {
  code: 'engine/stopped',
  what: 'The engine is not running.',
  why: 'The process that computes has ended or does not answer.',
  remedy: 'Restart the engine. Your graph is safe.',
  place: {},
  repairs: [],
} as const;

/** Wherever the focus is: the card comes unasked. */
function useEscape(active: boolean, dismiss: () => void): void {
  const latest = useRef(dismiss);
  useEffect(() => {
    latest.current = dismiss;
  });
  useEffect(() => {
    if (!active) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [active]);
}
