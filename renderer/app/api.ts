import { UserError } from '../../engine/errors';
import type { Calls, Contract, Events, Reply } from '../../ipc/define';

export interface Bridge {
  call(channel: string, input: unknown): Promise<unknown>;
  on(channel: string, listener: (payload: unknown) => void): () => void;
}
export interface Api<C extends Contract> {
  readonly call: Calls<C>;
  on<K extends keyof Events<C> & string>(channel: K, listener: (payload: Events<C>[K]) => void): () => void;
}

/** The main process as typed functions: `api.call['run.start']({ doc })`. */
export function createApi<C extends Contract>(contract: C, bridge: Bridge): Api<C> {
  const channels = Object.keys(contract).filter((k) => contract[k]!.kind === 'call');
  const invoke = (channel: string) => async (input: unknown) => {
    const reply = (await bridge.call(channel, input)) as Reply;
    if (reply.ok) return reply.value;
    throw UserError.from(reply.error);
  };
  return {
    call: Object.fromEntries(channels.map((c) => [c, invoke(c)])) as Calls<C>,
    on: (channel, listener) => bridge.on(channel, listener as (payload: unknown) => void),
  };
}
