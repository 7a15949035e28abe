import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The cache of the user's account: where set-up unpacks the library, and where pictures lie while they are streamed. */
export function cacheFolder(env = process.env, platform = process.platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'convloom');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'convloom');
  const named = env['XDG_CACHE_HOME'];
  // a relative path is to be ignored: XDG Base Directory Specification 0.8
  return join(named && isAbsolute(named) ? named : join(homedir(), '.cache'), 'convloom');
}
