// Where things lie: the project, the user's cache, the name of this platform.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, without a slash at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** @returns {string} what the folders in the cache call this machine, as `linux-x64` */
export const platformName = (platform = process.platform, arch = process.arch) => `${platform}-${arch}`;

/**
 * The cache folder of the user: `$XDG_CACHE_HOME/convloom` or `~/.cache/convloom` on Linux,
 * `~/Library/Caches/convloom` on macOS, `%LOCALAPPDATA%\convloom` on Windows.
 *
 * A relative XDG_CACHE_HOME is ignored, as the XDG base directory specification asks.
 * @param {Record<string, string | undefined>} env
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'convloom');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'convloom');
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'convloom');
}
