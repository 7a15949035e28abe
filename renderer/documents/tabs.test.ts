// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { renameDocument, replaceDocument } from '../../engine/graph/commands/document';
import { emptyDocument } from '../../engine/graph/document';
import { useEditor } from '../app/store';
import {
  activateTab,
  allTabs,
  arrangeTabs,
  cycleTabs,
  frontTab,
  isTabDirty,
  isUntouched,
  moveTab,
  newTab,
  openTab,
  patchTab,
  removeTab,
  reopenTab,
  useTabs,
} from './tabs';

const names = () => allTabs().map((t) => t.history.present.name);
const front = () => frontTab().history.present.name;
const keyOf = (name: string) => allTabs().find((t) => t.history.present.name === name)!.key;
const empty = () => newTab(emptyDocument('untitled'), null, null);
const rename = (name: string) => useEditor.getState().run(renameDocument, { name });

beforeEach(() => {
  const tabs = ['a', 'b', 'c'].map((name) => newTab(emptyDocument(name), `/${name}.json`, null));
  arrangeTabs(tabs, tabs[1]!.key);
  useTabs.setState({ closed: [] });
});

describe('tabs', () => {
  it('keep each graph with its history, selection and data while another one is in front', () => {
    rename('b, changed');
    useEditor.getState().select({ nodes: ['n'] });
    useEditor.getState().setData({ title: 'D', shape: [8, 8, 1], classes: 2 });
    const before = frontTab();
    activateTab(keyOf('c'));
    expect([front(), frontTab().selection.nodes, frontTab().data]).toEqual(['c', [], null]);
    useEditor.getState().undo();
    activateTab(before.key);
    expect(frontTab()).toEqual(before);
    useEditor.getState().undo();
    expect([front(), isTabDirty(frontTab())]).toEqual(['b', false]);
  });

  it('go round by steps, and move by places', () => {
    cycleTabs(1);
    cycleTabs(1);
    expect(front()).toBe('a');
    cycleTabs(-1);
    expect(front()).toBe('c');
    moveTab(keyOf('c'), 0);
    expect([names(), front()]).toEqual([['c', 'a', 'b'], 'c']);
    moveTab(keyOf('b'), 1);
    expect([names(), front()]).toEqual([['c', 'b', 'a'], 'c']);
    moveTab(keyOf('c'), -1);
    moveTab(keyOf('c'), 3);
    expect(names()).toEqual(['c', 'b', 'a']);
  });

  it('open at the right of the one in front, or in place of an untouched one', () => {
    openTab(emptyDocument('new'), null);
    expect([names(), front()]).toEqual([['a', 'b', 'new', 'c'], 'new']);
    openTab(emptyDocument('newer'), null);
    expect(names()).toEqual(['a', 'b', 'newer', 'c']);
    rename('touched');
    openTab(emptyDocument('newest'), null);
    expect(names()).toEqual(['a', 'b', 'touched', 'newest', 'c']);
  });

  it('count as untouched with templates alone, and not with anything that could be lost', () => {
    openTab(emptyDocument('new'), null);
    useEditor.getState().run(replaceDocument, { doc: emptyDocument('template') });
    expect(isUntouched(frontTab())).toBe(true);
    rename('mine');
    expect(isUntouched(frontTab())).toBe(false);
    useEditor.getState().undo();
    expect(isUntouched(frontTab()), 'what redo would bring back').toBe(false);
    openTab(emptyDocument('of a run'), null, { unsaved: true });
    expect(isUntouched(frontTab())).toBe(false);
  });

  it('close to a neighbour, come back with their history, and never leave the window without a graph', () => {
    rename('b, changed');
    removeTab(frontTab().key, empty);
    expect([names(), front()]).toEqual([['a', 'c'], 'c']);
    removeTab(keyOf('a'), empty);
    removeTab(keyOf('c'), empty);
    expect(names()).toEqual(['untitled']);
    reopenTab();
    expect(names()).toEqual(['c']);
    reopenTab();
    reopenTab();
    expect(front()).toBe('b, changed');
    useEditor.getState().undo();
    expect(names()).toEqual(['c', 'a', 'b']);
  });

  it('are changed in front, behind, and not at all once closed', () => {
    const key = keyOf('a');
    patchTab(key, { stamp: 'x' });
    patchTab(frontTab().key, { stamp: 'y' });
    expect(allTabs().map((t) => t.stamp)).toEqual(['x', 'y', null]);
    removeTab(key, empty);
    patchTab(key, { stamp: 'z' });
    expect(allTabs().map((t) => t.stamp)).toEqual(['y', null]);
  });
});
