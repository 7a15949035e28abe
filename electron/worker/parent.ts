import { isAlive } from '../../engine/files/process';
import type { Port } from '../../ipc/port';

/**
 * Ends this process when the one that started it is gone, so that no engine goes on unseen: at once where the channel
 * says so, within a second by looking whether the process of CONVLOOM_PARENT is there.
 */
export function endWithParent(port: Pick<Port, 'onClose'>, end: () => void = () => process.exit(0)): void {
  port.onClose(end);
  const parent = Number(process.env['CONVLOOM_PARENT']);
  if (!Number.isInteger(parent) || parent <= 0) return;
  const timer = setInterval(() => {
    if (!isAlive(parent)) end();
  }, 1000);
  timer.unref();
}
