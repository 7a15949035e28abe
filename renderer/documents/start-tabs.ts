import type { AppInfo } from '../app/session';
import { arrangeTabs, newTab } from './tabs';

/** The file that the app was started with, and the tabs of the last time; where there is neither, the example. */
export function startTabs({ start, tabs, front }: Pick<AppInfo, 'start' | 'tabs' | 'front'>): void {
  const kept = tabs.filter((t) => t.path !== start.path);
  const shown = kept.length > 0 && start.path === null ? kept : [...kept, start];
  const open = shown.map(({ doc, path, stamp }) => newTab(doc, path, stamp));
  const asked = start.path ?? front;
  const first = open.find((t) => t.path === asked) ?? open.at(-1)!;
  arrangeTabs(open, first.key);
}
