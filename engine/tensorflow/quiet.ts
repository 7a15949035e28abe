import koffi from 'koffi';

const STDERR = 2;
const WRITE_ONLY = 1;

/**
 * Runs `load` with the process's standard error switched off. While it loads, TensorFlow tells of oneDNN and of
 * missing GPUs before any of its own log settings hold. `TF_CPP_MIN_LOG_LEVEL=0` lets all of it through.
 */
export function quietly<T>(load: () => T): T {
  const verbose = process.env['TF_CPP_MIN_LOG_LEVEL'] === '0';
  if (verbose || (process.platform !== 'linux' && process.platform !== 'darwin')) return load();
  const c = koffi.load(process.platform === 'darwin' ? 'libSystem.dylib' : 'libc.so.6');
  const dup = c.func('int dup(int file)');
  const dup2 = c.func('int dup2(int from, int to)');
  const close = c.func('int close(int file)');
  const kept: number = dup(STDERR);
  const nowhere: number = c.func('int open(const char *path, int flags)')('/dev/null', WRITE_ONLY);
  if (kept < 0 || nowhere < 0) return load();
  dup2(nowhere, STDERR);
  try {
    return load();
  } finally {
    dup2(kept, STDERR);
    close(nowhere);
    close(kept);
  }
}
