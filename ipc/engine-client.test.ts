import { expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../engine/errors';
import { call, event } from './define';
import { createEngineClient } from './engine-client';
import { serveEngine } from './engine-server';
import type { Port } from './port';

const contract = {
  'math.half': call(z.strictObject({ n: z.number() }), z.number()),
  'math.never': call(z.void(), z.void()),
  'math.done': event(z.strictObject({ n: z.number() })),
};

/** Two ends of a channel that copies messages, as processes do. */
function channel(): [Port, Port] {
  const ends = [[], []] as [((m: unknown) => void)[], ((m: unknown) => void)[]];
  const end = (mine: 0 | 1, other: 0 | 1): Port => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of ends[other]) listener(copy);
      });
    },
    onMessage: (listener) => void ends[mine].push(listener),
    onClose: () => {},
  });
  return [end(0, 1), end(1, 0)];
}

function pair(half: (n: number) => number = (n) => n / 2) {
  const [near, far] = channel();
  const emit = serveEngine(far, contract, {
    'math.half': ({ n }) => half(n),
    'math.never': () => new Promise<void>(() => {}),
  });
  return { near, far, emit, client: createEngineClient(near, contract) };
}

it('carries typed calls there and back, many at a time', async () => {
  const { client } = pair();
  const halves = await Promise.all([8, 6, 4].map((n) => client.call['math.half']({ n })));
  expect(halves).toEqual([4, 3, 2]);
});

it('carries a fault whole, with its place and repairs', async () => {
  const repairs = [{ label: 'Use 8', command: 'math.set', args: { n: 8 } }];
  const { client } = pair(() => {
    throw new UserError('odd', '7 is odd.', 'Halves are whole here.', 'Use 8.', { node: 'a' }, repairs);
  });
  const fault = await client.call['math.half']({ n: 7 }).catch((e: unknown) => e);
  expect(fault).toBeInstanceOf(UserError);
  expect(fault).toMatchObject({ code: 'odd', remedy: 'Use 8.', place: { node: 'a' }, repairs });
});

it('refuses input and output that break the contract', async () => {
  const { client } = pair(() => Number.NaN);
  await expect(client.call['math.half']({ n: 'eight' } as never)).rejects.toMatchObject({ code: 'internal' });
  await expect(client.call['math.half']({ n: 1 })).rejects.toMatchObject({ code: 'internal' });
});

it('answers unknown calls with a fault, among them names that every object has', async () => {
  const { near, far } = pair();
  const answers: unknown[] = [];
  near.onMessage((m) => answers.push(m));
  far.onMessage(() => {});
  for (const name of ['math.none', 'constructor', '__proto__', 'math.done'])
    near.post({ id: 1, channel: name, input: null });
  await new Promise((later) => setTimeout(later, 10));
  expect(answers).toHaveLength(4);
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
});

it('passes events on, and drops those that break the contract', async () => {
  const { far, emit, client } = pair();
  const seen: unknown[] = [];
  client.on('math.done', (payload) => seen.push(payload));
  emit('math.done', { n: 1 });
  for (const strange of [
    { channel: 'math.done', payload: { n: 'x' } },
    { channel: 'no.such', payload: 1 },
    7,
    null,
    { id: 'x' },
  ])
    far.post(strange);
  await new Promise((later) => setTimeout(later, 10));
  expect(seen).toEqual([{ n: 1 }]);
});

it('rejects what waits, and what comes later, once the other side is gone', async () => {
  const { client } = pair();
  const waits = client.call['math.never']();
  client.close(new UserError('gone', 'It is gone.', 'It died.', 'Restart it.'));
  await expect(waits).rejects.toMatchObject({ code: 'gone' });
  await expect(client.call['math.half']({ n: 2 })).rejects.toMatchObject({ code: 'gone' });
});
