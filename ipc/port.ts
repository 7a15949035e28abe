/** One end of a channel between two processes: utilityProcess, child_process and tests each make one. */
export interface Port {
  /** Never throws when the other side is gone. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

interface Sender {
  send?(message: unknown, done?: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

/**
 * The port of a child process, on either side: `process` in the child, the `ChildProcess` in the parent.
 * Fork with `serialization: 'advanced'`, so that typed arrays stay typed arrays.
 */
export const processPort = (channel: Sender): Port => ({
  post: (message) => void channel.send?.(message, () => {}),
  onMessage: (listener) => void channel.on('message', listener),
  onClose: (listener) => void channel.on('disconnect', listener),
});
