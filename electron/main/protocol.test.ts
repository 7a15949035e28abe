import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, ORIGIN, readAsset } from './protocol';

const top = mkdtempSync(join(tmpdir(), 'convloom-assets-'));
const root = join(top, 'renderer');
mkdirSync(join(root, 'assets'), { recursive: true });
writeFileSync(join(root, 'index.html'), '<!doctype html>');
writeFileSync(join(root, 'assets', 'index-A_b-1.js'), '1');
writeFileSync(join(root, 'noextension'), 'x');
writeFileSync(join(top, 'secret.json'), 'secret');
symlinkSync(join(top, 'secret.json'), join(root, 'link.json'));
symlinkSync(top, join(root, 'up'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

it('serves the page and its parts with their types and a strict policy', async () => {
  const page = await readAsset(root, `${ORIGIN}/index.html`);
  expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
  expect(page.headers['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'",
  );
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|https?:|\*/);
  const script = await readAsset(root, `${ORIGIN}/assets/index-A_b-1.js?v=1#x`);
  expect(script).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
});

/** Ways that servers were led out of their folder by. */
function traversals(): string[] {
  const ups = [
    '..',
    '%2e%2e',
    '.%2e',
    '%2E.',
    '%252e%252e',
    '..%00',
    '..;',
    '...',
    '%c0%ae%c0%ae',
    '．．',
    '..%20',
  ];
  const separators = ['/', '%2f', '\\', '%5c', '//', '%252f', '/./'];
  const targets = ['secret.json', 'etc/passwd'];
  const built = ups.flatMap((up) => separators.flatMap((s) => targets.map((t) => `${ORIGIN}/${up}${s}${t}`)));
  const deep = ups.flatMap((up) => separators.map((s) => `${ORIGIN}/assets/${up}${s}${up}${s}secret.json`));
  const others = [
    ...[
      `${ORIGIN}/${top}/secret.json`,
      `${ORIGIN}//${top}/secret.json`,
      `${ORIGIN}/C:/secret.json`,
      `${ORIGIN}/index.html%00.json`,
    ],
    ...[
      `${ORIGIN}/link.json`,
      `${ORIGIN}/up/secret.json`,
      `${ORIGIN}/file:///etc/passwd`,
      `${ORIGIN}/%`,
      `${ORIGIN}/`,
      `${ORIGIN}/assets`,
    ],
    ...[
      'app://other/index.html',
      'app://convloom.evil/index.html',
      'app://convloom@evil/index.html',
      'file:///etc/passwd',
      'nonsense',
      '',
    ],
    ...[
      `${ORIGIN}/noextension`,
      `${ORIGIN}/index.html::$DATA`,
      `${ORIGIN}/.hidden.json`,
      `${ORIGIN}/aux.json/..`,
    ],
  ];
  return [...built, ...deep, ...others];
}

it('answers 404 to every way out of its folder', async () => {
  const urls = traversals();
  expect(urls.length).toBeGreaterThan(200);
  for (const url of urls) {
    const { status, body, headers } = await readAsset(root, url);
    expect([url, status, body.length]).toEqual([url, 404, 0]);
    expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
  }
});
