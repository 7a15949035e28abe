import { useEffect } from 'react';
import { api } from './bridge';
import { attempt } from './notices';
import { type Theme, useSession } from './session';

const ORDER: readonly Theme[] = ['system', 'light', 'dark'];
const systemIsDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** Puts the theme on the page; main.tsx calls it before the first frame. */
export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark().matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

/** Follows the choice of the user and, where that is `system`, the system. */
export function useTheme(): void {
  const theme = useSession((s) => s.theme);
  useEffect(() => {
    applyTheme(theme);
    const media = systemIsDark();
    const follow = () => applyTheme(theme);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [theme]);
}

/** Kept for the next start. */
export async function setTheme(theme: Theme): Promise<void> {
  useSession.setState({ theme });
  await attempt('Keeping the theme', () => api.call['app.theme'](theme));
}

/** System, light, dark, and round again. */
export const nextTheme = (): Promise<void> =>
  setTheme(ORDER[(ORDER.indexOf(useSession.getState().theme) + 1) % ORDER.length]!);
