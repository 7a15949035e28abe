import { z } from 'zod';
import { UserError } from '../engine/errors';
import type { Calls, Contract, Events } from './define';
import { FaultSchema } from './fault';
import type { Port } from './port';

const Incoming = z.union([
  z.object({ id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number(), ok: z.literal(false), error: FaultSchema }),
  z.object({ channel: z.string(), payload: z.unknown() }),
]);

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  readonly parse: (value: unknown) => unknown;
}
type Listener = (payload: unknown) => void;

export interface EngineClient<C extends Contract> {
  readonly call: Calls<C>;
  on<K extends keyof Events<C> & string>(channel: K, listener: (payload: Events<C>[K]) => void): void;
  /** Rejects every call that waits, and every later one. */
  close(error: UserError): void;
}

/** The other process as typed functions. What it sends is checked: a process that went mad harms no one. */
export function createEngineClient<C extends Contract>(
  port: Port,
  contract: C,
  onSign: () => void = () => {},
): EngineClient<C> {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Listener[]>();
  let closed: UserError | undefined;
  let last = 0;

  port.onMessage((raw) => {
    onSign();
    const message = Incoming.safeParse(raw);
    if (!message.success) return;
    if ('channel' in message.data) notify(contract, listeners, message.data.channel, message.data.payload);
    else settle(waiting, message.data);
  });

  const invoke = (channel: string) => (input: unknown) =>
    new Promise((resolve, reject) => {
      if (closed) return reject(closed);
      const spec = contract[channel] as { output: z.ZodType };
      waiting.set(++last, { resolve, reject, parse: (value) => spec.output.parse(value) });
      port.post({ id: last, channel, input });
    });
  const channels = Object.keys(contract).filter((name) => contract[name]!.kind === 'call');
  return {
    call: Object.fromEntries(channels.map((name) => [name, invoke(name)])) as Calls<C>,
    on: (channel, listener) =>
      void listeners.set(channel, [...(listeners.get(channel) ?? []), listener as Listener]),
    close(error) {
      closed = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}

type Reply = Extract<z.infer<typeof Incoming>, { id: number }>;

function settle(waiting: Map<number, Waiting>, reply: Reply): void {
  const call = waiting.get(reply.id);
  waiting.delete(reply.id);
  if (!reply.ok) call?.reject(UserError.from(reply.error));
  else if (call) resolve(call, reply.value);
}

function resolve(call: Waiting, value: unknown): void {
  try {
    call.resolve(call.parse(value));
  } catch (error) {
    call.reject(error);
  }
}

function notify(
  contract: Contract,
  listeners: Map<string, Listener[]>,
  channel: string,
  payload: unknown,
): void {
  const spec = Object.hasOwn(contract, channel) ? contract[channel] : undefined;
  if (spec?.kind !== 'event') return;
  const parsed = spec.payload.safeParse(payload);
  if (parsed.success) for (const listener of listeners.get(channel) ?? []) listener(parsed.data);
}
