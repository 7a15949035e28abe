import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { convloom, netFile, small, tempFolder } from '../testing';

async function draw(net: string, ending: string, ...options: string[]) {
  const file = join(await tempFolder(), `net.${ending}`);
  const { out, err, exit } = await convloom('draw', net, '-o', file, ...options);
  return { out, err, exit, text: exit === 0 ? await readFile(file, 'utf8') : '' };
}

it('draws the canvas of a template with the fonts inside, in light and dark', async () => {
  const light = await draw('lenet-5', 'svg');
  expect(light.out).toMatch(/net\.svg {2}\d+×\d+, [\d,]+ bytes$/);
  expect(light.text.match(/@font-face/g)).toHaveLength(2);
  expect(light.text).toContain('#fafbfc');
  expect((await draw('lenet-5', 'svg', '--theme', 'dark')).text).toContain('#13161a');
});

it('opens blocks, and places a file that says nothing of places', async () => {
  const [folded, open] = [await draw('resnet-20', 'svg'), await draw('resnet-20', 'svg', '--open', 'all')];
  expect(open.text.match(/Batch norm/g)!.length).toBeGreaterThan(
    folded.text.match(/Batch norm/g)?.length ?? 0,
  );
  const { text } = await draw(await netFile(small()), 'svg');
  expect(text.replaceAll(/base64,[^)]*/g, '')).not.toMatch(/NaN|undefined/);
});

it('draws the figure, as TikZ where the file ends so', async () => {
  const svg = await draw('vgg-d', 'svg', '--figure', '--no-legend', '--labels', 'sizes', '--transparent');
  expect(svg.text).toContain('>4096<');
  expect(svg.text).not.toContain('Convolution');
  const tex = await draw('vgg-d', 'tex', '--scale', 'log', '--fold', 'stages');
  expect(tex.text).toMatch(/^% .*\n\\documentclass/);
});

it('says which endings it knows, and what can be chosen', async () => {
  expect((await draw('lenet-5', 'png')).err).toContain('ends in .svg or .tex');
  expect((await draw('lenet-5', 'svg', '--scale', 'cubic')).err).toContain(
    'must be one of root, log, linear',
  );
  expect((await convloom('draw', 'lenet-5')).err).toMatch(/^--out must name a file/);
});
