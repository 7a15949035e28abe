import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { giveBackPages, parseMappings } from './give-back';
import { TfGraph } from './graph';
import { newSession, openTensorFlow } from './runtime';

it('tells unchanged code from what differs from its file', () => {
  const smaps = [
    '7f00-8f00 r-xp 00000000 fe:00 12  /lib/a b.so',
    'Rss: 8 kB',
    'Private_Dirty:         0 kB',
    'Anonymous:             0 kB',
    '8f00-9f00 r--p 00000000 fe:00 12  /lib/a b.so',
    'Private_Dirty:         4 kB',
    'Anonymous:             4 kB',
    'a000-b000 rw-p 00000000 00:00 0',
    'Private_Dirty:         0 kB',
  ].join('\n');
  expect(parseMappings(smaps)).toEqual([
    { from: 0x7f00, to: 0x8f00, path: '/lib/a b.so', writable: false, changed: 0 },
    { from: 0x8f00, to: 0x9f00, path: '/lib/a b.so', writable: false, changed: 8 },
    { from: 0xa000, to: 0xb000, path: '', writable: true, changed: 0 },
  ]);
});

it.skipIf(process.platform !== 'linux')('frees memory, and the library computes on', async () => {
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]);
  const tf = openTensorFlow();
  const sum = async () => {
    const graph = new TfGraph(tf.c);
    const session = newSession(tf, graph);
    const total = graph.add('AddV2', 'sum', [graph.floats([1, 2, 3]), graph.floats([10, 20, 30])]);
    const [bytes] = await session.run({ fetches: [total] });
    session.close();
    return [...new Float32Array(bytes!)];
  };
  expect(await sum()).toEqual([11, 22, 33]);
  const before = resident();
  giveBackPages([tf.library.framework, tf.library.main]);
  expect(resident()).toBeLessThan(before);
  expect(await sum()).toEqual([11, 22, 33]);
});
