import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import type { Reply } from '../../ipc/define';
import type { Bridge } from './api';

type Answers = Record<string, (input: never) => unknown>;

/** A main process of plain functions, put where the preload script puts the real one. Import what uses it afterwards. */
export function fakeBridge(answers: Answers) {
  const calls: (readonly [channel: string, input: unknown])[] = [];
  const listeners = new Map<string, (payload: unknown) => void>();
  const bridge: Bridge = {
    async call(channel, input) {
      calls.push([channel, input]);
      return { ok: true, value: answers[channel]?.(input as never) } satisfies Reply;
    },
    on(channel, listener) {
      listeners.set(channel, listener);
      return () => listeners.delete(channel);
    },
  };
  Object.defineProperty(window, 'bridge', { value: bridge, configurable: true });
  const send = (channel: string, payload: unknown) => listeners.get(channel)?.(payload);
  return { calls, send, channels: () => calls.map(([channel]) => channel) };
}

/** Input, a convolution, a residual block and an output, wired in a row, with the convolution's parameters as given. */
export function smallNet(conv: Record<string, unknown> = {}): GraphDocument {
  const node = (type: string, params: Record<string, unknown>, y: number) => ({
    ...{ type, v: 1, params },
    position: { x: 0, y },
  });
  const wire = (from: string, to: string) => ({
    from: { node: from, port: 'out' },
    to: { node: to, port: 'x' },
  });
  return {
    ...emptyDocument('small'),
    nodes: {
      in: node('input', { shape: [8, 8, 1] }, 0),
      conv: node('conv2d', { filters: 4, ...conv }, 80),
      block: node('residual', { filters: 4 }, 160),
      pool: node('global-avg-pool', {}, 240),
      dense: node('dense', { units: 10 }, 320),
      out: node('output', { classes: 10 }, 400),
    },
    edges: {
      'e-1': wire('in', 'conv'),
      'e-2': wire('conv', 'block'),
      'e-3': wire('block', 'pool'),
      'e-4': wire('pool', 'dense'),
      'e-5': wire('dense', 'out'),
    },
  };
}
