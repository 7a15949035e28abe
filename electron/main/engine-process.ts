import { type UtilityProcess, utilityProcess } from 'electron';
import type { EngineProcess } from './engine-host';

/** Starts the engine's bundle in a process of its own. TensorFlow crashes inside Electron's main process. */
export function forkEngine(
  worker: string,
  cwd: string,
  env: Record<string, string>,
  log: (text: string) => void,
): EngineProcess {
  const child: UtilityProcess = utilityProcess.fork(worker, [], {
    env,
    cwd,
    stdio: 'pipe',
    serviceName: 'Convloom engine',
  });
  child.stdout?.on('data', (chunk: Buffer) => log(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => log(chunk.toString()));
  return {
    pid: () => child.pid,
    port: {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onClose: (listener) => void child.on('exit', listener),
    },
    onExit: (listener) => void child.on('exit', listener),
    kill(signal) {
      if (child.pid === undefined) return;
      try {
        process.kill(child.pid, signal);
      } catch {
        // it ended by itself meanwhile
      }
    },
  };
}
