import { promises as fs } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { Protocol } from 'electron';

export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://convloom`;
export const START_PAGE = `${ORIGIN}/index.html`;

/** React Flow and uPlot set styles on elements: hence unsafe-inline, for styles only. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const headersFor = (type: string) => ({
  'content-type': type,
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});

export interface Asset {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
const MISSING: Asset = { status: 404, headers: headersFor('text/plain'), body: new Uint8Array() };

/** The file under `root` that `url` names. Whatever leads out of `root`, by dots, encodings or links, is not there. */
export async function readAsset(root: string, url: string): Promise<Asset> {
  const path = assetPath(root, url);
  const type = path && TYPES[extname(path).toLowerCase()];
  if (!path || !type) return MISSING;
  try {
    const [real, top] = await Promise.all([fs.realpath(path), fs.realpath(root)]);
    if (!real.startsWith(top + sep)) return MISSING;
    return { status: 200, headers: headersFor(type), body: await fs.readFile(real) };
  } catch {
    return MISSING;
  }
}

function assetPath(root: string, url: string): string | undefined {
  try {
    const { protocol, host, pathname } = new URL(url);
    if (`${protocol}//${host}` !== ORIGIN) return undefined;
    const parts = decodeURIComponent(pathname).split('/').slice(1);
    // plain names only: no dots at the start, no separators, drives, streams or control characters of any system
    return parts.every((p) => /^[\w-][\w.@-]*$/.test(p)) ? join(root, ...parts) : undefined;
  } catch {
    return undefined;
  }
}

/** Before `ready`: the scheme is a standard, secure origin of its own. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** After `ready`: serves `root` as app://convloom/. */
export function serveAssets(protocol: Protocol, root: string): void {
  // Electron 25 brought handle(); later ones will drop what it replaces
  if (typeof protocol.handle === 'function') {
    protocol.handle(SCHEME, async ({ url }) => {
      const { status, headers, body } = await readAsset(root, url);
      return new Response(new Uint8Array(body), { status, headers });
    });
    return;
  }
  protocol.registerBufferProtocol(SCHEME, ({ url }, reply) => {
    void readAsset(root, url).then(({ status, headers, body }) => {
      const [mimeType] = headers['content-type']!.split(';');
      reply({ statusCode: status, headers, data: Buffer.from(body), mimeType: mimeType!, charset: 'utf-8' });
    });
  });
}
