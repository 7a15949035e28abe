// npm run bench:canvas [-- --sizes 300,1000 --rounds 2 --templates no]
// Times the canvas of the real window on large nets: frames while it is moved, the first picture, a key to its picture.
// On Linux under xvfb-run, so that every machine draws in software on a screen of the same size. See docs/performance.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { buildAll } from '../scripts/build.mjs';
import { dragHundred, pan, type, zoom, zoomTo } from './canvas-gestures.mjs';
import { report } from './canvas-report.mjs';
import { closeWindow, openFile, openWindow, viewOf } from './canvas-window.mjs';

const here = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const log = (text) => process.stderr.write(`${text}\n`);
/** At which a net is worked on: most of a large one is out of sight. */
const WORKING = 0.8;

async function loadNets() {
  const outfile = here('../dist/bench/canvas-nets.mjs');
  await build({
    ...{ entryPoints: [here('canvas-nets.ts')], outfile, bundle: true, platform: 'node', format: 'esm' },
    ...{ target: 'node20', logLevel: 'warning' },
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  return import(pathToFileURL(outfile).href);
}

const write = (folder, name, text) => {
  const file = join(folder, `${name}.convloom.json`);
  writeFileSync(file, text);
  return file;
};
const positions = (text) => Object.values(JSON.parse(text).nodes).map((n) => n.position);

/** One flat net: opened, moved near and far, dragged and edited. */
async function measureNet(window, size, text) {
  const { page, folder } = window;
  const file = write(folder, `flat-${size}`, text);
  const title = `Flat net of ${size}`;
  const firstPicture = await openFile(window, file, { title, selector: `[data-id^="s${size}-"]` });
  const places = positions(text);
  await zoomTo(page, WORKING, places);
  const near = { pan: await pan(page), zoom: await zoom(page) };
  const keys = await type(page);
  await page.keyboard.press('Escape');
  await page.mouse.click(...(await corner(page)));
  await page.keyboard.press('f');
  await page.waitForTimeout(900);
  const whole = { at: (await viewOf(page)).zoom, pan: await pan(page), zoom: await zoom(page) };
  await page.keyboard.press('f');
  await page.waitForTimeout(700);
  const drag = await dragHundred(page, places);
  return { size, firstPicture, near, keys, whole, drag };
}
async function corner(page) {
  const { box } = await viewOf(page);
  return [box.x + box.width - 8, box.y + 8];
}

async function measureTemplate(window, net, name, open) {
  const text = net.template(here(`../assets/templates/${name}.json`), open);
  const { name: title } = JSON.parse(text);
  const file = write(window.folder, `${name}-${open ? 'open' : 'folded'}`, text);
  const selector = open ? '[data-id^="stage1/"], [data-painted]' : '[data-id="stage1"].react-flow__node-face';
  const firstPicture = await openFile(window, file, { title, selector });
  return { name, open, nodes: net.nodesIn(text), firstPicture };
}

/** All figures once, in a window of its own. */
async function round(net, sizes, templates) {
  const window = await openWindow();
  window.page.setDefaultTimeout(120_000);
  try {
    await window.page.getByRole('button', { name: 'Skip the tour' }).click();
    await window.page.waitForTimeout(2500);
    const flat = [];
    for (const size of sizes) {
      log(`  flat net of ${size}`);
      flat.push(await measureNet(window, size, net.flatNet(size)));
    }
    const opened = [];
    for (const open of templates ? [false, true] : []) {
      log(`  resnet-1202, ${open ? 'every block open' : 'folded'}`);
      opened.push(await measureTemplate(window, net, 'resnet-1202', open));
    }
    return { flat, opened };
  } finally {
    await closeWindow(window);
  }
}

function onVirtualScreen() {
  if (process.platform !== 'linux' || process.env.CONVLOOM_BENCH_SCREEN) return false;
  const args = ['-a', '-s', '-screen 0 1600x1000x24', process.execPath, ...process.argv.slice(1)];
  const env = { ...process.env, CONVLOOM_BENCH_SCREEN: '1' };
  const { status } = spawnSync('xvfb-run', args, { stdio: 'inherit', env });
  process.exitCode = status ?? 1;
  return true;
}

async function main() {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '300,1000,3000' },
      rounds: { type: 'string', default: '3' },
      templates: { type: 'string', default: 'yes' },
      store: { type: 'string', default: 'yes' },
    },
  });
  if (onVirtualScreen()) return;
  await buildAll();
  const net = await loadNets();
  const sizes = values.sizes.split(',').map(Number);
  const rounds = [];
  for (let i = 0; i < Number(values.rounds); i++) {
    log(`round ${i + 1} of ${values.rounds}`);
    rounds.push(await round(net, sizes, values.templates === 'yes'));
  }
  const about = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores of ${cpus()[0].model.trim()}, drawn in software`,
  };
  const text = report(rounds, about);
  process.stdout.write(text);
  if (values.store !== 'yes') return;
  mkdirSync(here('results'), { recursive: true });
  writeFileSync(here('results/canvas.json'), `${JSON.stringify({ ...about, rounds }, null, 2)}\n`);
  writeFileSync(here('results/canvas.md'), text);
}

await main();
