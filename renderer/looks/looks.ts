import { useEffect } from 'react';
import { type Looks, USUAL_LOOKS, ZOOMS } from '../../ipc/looks';
import { api } from '../app/bridge';
import { attempt, notify } from '../app/notices';
import { useSession } from '../app/session';

const moreContrast = (): MediaQueryList => matchMedia('(prefers-contrast: more)');

export const contrastIsHigh = ({ contrast }: Looks): boolean =>
  contrast === 'high' || (contrast === 'system' && moreContrast().matches);

/** Puts contrast and colours on the page; the size of all of it is set by the main process. */
function applyLooks(looks: Looks): void {
  const { dataset } = document.documentElement;
  dataset['contrast'] = contrastIsHigh(looks) ? 'high' : 'normal';
  dataset['palette'] = looks.palette;
}

/** Follows the choice of the user and, where that is `system`, the system. */
export function useLooks(): void {
  const looks = useSession((s) => s.looks);
  useEffect(() => {
    applyLooks(looks);
    const media = moreContrast();
    const follow = () => applyLooks(looks);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [looks]);
}

/** Changes how the window looks, now and at the next start. */
export async function setLooks(patch: Partial<Looks>): Promise<void> {
  const looks = { ...useSession.getState().looks, ...patch };
  useSession.setState({ looks });
  await attempt('Keeping the appearance', () => api.call['app.looks'](looks));
}

/** One size up or down. */
export async function stepZoom(by: 1 | -1): Promise<void> {
  const { zoom } = useSession.getState().looks;
  const next = by > 0 ? ZOOMS.find((z) => z > zoom + 0.01) : ZOOMS.filter((z) => z < zoom - 0.01).at(-1);
  if (next === undefined) return;
  await setLooks({ zoom: next });
  notify(`Text and controls at ${percent(next)}`, 'info');
}

export const percent = (zoom: number): string => `${Math.round(zoom * 100)} %`;
export const areUsual = (looks: Looks): boolean => JSON.stringify(looks) === JSON.stringify(USUAL_LOOKS);
