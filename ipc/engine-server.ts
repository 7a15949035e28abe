import { z } from 'zod';
import { type Fault, toFault } from '../engine/errors';
import type { Contract, Events, Handlers } from './define';
import type { Port } from './port';

/** The three sorts of message on the wire. */
export const Request = z.strictObject({ id: z.number().int(), channel: z.string(), input: z.unknown() });
export type Answer = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: Fault }
);
export interface Notice {
  readonly channel: string;
  readonly payload: unknown;
}

export type Emit<C extends Contract> = <K extends keyof Events<C> & string>(
  channel: K,
  payload: Events<C>[K],
) => void;

/**
 * Answers the calls of `contract` that come in at `port`. A strange message is dropped: it has no one to answer to.
 *
 * @returns what sends the contract's events
 */
export function serveEngine<C extends Contract>(port: Port, contract: C, handlers: Handlers<C>): Emit<C> {
  const answer = async (channel: string, raw: unknown): Promise<unknown> => {
    const spec = Object.hasOwn(contract, channel) ? contract[channel] : undefined;
    if (spec?.kind !== 'call') throw new Error(`no such call: ${channel}`);
    const handler = handlers[channel as keyof Handlers<C>] as (input: unknown) => unknown;
    return spec.output.parse(await handler(spec.input.parse(raw)));
  };
  port.onMessage((message) => {
    const request = Request.safeParse(message);
    if (!request.success) return;
    const { id, channel, input } = request.data;
    answer(channel, input).then(
      (value) => port.post({ id, ok: true, value } satisfies Answer),
      (error: unknown) => port.post({ id, ok: false, error: toFault(error, channel) } satisfies Answer),
    );
  });
  return (channel, payload) => port.post({ channel, payload } satisfies Notice);
}
