import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { close, type Launched, launch } from './launch';

test.skip(process.platform !== 'linux', '/proc');
let it: Launched;
test.beforeAll(async () => {
  it = await launch();
  await expect(it.page.locator('.device')).toContainText('CPU');
});
test.afterAll(() => close(it));

/** The app and every process below it. */
function family(top: number): number[] {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid=']).toString().trim().split('\n');
  const parents = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (pid: number): number[] => [
    pid,
    ...parents.filter(([, parent]) => parent === pid).flatMap(([child]) => below(child)),
  ];
  return below(top);
}
const sockets = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
};
/** Inode and local address of every listening TCP socket and every bound UDP socket of this machine. */
const listening = (): [inode: string, address: string][] =>
  ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .flatMap((line): [string, string][] => {
        const [, address, , state, , , , , , inode] = line.trim().split(/\s+/);
        const open = kind.startsWith('udp') || state === '0A';
        return open ? [[inode!, `${kind} ${address}`]] : [];
      }),
  );

test('listens on no port, but for the two of the debugger that drives this test', async () => {
  const mine = new Set(family(it.app.process().pid!).flatMap(sockets));
  const open = listening().filter(([inode]) => mine.has(inode));
  const loopback = open.filter(([, address]) => address.startsWith('tcp 0100007F:'));
  expect(open).toEqual(loopback);
  expect(open.length).toBeLessThanOrEqual(2);
});

test('runs the page under a system-call filter', async () => {
  test.skip(process.getuid?.() === 0, 'root has no sandbox');
  const pid = await it.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
  );
  expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s2$/m);
});

test('gives the engine none of our secrets', async () => {
  const pid = await it.app.evaluate(
    ({ app }) => app.getAppMetrics().find((m) => m.name === 'Convloom engine')?.pid ?? 0,
  );
  const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .map((entry) => entry.split('=')[0]!);
  expect(names).toContain('PATH');
  expect(names.filter((n) => /TOKEN|SECRET|PASSW|API_?KEY|NODE_OPTIONS|LD_PRELOAD/i.test(n))).toEqual([]);
});
