// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';
import { renameDocument } from '../../engine/graph/commands/document';
import { emptyDocument } from '../../engine/graph/document';
import type { DiskState } from '../../ipc/contract';
import { fakeBridge } from '../app/testing';

let disk: Partial<DiskState> = {};
let meanwhile = () => {};
fakeBridge({
  'document.look': (files: readonly { path: string }[]) => {
    meanwhile();
    const plain = { state: 'same', stamp: 'a', moved: null, shared: false };
    return files.map(({ path }) => ({ ...plain, path, ...disk }));
  },
  'document.open': () => ({ path: '/net.json', doc: emptyDocument('theirs'), stamp: 'b' }),
});
const { lookAtFiles, useTroubles, dismissShared } = await import('./trouble');
const { wordsOf } = await import('./file-answers');
const { arrangeTabs, frontTab, isTabDirty, newTab, patchTab } = await import('./tabs');
const { useEditor } = await import('../app/store');

const key = () => frontTab().key;
const trouble = () => useTroubles.getState().troubles[key()];
const answer = async (label: string) => {
  const found = wordsOf(trouble()!, '/net.json').answers.find((a) => a.label === label);
  await found!.run();
};

beforeEach(() => {
  const tab = newTab(emptyDocument('net'), '/net.json', 'a');
  arrangeTabs([tab, newTab(emptyDocument('other'), null, null)], tab.key);
  useTroubles.setState({ troubles: {}, shared: {} });
  disk = {};
  meanwhile = () => {};
});

it('notices what another program wrote, and forgets it when the file is as before', async () => {
  disk = { state: 'changed', stamp: 'b' };
  await lookAtFiles();
  expect(trouble()).toEqual({ kind: 'changed' });
  disk = {};
  await lookAtFiles();
  expect(trouble()).toBeUndefined();
});

it('takes no notice of an answer that a save has overtaken', async () => {
  disk = { state: 'changed', stamp: 'b' };
  meanwhile = () => patchTab(key(), { stamp: 'b' });
  await lookAtFiles();
  expect(trouble()).toBeUndefined();
});

it('takes what the file holds in one step that undo takes back', async () => {
  useEditor.getState().run(renameDocument, { name: 'mine' });
  disk = { state: 'changed', stamp: 'b' };
  await lookAtFiles();
  await answer('Reload');
  expect([frontTab().history.present.name, frontTab().stamp, isTabDirty(frontTab())]).toEqual([
    ...['theirs', 'b', false],
  ]);
  expect(trouble()).toBeUndefined();
  useEditor.getState().undo();
  expect([frontTab().history.present.name, isTabDirty(frontTab())]).toEqual(['mine', true]);
});

it('keeps mine until the file changes once more', async () => {
  disk = { state: 'changed', stamp: 'b' };
  await lookAtFiles();
  await answer('Keep mine');
  expect([trouble(), frontTab().stamp, isTabDirty(frontTab())]).toEqual([undefined, 'b', true]);
  disk = { state: 'same', stamp: 'b' };
  await lookAtFiles();
  expect(trouble()).toBeUndefined();
});

it('counts a graph whose file is gone as unsaved, until the file is back', async () => {
  disk = { state: 'gone', stamp: null };
  await lookAtFiles();
  expect(trouble()).toMatchObject({ kind: 'gone', moved: null });
  expect(isTabDirty(frontTab())).toBe(true);
  disk = { state: 'gone', stamp: null, moved: '/new.json' };
  await lookAtFiles();
  expect(wordsOf(trouble()!, '/net.json').what).toBe('net.json is called new.json now.');
  disk = {};
  await lookAtFiles();
  expect([trouble(), isTabDirty(frontTab())]).toEqual([undefined, false]);
});

it('tells once that another Convloom has the file, and again when it comes back', async () => {
  const shared = () => useTroubles.getState().shared['/net.json'];
  disk = { shared: true };
  await lookAtFiles();
  expect(shared()).toBe(true);
  dismissShared('/net.json');
  await lookAtFiles();
  expect(shared()).toBe(false);
  disk = {};
  await lookAtFiles();
  disk = { shared: true };
  await lookAtFiles();
  expect(shared()).toBe(true);
});
