import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { dropKind, node, nodes, press } from './graph';
import { answerDialogs, close, type Launched, launch, root, temporaryFolder } from './launch';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

const lenet = JSON.parse(readFileSync(join(root, 'assets/templates/lenet-5.json'), 'utf8'));
const write = (path: string, name: string): string => {
  writeFileSync(path, JSON.stringify({ ...lenet, name }));
  return path;
};
const fresh = (name: string): string => write(join(temporaryFolder('documents'), `${name}.json`), name);
async function open(path: string): Promise<void> {
  await answerDialogs(it.app, { open: path });
  await press(it.page, 'Mod+O');
}
const tabs = (page: Page): Locator => page.getByRole('tablist', { name: 'Open graphs' }).getByRole('tab');
const bar = (page: Page): Locator => page.getByRole('alert');
/** What axe calls serious or critical, of what is built here. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include('.ts')
    .include('.pp')
    .setLegacyMode()
    .analyze();
  return found.flatMap((v) => (/serious|critical/.test(v.impact ?? '') ? [`${v.id} ${v.help}`] : []));
}
const title = (page: Page) => page.getByLabel('Name of the graph');

test('graphs in tabs keep what is theirs, close with a question, and come back at the next start', async () => {
  const [one, two] = [fresh('one'), fresh('two')];
  it = await launch();
  const { page } = it;
  await expect(tabs(page)).toHaveCount(0);
  await open(one);
  await expect(title(page)).toHaveValue('one');
  await expect(tabs(page), 'the untouched example gave way').toHaveCount(0);
  await open(two);
  await expect(tabs(page)).toHaveText(['one', 'two']);
  const before = await nodes(page).count();

  await dropKind(page, 'dropout', { x: 60, y: 90 });
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, 200); // further out: what is out of sight is not drawn
  const view = page.locator('.react-flow__viewport');
  await page.waitForTimeout(300);
  const placed = await view.getAttribute('style');
  await page.keyboard.press('Control+Tab');
  await expect(title(page)).toHaveValue('one');
  await expect(nodes(page)).toHaveCount(before);
  await press(page, 'Mod+Z'); // nothing to undo here
  await page.keyboard.press('Control+Shift+Tab');
  await expect(page.getByRole('tab', { name: 'two, unsaved changes' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(view).toHaveAttribute('style', placed!);
  await expect(nodes(page)).toHaveCount(before + 1);

  await open(one); // is open: its tab comes to the front
  await expect(title(page)).toHaveValue('one');
  await expect(tabs(page)).toHaveCount(2);
  await press(page, 'Mod+Shift+PageDown');
  await expect(tabs(page)).toHaveText(['two', 'one']);
  await tabs(page).nth(1).dragTo(tabs(page).nth(0));
  await expect(tabs(page)).toHaveText(['one', 'two']);

  await press(page, 'Mod+N');
  await tabs(page).filter({ hasText: 'untitled' }).click({ button: 'middle' });
  await expect(tabs(page)).toHaveCount(2);
  await tabs(page).nth(1).click();
  await press(page, 'Mod+W');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await press(page, 'Mod+W');
  await page.getByRole('button', { name: 'Do not save' }).click();
  await expect(tabs(page)).toHaveCount(0);
  await press(page, 'Mod+Shift+T');
  await expect(nodes(page)).toHaveCount(before + 1);
  await press(page, 'Mod+Z');
  await expect(nodes(page)).toHaveCount(before);
  await tabs(page).nth(0).click();
  await page.waitForTimeout(300);
  await close(it);

  it = await launch({ userData: it.userData });
  await expect(tabs(it.page)).toHaveText(['one', 'two']);
  await expect(title(it.page)).toHaveValue('one');
});

test('the history goes to any step, and versions are kept, compared, restored and deleted', async () => {
  const file = fresh('net');
  it = await launch({ args: [file] });
  const { page } = it;
  const before = await nodes(page).count();
  await dropKind(page, 'dropout', { x: 60, y: 90 });
  await dropKind(page, 'flatten', { x: 60, y: 190 });
  await press(page, 'Mod+N');
  await page.keyboard.press('Control+Tab');
  await press(page, 'Mod+Shift+H');
  const history = page.getByRole('region', { name: 'History' });
  await expect(history.getByRole('button', { name: /Opened|opened/ })).toBeVisible();
  await expect(history.locator('.pp-step')).toHaveCount(3);
  await expect(history.locator('.pp-step[aria-current]')).toContainText('Flatten');
  await expect(history.locator('.th-node.fresh')).toHaveCount(2);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('ArrowUp');
  await expect(nodes(page)).toHaveCount(before + 1);
  await history.locator('.pp-step').first().click();
  await expect(nodes(page)).toHaveCount(before);
  await page.keyboard.press('End');
  await expect(nodes(page)).toHaveCount(before + 2);
  await expect(history.locator('.pp-step')).toHaveCount(3);

  await history.getByRole('radio', { name: 'Versions' }).click();
  const versions = page.getByRole('region', { name: 'Versions' });
  await page.keyboard.type('with two more');
  await page.keyboard.press('Enter');
  await expect(versions.locator('.pp-version')).toContainText('with two more');
  await expect(versions.locator('.pp-version')).toContainText(`${before + 2} nodes`);
  expect(existsSync(file.replace('.json', '.versions.jsonl'))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(versions).toBeHidden();
  await press(page, 'Mod+Z');
  await press(page, 'Mod+Z');
  await expect(nodes(page)).toHaveCount(before);

  await press(page, 'Mod+K');
  await page.keyboard.type('Show the versions');
  await page.keyboard.press('Enter');
  await versions.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByTestId('compare').getByLabel('Nodes')).toContainText('2 removed');
  await page.keyboard.press('Escape');
  await versions.getByRole('button', { name: 'Restore' }).click();
  await expect(nodes(page)).toHaveCount(before + 2);
  await press(page, 'Mod+Z');
  await expect(nodes(page)).toHaveCount(before);
  await versions.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(versions).toContainText('No versions yet');
});

test('a file that another program changes, renames or deletes is never lost or written over in silence', async () => {
  const file = fresh('shared');
  it = await launch({ args: [file] });
  const { page, app } = it;
  await dropKind(page, 'dropout', { x: 60, y: 90 });
  write(file, 'theirs');
  await press(page, 'Mod+S');
  await expect(bar(page)).toContainText('was changed by another program');
  expect(readFileSync(file, 'utf8')).toContain('theirs');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByTestId('compare').getByLabel('Nodes')).toContainText('1 added');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(title(page)).toHaveValue('theirs');
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeHidden();
  await expect(bar(page)).toBeHidden();
  await press(page, 'Mod+Z');
  await expect(title(page)).toHaveValue('shared');

  write(file, 'theirs again');
  await expect(bar(page), 'noticed without a save').toContainText('was changed', { timeout: 9000 });
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await press(page, 'Mod+S');
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('dropout');

  const renamed = join(file, '..', 'renamed.json');
  renameSync(file, renamed);
  await expect(bar(page)).toContainText('is called renamed.json now', { timeout: 9000 });
  await page.getByRole('button', { name: 'Go on with renamed.json' }).click();
  await expect(bar(page)).toBeHidden();
  rmSync(renamed);
  await expect(bar(page)).toContainText('is no longer there', { timeout: 9000 });
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();
  await page.getByRole('button', { name: 'Save it there again' }).click();
  await expect.poll(() => existsSync(renamed)).toBe(true);
  await expect(bar(page)).toBeHidden();

  writeFileSync(renamed, '{"format":"convloom","version":99}');
  await expect(bar(page)).toContainText('was changed', { timeout: 9000 });
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await press(page, 'Mod+S');
  await expect(bar(page)).toContainText('version 99');
  expect(readFileSync(renamed, 'utf8')).toBe('{"format":"convloom","version":99}');
  const elsewhere = join(file, '..', 'elsewhere.convloom.json');
  await answerDialogs(app, { save: elsewhere });
  await page.getByRole('button', { name: 'Save elsewhere…' }).click();
  await expect.poll(() => existsSync(elsewhere)).toBe(true);
  await expect(bar(page)).toBeHidden();

  rmSync(elsewhere);
  mkdirSync(elsewhere); // what can be written by nobody, not even by root
  await expect(bar(page)).toBeVisible({ timeout: 9000 });
});

test('two of the app on one file know of each other, and the second to save is asked', async () => {
  const file = fresh('both');
  it = await launch({ args: [file] });
  const other = await launch({ args: [file] });
  try {
    for (const { page } of [it, other])
      await expect(page.getByText('open in another Convloom too')).toBeVisible({ timeout: 9000 });
    await dropKind(it.page, 'dropout', { x: 60, y: 90 });
    await press(it.page, 'Mod+S');
    await expect(it.page.getByRole('img', { name: 'Unsaved changes' })).toBeHidden();
    await dropKind(other.page, 'flatten', { x: 60, y: 90 });
    await press(other.page, 'Mod+S');
    await expect(bar(other.page)).toContainText('was changed by another program');
    expect(readFileSync(file, 'utf8')).not.toContain('"flatten-');
    await other.page.getByRole('button', { name: 'Reload' }).click();
    await expect(node(other.page, 'dropout-1')).toBeVisible();
  } finally {
    await close(other);
  }
  await expect(it.page.getByText('open in another Convloom too')).toBeHidden({ timeout: 9000 });
});
