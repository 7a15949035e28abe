import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { folderWith, png } from '../engine/data/testing';
import { answerDialogs, close, type Launched, launch } from './launch';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

const many = (folder: string, count: number, rgb: readonly number[]) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${folder}/${i}.png`,
      png(32, 32, [rgb[0]! - i, rgb[1]! + i, rgb[2]!]),
    ]),
  );
const openData = async (folder: string) => {
  it = await launch();
  await answerDialogs(it.app, { open: folder });
  await it.page.getByLabel('Data set').selectOption('A folder, whatever is in it…');
};

test('a folder of pictures is chosen, told for what it is, and looked at', async () => {
  const folder = await folderWith({
    ...many('iris', 20, [220, 20, 30]),
    ...many('rose', 15, [40, 20, 200]),
    'rose/broken.png': png(32, 32, [1, 2, 3]).subarray(0, 20),
  });
  await openData(folder);
  const { page } = it;
  await expect(page.getByText('Read as: Pictures in class folders')).toBeVisible();
  await expect(page.getByText('32×32×3 · 2 classes · 35 pictures')).toBeVisible();
  await expect(page.getByText('1 left out, e.g. rose/broken.png')).toBeVisible();

  await page.getByRole('button', { name: /^Look at the pictures of / }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Pictures' }).getByRole('listitem')).not.toHaveCount(0);

  await dialog.getByRole('radio', { name: 'Classes and figures' }).click();
  const rows = dialog.getByRole('table', { name: 'Classes' }).getByRole('row');
  await expect(rows.nth(1)).toHaveText(/iris\s*16\s*4/);
  await expect(rows.nth(2)).toHaveText(/rose\s*1[23]\s*[23]/);
  await expect(dialog.getByText('1 picture is left out:')).toBeVisible();
  await expect(dialog.getByText('rose/broken.png')).toBeVisible();

  await dialog.getByRole('radio', { name: 'As the net sees them' }).click();
  const table = dialog.getByRole('table', { name: 'As the net sees them' });
  await expect(table.locator('canvas')).toHaveCount(80);
  await dialog.getByRole('button', { name: 'Draw again' }).click();
  await expect(table.locator('canvas')).toHaveCount(80);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a crop shows in the preview, and another one at the next draw', async () => {
  const folder = await folderWith({
    ...many('iris', 10, [255, 200, 200]),
    ...many('rose', 10, [255, 100, 100]),
  });
  await openData(folder);
  const { page } = it;
  await expect(page.getByText('32×32×3 · 2 classes · 20 pictures')).toBeVisible();
  const crop = page.getByRole('textbox', { name: 'Pad and crop' });
  await crop.fill('8');
  await crop.press('Enter');
  await page.getByRole('button', { name: /^Look at the pictures of / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'As the net sees them' }).click();
  await expect(dialog.getByText('Cropped within 8 pixels of zeros.')).toBeVisible();
  const cell = dialog.getByRole('cell').first().locator('canvas');
  const pixels = () => cell.evaluate((c) => (c as HTMLCanvasElement).toDataURL());
  await expect(cell).toBeVisible();
  const before = await pixels();
  await dialog.getByRole('button', { name: 'Draw again' }).click();
  await expect.poll(pixels).not.toBe(before);
});

test('a folder that may be two things lets choose', async () => {
  const folder = await folderWith({
    ...many('iris', 6, [220, 20, 30]),
    ...many('rose', 6, [40, 20, 200]),
    'all.npz': 'no zip at all',
  });
  await openData(folder);
  const { page } = it;
  const select = page.getByLabel('What the folder is read as');
  await expect(select).toHaveValue('Folder of NumPy files (npz, npy)');
  await select.selectOption('Pictures in class folders');
  await expect(page.getByText('32×32×3 · 2 classes · 12 pictures')).toBeVisible();
  await expect(page.getByText(join(folder)).first()).toBeVisible();
});
