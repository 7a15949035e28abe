import { homedir } from 'node:os';
import { join } from 'node:path';

/** Every place on disk that the app reads or writes of its own accord. */
export interface Paths {
  /** Folder of package.json; inside the archive when packaged. */
  readonly app: string;
  readonly renderer: string;
  readonly preload: string;
  readonly worker: string;
  readonly templates: string;
  readonly settings: string;
  /** The user's own blocks. */
  readonly library: string;
  readonly recovery: string;
  readonly engineLog: string;
  readonly runs: string;
}

/** @param env `CONVLOOM_RUNS` moves the runs, which else lie in ~/Convloom/runs */
export const pathsOf = (app: string, userData: string, env: NodeJS.ProcessEnv = process.env): Paths => ({
  app,
  renderer: join(app, 'dist', 'renderer'),
  preload: join(app, 'dist', 'electron', 'preload.cjs'),
  worker: join(app, 'dist', 'electron', 'worker.cjs'),
  templates: join(app, 'assets', 'templates'),
  settings: join(userData, 'settings.json'),
  library: join(userData, 'blocks.json'),
  recovery: join(userData, 'recovery'),
  engineLog: join(userData, 'logs', 'engine.log'),
  runs: env['CONVLOOM_RUNS'] || join(homedir(), 'Convloom', 'runs'),
});
