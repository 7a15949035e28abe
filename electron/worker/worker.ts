import { engineContract } from '../../ipc/engine-protocol';
import { serveEngine } from '../../ipc/engine-server';
import { type Port, processPort } from '../../ipc/port';
import { createHandlers } from './handlers';
import { endWithParent } from './parent';
import { RunSession } from './run-session';

/** In Electron a utilityProcess, in tests and the terminal a child of Node: one protocol on either carrier. */
function port(): Port {
  // present in a utilityProcess only; Electron's types say always
  const parent = process.parentPort as typeof process.parentPort | undefined;
  if (!parent) return processPort(process);
  return {
    post: (message) => parent.postMessage(message),
    onMessage: (listener) => void parent.on('message', ({ data }) => listener(data)),
    onClose: () => {}, // Electron tells nothing: endWithParent looks itself
  };
}

const carrier = port();
const emit: ReturnType<typeof serveEngine<typeof engineContract>> = serveEngine(
  carrier,
  engineContract,
  createHandlers(
    new RunSession({
      onEvents: (run, events) => emit('engine.events', { run, events }),
      onJob: (job) => emit('engine.jobChanged', job),
      onFailed: (run, error) => emit('engine.failed', { run, error }),
    }),
    __dirname,
  ),
);
endWithParent(carrier);
