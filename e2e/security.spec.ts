import { expect, test } from '@playwright/test';
import { askPermissions, breakPolicy, callUnknown, leavePage } from './attacks';
import { call } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
test.beforeAll(async () => {
  it = await launch();
  await expect(it.page.locator('.device')).toContainText('CPU');
});
test.afterAll(() => close(it));

test('gives the page no Node, and of Electron one bridge with two functions', async () => {
  const seen = await it.page.evaluate(() => ({
    node: ['require', 'process', 'module', 'global', 'Buffer', '__dirname'].filter((name) => name in window),
    bridge: Object.entries(window.bridge).map(([name, value]) => [name, typeof value]),
    frozen: Object.isFrozen(window.bridge),
  }));
  expect(seen.node).toEqual([]);
  expect(seen.bridge).toEqual([
    ['call', 'function'],
    ['on', 'function'],
  ]);
});

test('runs the page in a sandbox, in a world apart from the bridge', async () => {
  const preferences = await it.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as Electron.WebContents & {
      getLastWebPreferences(): Electron.WebPreferences;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  for (const name of [
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'nodeIntegrationInSubFrames',
  ] as const) {
    expect([name, preferences[name] ?? name === 'webSecurity']).toEqual([name, name === 'webSecurity']);
  }
  // a page that bends what every object inherits does not reach the other side
  const reply = await it.page.evaluate(async () => {
    const { map } = Array.prototype;
    Array.prototype.map = () => ['bent'] as never;
    const answer = (await window.bridge.call('templates.list', undefined)) as { value: { id: string }[] };
    Array.prototype.map = map;
    return answer.value[0]?.id;
  });
  expect(reply).toMatch(/^[a-z0-9-]+$/);
});

test('blocks eval, inline and foreign scripts, remote pictures and connections', async () => {
  const blocked = await it.page.evaluate(breakPolicy);
  expect(blocked).toMatchObject({ eval: true, Function: true, fetch: true, ran: false });
  expect(blocked.violations).toEqual(
    expect.arrayContaining(['connect-src', 'frame-src', 'img-src', 'script-src-elem']),
  );
});

test('sends exactly the policy that was reviewed', async () => {
  const headers = await it.page.evaluate(async () => {
    const answer = await fetch('app://convloom/index.html');
    return [answer.headers.get('content-security-policy'), answer.headers.get('x-content-type-options')];
  });
  expect(headers).toEqual([
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'",
    'nosniff',
  ]);
});

test('serves no file from outside of the window’s folder', async () => {
  const statuses = await it.page.evaluate(async () => {
    const paths = [
      '..%2f..%2fpackage.json',
      '%2e%2e/package.json',
      '../electron/main.cjs',
      '..%5cpackage.json',
      '/etc/passwd',
      '%00',
      'index.html%00',
    ];
    const status = (path: string) =>
      fetch(`app://convloom/${path}`).then(
        (r) => r.status,
        () => 0,
      );
    return Promise.all(paths.map(status));
  });
  // 0: Chromium does not even ask
  expect(statuses.filter((s) => s !== 404 && s !== 0)).toEqual([]);
});

test('makes no webview', async () => {
  const made = await it.page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://example.org/');
    document.body.append(view);
    const guest = 'getWebContentsId' in view;
    view.remove();
    return guest;
  });
  expect(made).toBe(false);
});

test('denies every permission', async () => {
  expect(await it.page.evaluate(askPermissions)).toEqual({
    ...{ camera: true, place: true, clipboard: true, screen: true },
    ...{ notifications: 'denied', granted: [] },
  });
});

test('answers no call that is not in the contract, and no input that breaks it', async () => {
  expect(await it.page.evaluate(callUnknown)).toEqual([]);
  for (const [channel, input] of [
    ['document.open', { path: '/etc/passwd' }],
    ['document.save', { path: '/tmp/x' }],
    ['run.start', {}],
    ['app.theme', 'pink'],
    ['recovery.open', 7],
    ['data.preview', { set: 'mnist', split: 'train', start: -1, count: 1e9 }],
  ] as const) {
    expect([channel, await call(it.page, channel, input)]).toMatchObject([
      channel,
      { ok: false, error: { code: 'internal' } },
    ]);
  }
});

test('reads and writes no file that the user did not choose', async () => {
  const info = await call<{ start: { doc: object } }>(it.page, 'app.info');
  expect(await call(it.page, 'document.open', '/etc/passwd')).toMatchObject({
    ok: false,
    error: { code: 'file/not-chosen' },
  });
  expect(
    await call(it.page, 'document.save', { path: '/tmp/evil.json', doc: info.value.start.doc }),
  ).toMatchObject({
    ok: false,
    error: { code: 'file/not-chosen' },
  });
  for (const [channel, input] of [
    ['versions.list', '/etc/passwd'],
    ['versions.add', { path: '/tmp/evil.json', name: 'x', doc: info.value.start.doc }],
    ['document.follow', { from: '/etc/passwd', to: '/etc/hosts' }],
  ] as const)
    expect(await call(it.page, channel, input)).toMatchObject({ error: { code: 'file/not-chosen' } });
  expect(await call(it.page, 'document.look', [{ path: '/etc/passwd', stamp: null }])).toMatchObject({
    value: [],
  });
  for (const id of ['../..', '/etc', '..']) {
    expect(await call(it.page, 'run.read', id)).toMatchObject({ ok: false, error: { code: 'run/unknown' } });
  }
});

// last: Playwright takes a navigation that was denied for one that never ends
test('opens no other window and leaves its page by no way', async () => {
  const { app, page } = it;
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url: string) => void opened.push(url);
  });
  await page.evaluate(leavePage);
  await page.waitForTimeout(1000);
  expect(page.url()).toBe('app://convloom/index.html');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  // links to the papers that we name go to the browser, and nothing else does
  expect(await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([
    'https://arxiv.org/abs/1512.03385',
  ]);
  expect(await page.evaluate(() => document.querySelector('[data-testid="totals"]') !== null)).toBe(true);
});
