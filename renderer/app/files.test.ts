// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { renameDocument, setTraining } from '../../engine/graph/commands/document';
import { emptyDocument } from '../../engine/graph/document';
import { fakeBridge, smallNet } from './testing';

const opened = { path: '/other.json', doc: emptyDocument('other') };
let savePath: string | null = '/net.json';
let template = smallNet();
const main = fakeBridge({
  'document.save': () => savePath,
  'document.open': () => opened,
  'templates.open': () => ({ ...template, name: 'template' }),
  'recovery.open': () => ({ path: null, doc: smallNet() }),
});
const { isDirty, newFile, openFile, openTemplate, restore, save } = await import('./files');
const { useSession } = await import('./session');
const { useNotices } = await import('./notices');
const { useEditor, useProblems } = await import('./store');

const editor = () => useEditor.getState();
const name = () => editor().history.present.name;
const edit = () => editor().run(renameDocument, { name: 'edited' });
const answer = async (id: string | null) => {
  await Promise.resolve();
  useSession.getState().question!.answer(id);
};

beforeEach(() => {
  editor().load(smallNet(), '/net.json');
  main.calls.length = 0;
  savePath = '/net.json';
  template = smallNet();
  editor().setData(null);
  useSession.setState({ question: null });
});

describe('files', () => {
  it('save to where they came from', async () => {
    edit();
    expect(isDirty()).toBe(true);
    expect(await save()).toBe(true);
    expect(isDirty()).toBe(false);
    expect(main.calls[0]![1]).toMatchObject({ path: '/net.json' });
    await save({ elsewhere: true });
    expect(main.calls[1]![1]).toMatchObject({ path: null });
  });

  it('are still unsaved when the dialog is cancelled', async () => {
    edit();
    savePath = null;
    expect(await save()).toBe(false);
    expect(isDirty()).toBe(true);
  });

  it('open without a question when nothing is unsaved', async () => {
    await openFile();
    expect([name(), editor().path]).toEqual(['other', '/other.json']);
  });

  it.each([
    ['stay', 'edited', []],
    [null, 'edited', []],
    ['drop', 'other', ['document.open']],
    ['save', 'other', ['document.save', 'document.open']],
  ])('ask before unsaved changes are lost: %s', async (id, shown, calls) => {
    edit();
    const opening = openFile();
    await answer(id);
    await opening;
    expect(name()).toBe(shown);
    expect(main.channels()).toEqual(calls);
  });

  it('stay open when saving is cancelled', async () => {
    edit();
    savePath = null;
    const leaving = newFile();
    await answer('save');
    await leaving;
    expect(name()).toBe('edited');
  });

  it('come back unsaved, under their own key, from an earlier session', async () => {
    const entry = { path: null, saved: '2026-01-01T00:00:00Z', name: 'x' };
    useSession.setState({
      recovered: [
        { key: 'a', ...entry },
        { key: 'b', ...entry },
      ],
    });
    await restore('a');
    expect([isDirty(), editor().key]).toEqual([true, 'a']);
    expect(useSession.getState().recovered.map((r) => r.key)).toEqual(['b']);
  });
});

describe('a template', () => {
  it('takes the place of the graph in one step that undo takes back', async () => {
    edit();
    await openTemplate('lenet');
    expect(name()).toBe('template');
    expect(useSession.getState().question).toBeNull();
    editor().undo();
    expect(name()).toBe('edited');
  });

  it('is never saved over the file that was open', async () => {
    editor().load(editor().history.present, '/home/me/mine.convloom.json');
    await openTemplate('lenet');
    expect(editor().path).toBeNull();
  });

  it('takes the data chosen before, with its picture size and classes, in the same step', async () => {
    editor().run(setTraining, { patch: { data: { set: 'mine', validation: 7 } } });
    editor().setData({ title: 'Mine', shape: [12, 12, 3], classes: 4 });
    await openTemplate('lenet');
    const { nodes, training } = editor().history.present;
    expect(nodes['in']!.params).toEqual({ shape: [12, 12, 3] });
    expect(nodes['out']!.params).toEqual({ classes: 4 });
    expect(training.data).toEqual({ set: 'mine', validation: 7 });
    expect(useNotices.getState().notices.at(-1)!.text).toBe('Input 12×12×3 and 4 classes were set from Mine');
    editor().undo();
    expect(name()).toBe('small');
  });

  it('keeps its own input where no net would come of the data', async () => {
    template = smallNet({ kernel: 7, padding: 'valid' });
    editor().setData({ title: 'Tiny', shape: [4, 4, 1], classes: 10 });
    await openTemplate('lenet');
    expect(editor().history.present.nodes['in']!.params).toEqual({ shape: [8, 8, 1] });
    const { result } = renderHook(() => useProblems());
    expect(result.current.map((p) => [p.code, p.repairs])).toEqual([['data/size', []]]);
    expect(result.current[0]!.remedy).toContain('cannot be fitted');
  });
});
