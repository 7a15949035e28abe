// The real window for the canvas bench: started from dist, driven by real mouse and keyboard events.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { findElectron } from '../scripts/setup/electron.mjs';
import { root } from '../scripts/setup/paths.mjs';

/** Starts the built app with folders of its own. */
export async function openWindow() {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-bench-canvas-'));
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: process.env.ELECTRON_BINARY ?? findElectron().binary,
    args: [...flags, root],
    env: { ...inherited, CONVLOOM_USER_DATA: join(folder, 'user'), CONVLOOM_RUNS: join(folder, 'runs') },
  });
  const page = await app.firstWindow();
  await page.locator('.app').waitFor();
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window.setSize(1440, 900);
  });
  await page.evaluate(installProbes);
  return { app, page, folder };
}

/** In the page: frames by their times, the first picture of a document, and the time from a key to its picture. */
function installProbes() {
  const probe = { times: [], events: [], followed: [], running: false };
  globalThis.probe = probe;
  const tick = (now) => {
    if (!probe.running) return;
    probe.times.push(now);
    requestAnimationFrame(tick);
  };
  probe.start = () => {
    probe.times = [];
    probe.running = true;
    requestAnimationFrame(tick);
  };
  probe.stop = () => {
    probe.running = false;
    return probe.times;
  };
  // from the press of the Open keys until a frame stands that shows a node of the document
  probe.awaitKey = () => {
    performance.clearMarks();
    addEventListener('keydown', () => performance.mark('open'), { once: true, capture: true });
  };
  probe.picture = (selector, title) => {
    return new Promise((resolve) => {
      const look = () => {
        const there = document.title.includes(title) && document.querySelector(selector);
        if (!there) return requestAnimationFrame(look);
        // the frame after the one in which it was first there
        return requestAnimationFrame(() =>
          setTimeout(() => {
            performance.mark('picture');
            resolve(performance.measure('first picture', 'open', 'picture').duration);
          }),
        );
      };
      look();
    });
  };
  probe.observeKeys = () => {
    probe.events = [];
    probe.observer = new PerformanceObserver((list) => {
      // letting go of a key shows nothing
      for (const { name, duration } of list.getEntries())
        if (/^key(down|press)|^input|^beforeinput/.test(name)) probe.events.push(duration);
    });
    probe.observer.observe({ type: 'event', durationThreshold: 16, buffered: false });
  };
  probe.keys = () => {
    probe.observer.disconnect();
    return probe.events;
  };
  // from the next key to the frame in which the selected node shows what follows from it
  probe.follow = () => {
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const seen = new MutationObserver(() => {
          seen.disconnect();
          requestAnimationFrame(() => setTimeout(() => probe.followed.push(performance.now() - timeStamp)));
        });
        const node = document.querySelector('.react-flow__node.selected');
        seen.observe(node, { subtree: true, childList: true, characterData: true });
      },
      { once: true, capture: true },
    );
  };
}

/** Opens a file by Ctrl O. @returns milliseconds to the first picture of it */
export async function openFile({ app, page }, file, { title, selector }) {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await page.mouse.move(5, 5);
  await page.evaluate(() => globalThis.probe.awaitKey());
  const waiting = page.evaluate(([s, t]) => globalThis.probe.picture(s, t), [selector, title]);
  await page.keyboard.press('Control+o');
  const ms = await waiting;
  await page.waitForTimeout(1200);
  return ms;
}

/** Frames while `work` moves the mouse. @returns frames a second, and the median and 95th percentile of a frame, ms */
export async function framesDuring(page, work) {
  await page.evaluate(() => globalThis.probe.start());
  await work();
  const times = await page.evaluate(() => globalThis.probe.stop());
  const deltas = times.slice(1).map((t, i) => t - times[i]);
  deltas.sort((a, b) => a - b);
  const at = (share) => deltas[Math.min(deltas.length - 1, Math.floor(share * deltas.length))];
  const perSecond = (1000 * deltas.length) / (times.at(-1) - times[0]);
  return { perSecond, median: at(0.5), p95: at(0.95), frames: deltas.length };
}

/** The canvas' box, and the view on it. */
export const viewOf = (page) =>
  page.evaluate(() => {
    const { x, y, width, height } = document.querySelector('section[data-canvas]').getBoundingClientRect();
    const style = document.querySelector('.react-flow__viewport').style.transform;
    const [dx, dy, zoom] = style.match(/-?[\d.]+(e-?\d+)?/g).map(Number);
    return { box: { x, y, width, height }, dx, dy, zoom };
  });

export const closeWindow = async ({ app }) => {
  await app
    .evaluate(({ dialog, app: main }) => {
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
      main.exit(0);
    })
    .catch(() => {});
};
