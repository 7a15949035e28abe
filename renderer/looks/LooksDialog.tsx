import type { ReactNode } from 'react';
import { USUAL_LOOKS, ZOOMS } from '../../ipc/looks';
import { useSession } from '../app/session';
import { setTheme } from '../app/theme';
import { Dialog } from '../ui/Dialog';
import { Glyph } from '../ui/Glyph';
import { Segments } from '../ui/Segments';
import { areUsual, percent, setLooks } from './looks';
import './looks.css';

/** Theme, contrast, colours and size of the window: each choice shows at once, and stays. */
export function LooksDialog() {
  const open = useSession((s) => s.appearance);
  const { theme, looks, set } = useSession();
  if (!open) return null;
  return (
    <Dialog title="Appearance" width={460} onClose={() => set({ appearance: false })}>
      <div className="lk">
        <Row title="Theme">
          <Segments
            label="Theme"
            value={theme}
            segments={[
              { value: 'system', label: 'as the system' },
              { value: 'light', label: 'light' },
              { value: 'dark', label: 'dark' },
            ]}
            onChange={(value) => void setTheme(value)}
          />
        </Row>
        <Row title="Contrast">
          <Segments
            label="Contrast"
            value={looks.contrast}
            segments={[
              { value: 'system', label: 'as the system' },
              { value: 'normal', label: 'normal' },
              { value: 'high', label: 'high' },
            ]}
            onChange={(contrast) => void setLooks({ contrast })}
          />
        </Row>
        <Row title="Colours" note="Safe ones stay apart in every form of colour blindness.">
          <Segments
            label="Colours"
            value={looks.palette}
            segments={[
              { value: 'standard', label: 'standard' },
              { value: 'safe', label: 'safe' },
            ]}
            onChange={(palette) => void setLooks({ palette })}
          />
          <Swatches />
        </Row>
        <Row title="Text and controls">
          <Segments
            label="Size of text and controls"
            value={looks.zoom}
            segments={ZOOMS.map((z) => ({ value: z, label: String(Math.round(z * 100)), name: percent(z) }))}
            onChange={(zoom) => void setLooks({ zoom })}
          />
        </Row>
        <div className="lk-acts">
          <button
            type="button"
            className="btn small"
            disabled={areUsual(looks)}
            onClick={() => void setLooks(USUAL_LOOKS)}
          >
            As usual
          </button>
        </div>
      </div>
    </Dialog>
  );
}

interface RowProps {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

function Row({ title, note, children }: RowProps) {
  return (
    <div className="lk-row">
      <span className="lk-title">{title}</span>
      <div className="lk-choice">
        {children}
        {note && <small>{note}</small>}
      </div>
    </div>
  );
}

const KINDS = [
  'io',
  'conv',
  'norm',
  'activation',
  'pool',
  'merge',
  'dense',
  'block',
  'regularisation',
] as const;

/** The colours of kinds with their signs, and those of curves. */
function Swatches() {
  return (
    <span className="lk-swatches" aria-hidden="true">
      {KINDS.map((k) => (
        <Glyph key={k} category={k} size={18} />
      ))}
      <i style={{ background: 'var(--s1)' }} />
      <i style={{ background: 'var(--s2)' }} />
    </span>
  );
}
