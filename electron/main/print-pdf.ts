import { BrowserWindow, type Protocol, session } from 'electron';
import { UserError } from '../../engine/errors';
import { SCHEME } from './protocol';

/** The page that is printed shows its own drawing with its own fonts: nothing is loaded, no script of its runs. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";
const ADDRESS = `${SCHEME}://picture/page.html`;
/** Pixels of CSS: PDF allows a side of 200 inches. */
const LONGEST = 19_000;
const PATIENCE = 30_000;
let printed = 0;

/**
 * A drawing as a PDF of one page of its size, by a hidden window: lines stay lines and text stays text.
 *
 * @throws UserError `picture/not-printed`
 */
export async function printPdf(svg: string, width: number, height: number): Promise<Uint8Array> {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const own = session.fromPartition(`picture-${++printed}`, { cache: false });
  serve(own.protocol, pageOf(svg, width * scale, height * scale));
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !url.startsWith(ADDRESS) && !url.startsWith('data:') }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  try {
    return await inTime(print(window));
  } finally {
    window.destroy();
  }
}

async function print({ webContents }: BrowserWindow): Promise<Uint8Array> {
  await webContents.loadURL(ADDRESS);
  // ours, not the page's: text in another font would have other widths
  await webContents.executeJavaScript('document.fonts.ready.then(() => document.fonts.size)');
  return webContents.printToPDF({ printBackground: true, preferCSSPageSize: true });
}

/** One page: the last line of a page that is exactly full would begin a second. */
const pageOf = (svg: string, width: number, height: number): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Net</title><style>
@page { size: ${width}px ${height}px; margin: 0 }
html, body { margin: 0; overflow: hidden }
body { height: ${Math.floor(height) - 1}px }
svg { display: block; width: ${width}px; height: ${height}px }
</style></head><body>${svg}</body></html>`;

function serve(protocol: Protocol, html: string): void {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
  // Electron 25 brought handle(); later ones will drop what it replaces
  if (typeof protocol.handle === 'function') {
    protocol.handle(SCHEME, () => new Response(html, { headers }));
    return;
  }
  const data = Buffer.from(html);
  protocol.registerBufferProtocol(SCHEME, (_request, reply) =>
    reply({ headers, data, mimeType: 'text/html', charset: 'utf-8' }),
  );
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(notPrinted()), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const notPrinted = (): UserError =>
  new UserError(
    'picture/not-printed',
    'The picture could not be made into a PDF.',
    `Printing took longer than ${PATIENCE / 1000} seconds.`,
    'Export the selection only, or an SVG, which other programs make a PDF of.',
  );
