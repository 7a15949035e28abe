import type { IpcMain } from 'electron';
import { toFault, UserError } from '../../engine/errors';
import type { Contract, Handlers, Reply } from '../../ipc/define';
import type { Front } from './front';

/** Answers every call of `contract`, from the trusted window only, with inputs and outputs checked at run time. */
export function serve<C extends Contract>(
  ipc: Pick<IpcMain, 'handle'>,
  contract: C,
  handlers: Handlers<C>,
  front: Pick<Front, 'trusts' | 'window'>,
): void {
  for (const [channel, spec] of Object.entries(contract)) {
    if (spec.kind !== 'call') continue;
    const handler = handlers[channel as keyof Handlers<C>] as (input: unknown) => unknown;

    ipc.handle(channel, async (e, raw: unknown): Promise<Reply> => {
      try {
        if (!front.trusts(e))
          throw new Error(`${channel} from a frame that is not ours: ${e.senderFrame?.url}`);
        return { ok: true, value: spec.output.parse(await handler(spec.input.parse(raw))) };
      } catch (error) {
        // ours: the stack goes to the terminal; a window that closed in between needs no answer
        if (front.window && !(error instanceof UserError)) console.error(channel, error);
        return { ok: false, error: toFault(error, channel) };
      }
    });
  }
}
