import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { node, press } from './graph';
import { answerDialogs, close, type Launched, launch, temporaryFolder } from './launch';

let it: Launched;
test.beforeEach(async () => {
  it = await launch();
});
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

const choose = (group: string, name: string) =>
  it.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true }).click();

/** Saves what the dialog shows; it closes when the file is written. */
async function saveAs(ending: string): Promise<Buffer> {
  const file = join(temporaryFolder('pictures'), `net.${ending}`);
  await answerDialogs(it.app, { save: file });
  await it.page.getByRole('button', { name: 'Save…' }).click();
  await expect(it.page.getByText(`Exported to ${file}`)).toBeVisible();
  await expect(it.page.getByRole('dialog')).toBeHidden();
  expect(existsSync(file)).toBe(true);
  return readFileSync(file);
}

test('exports the canvas as SVG, PNG and PDF, its selection, and the figure as TikZ', async () => {
  const { page, app } = it;
  await press(page, 'Mod+P');
  await expect(page.getByTestId('picture-preview')).toBeVisible();
  const svg = (await saveAs('svg')).toString();
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
  expect(svg.match(/@font-face/g)).toHaveLength(2);
  expect(svg.match(/data-|href|<script/)).toBeNull();
  const drawn = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, 'application/xml');
    return { name: xml.documentElement.getAttribute('aria-label'), words: xml.documentElement.textContent };
  }, svg);
  expect(drawn.name).toBe('ResNet-20 on MNIST');
  expect(drawn.words).toContain('28×28×16');

  await press(page, 'Mod+P');
  await choose('Format', 'PNG');
  await choose('Pixels for each point', '2×');
  const png = await saveAs('png');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width! * 2, height! * 2]);

  await press(page, 'Mod+P');
  await choose('Format', 'PDF');
  const pdf = (await saveAs('pdf')).toString('latin1');
  expect(pdf).toMatch(/^%PDF-/);
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const [, w, h] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf)!.map(Number);
  expect(Math.abs(w! - width! * 0.75)).toBeLessThan(1.5);
  expect(Math.abs(h! - height! * 0.75)).toBeLessThan(1.5);
  // text stays text: fonts, and no picture of it
  expect(pdf).toMatch(/\/Type\s*\/Font\b/);
  expect(pdf).not.toMatch(/\/Subtype\s*\/Image\b/);

  await node(page, 'conv1').click();
  await node(page, 'conv1-bn').click({ modifiers: ['Shift'] });
  await press(page, 'Mod+P');
  await expect(page.getByRole('radio', { name: 'Selection' })).toBeChecked();
  await choose('Format', 'SVG');
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('The SVG is on the clipboard')).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^<svg /);
  expect(copied.match(/>Conv 3×3</g)).toHaveLength(1);

  await choose('Part', 'Whole net');
  await choose('Style', 'Paper figure');
  await choose('Format', 'TikZ');
  expect((await saveAs('tex')).toString()).toContain('\\begin{tikzpicture}');
});

test('the dialog is reached and worked by the keyboard, gives the focus back, and keeps what was chosen', async () => {
  const { page } = it;
  await node(page, 'conv1').focus();
  await press(page, 'Mod+K');
  await page.keyboard.type('Export picture');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export picture' });
  await expect(dialog).toBeVisible();
  const style = dialog.getByRole('radiogroup', { name: 'Style' });
  await style.getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(style.getByRole('radio', { name: 'Paper figure' })).toBeChecked();
  await expect(dialog.getByRole('combobox', { name: 'What is folded into one' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await press(page, 'Mod+P');
  await expect(style.getByRole('radio', { name: 'Paper figure' })).toBeChecked();
});
