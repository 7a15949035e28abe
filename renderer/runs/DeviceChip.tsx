import type { EngineState } from '../../ipc/contract';
import './runs.css';

type Tone = 'ok' | 'wait' | 'danger';

/** What the engine computes on, or why it does not. `CPU · 2 threads` is how the engine names a CPU. */
export function describeEngine({ state, device }: EngineState): { text: string; tone: Tone } {
  switch (state) {
    case 'starting':
      return { text: 'Starting engine…', tone: 'wait' };
    case 'failed':
      return { text: 'Engine failed', tone: 'danger' };
    case 'stopped':
      return { text: 'Engine stopped', tone: 'danger' };
    case 'not-responding':
      return { text: 'Engine not responding', tone: 'danger' };
    case 'ready':
      return { text: device ? deviceName(device) : 'Engine ready', tone: 'ok' };
  }
}
const deviceName = ({ kind, name }: NonNullable<EngineState['device']>): string =>
  name.toLowerCase().startsWith(kind) ? name : `${kind.toUpperCase()} · ${name}`;

/** In trouble the chip is a button that tells what is wrong. */
export function DeviceChip({ engine, onAsk }: { engine: EngineState; onAsk: () => void }) {
  const { text, tone } = describeEngine(engine);
  const inside = (
    <>
      <i className={tone} aria-hidden="true" />
      <span>{text}</span>
    </>
  );
  return tone === 'danger' ? (
    <button type="button" className="device danger" title="What is wrong?" onClick={onAsk}>
      {inside}
    </button>
  ) : (
    <span className="device" role="status" title={tone === 'ok' ? 'Training runs on this device' : undefined}>
      {inside}
    </span>
  );
}
