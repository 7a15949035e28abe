import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isAlive } from './lock.mjs';

const module = pathToFileURL(join(import.meta.dirname, 'pass-through.mjs')).href;

/** Starts `script` in a Node of its own, passed through by another. */
function start(script: string) {
  const outer = `import { passThrough } from ${JSON.stringify(module)};
    process.exitCode = await passThrough(process.execPath, ['-e', ${JSON.stringify(script)}]);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', outer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  const said = async (word: string) => {
    while (!text.includes(word)) await sleep(10);
  };
  return { child, said, text: () => text, code: async () => (await once(child, 'close'))[0] };
}

const counting = `let n = 0;
  process.on('SIGINT', () => { console.log('got', ++n); if (n === 2) process.exit(130); });
  setInterval(() => {}, 1000); console.log('ready');`;

describe.runIf(process.platform !== 'win32')('passThrough', () => {
  it('gives the exit code and the output as they are', async () => {
    const run = start('console.log("hi"); process.exit(7)');
    expect(await run.code()).toBe(7);
    expect(run.text()).toBe('hi\n');
  });

  it('gives 128 + the signal number for a program that a signal ended', async () => {
    expect(await start('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)').code()).toBe(143);
  });

  it('passes one Ctrl-C on once, also when npm doubles it, and a later one again', async () => {
    const run = start(counting);
    await run.said('ready');
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    await run.said('got 1');
    await sleep(400);
    expect(run.text()).not.toContain('got 2');
    run.child.kill('SIGINT');
    expect(await run.code()).toBe(130);
    expect(run.text()).toContain('got 2');
  });

  it('ends the program when npm was killed and only we are left', async () => {
    const outer = `import { passThrough } from ${JSON.stringify(module)};
      await passThrough(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)']);`;
    const shell = spawn('sh', ['-c', `"${process.execPath}" --input-type=module -e "$OUTER"; true`], {
      env: { ...process.env, OUTER: outer, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number((await once(shell.stdout, 'data'))[0]);
    expect(isAlive(pid)).toBe(true);
    shell.kill('SIGKILL');
    for (let i = 0; i < 50 && isAlive(pid); i++) await sleep(100);
    expect(isAlive(pid)).toBe(false);
  }, 10_000);
});
