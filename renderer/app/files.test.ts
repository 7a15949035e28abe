// @vitest-environment jsdom
import { renderHook, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../engine/errors';
import { renameDocument, setTraining } from '../../engine/graph/commands/document';
import { emptyDocument } from '../../engine/graph/document';
import { fakeBridge, smallNet } from './testing';

const opened = { path: '/other.json', doc: emptyDocument('other'), stamp: 'other' };
const saved = { state: 'saved', path: '/net.json', stamp: 'written' };
const cancelled = { state: 'cancelled' };
let reply: object = saved;
let fault: Error | null = null;
let template = smallNet();
const main = fakeBridge({
  'document.save': () => {
    if (fault) throw fault;
    return reply;
  },
  'document.open': () => opened,
  'templates.open': () => ({ ...template, name: 'template' }),
  'recovery.open': () => ({ path: null, doc: smallNet(), stamp: null }),
  'document.parse': ({ name: file }: { name: string }) => emptyDocument(file),
});
const { closeFile, isDirty, newFile, openDropped, openFile, openTemplate, restore, save, saveAll } =
  await import('./files');
const { allTabs, arrangeTabs, newTab } = await import('../documents/tabs');
const { useTroubles } = await import('../documents/trouble');
const { useSession } = await import('./session');
const { useNotices } = await import('./notices');
const { useEditor, useProblems } = await import('./store');

const editor = () => useEditor.getState();
const name = () => editor().history.present.name;
const names = () => allTabs().map((t) => t.history.present.name);
const edit = () => editor().run(renameDocument, { name: 'edited' });
const answer = async (id: string | null) => {
  await Promise.resolve();
  useSession.getState().question!.answer(id);
};

beforeEach(() => {
  const tab = newTab(smallNet(), '/net.json', 'read');
  arrangeTabs([tab], tab.key);
  main.calls.length = 0;
  reply = saved;
  fault = null;
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
    expect(main.calls[0]![1]).toMatchObject({ path: '/net.json', stamp: 'read' });
    await save({ elsewhere: true });
    expect(main.calls[1]![1]).toMatchObject({ path: null, stamp: 'written' });
  });

  it('are still unsaved when the dialog is cancelled', async () => {
    edit();
    reply = cancelled;
    expect(await save()).toBe(false);
    expect(isDirty()).toBe(true);
  });

  it('open in tabs of their own, and lose nothing that was open', async () => {
    edit();
    await openFile();
    newFile();
    await openDropped(['one', 'two'].map((dropped) => ({ name: dropped, text: async () => '' }) as File));
    expect(names()).toEqual(['edited', 'other', 'one', 'two']);
    await openFile();
    expect([name(), names()]).toEqual(['other', ['edited', 'other', 'one', 'two']]);
    expect(editor().stamp).toBe('other');
  });

  it.each([
    ['stay', 'edited', []],
    [null, 'edited', []],
    ['drop', 'other', []],
    ['save', 'other', ['document.save']],
  ])('ask before unsaved changes are closed: %s', async (id, shown, calls) => {
    edit();
    const { key } = editor();
    await openFile();
    main.calls.length = 0;
    const closing = closeFile(key);
    expect(name(), 'what is asked about is in front').toBe('edited');
    await answer(id);
    await closing;
    expect(name()).toBe(shown);
    expect(main.channels()).toEqual(calls);
  });

  it('stay open when saving is cancelled', async () => {
    edit();
    reply = cancelled;
    const leaving = closeFile();
    await answer('save');
    await leaving;
    expect(name()).toBe('edited');
  });

  it('are saved one after the other, up to the first that is not written', async () => {
    edit();
    await openFile();
    edit();
    reply = cancelled;
    expect([await saveAll(), name()]).toEqual([false, 'edited']);
    expect(main.channels().filter((c) => c === 'document.save')).toHaveLength(1);
    reply = saved;
    expect([await saveAll(), isDirty()]).toEqual([true, false]);
    expect(main.channels().filter((c) => c === 'document.save')).toHaveLength(3);
  });

  it('are not written over what another program wrote, until that is answered', async () => {
    edit();
    reply = { state: 'changed', path: '/net.json' };
    expect(await save()).toBe(false);
    expect(useTroubles.getState().troubles[editor().key]).toEqual({ kind: 'changed' });
    expect(isDirty()).toBe(true);
    reply = saved;
    await save({ anyway: true });
    expect(main.calls.at(-1)![1]).toMatchObject({ stamp: null });
    expect(useTroubles.getState().troubles).toEqual({});
  });

  it('say in place why they could not be written, and stay unsaved', async () => {
    edit();
    fault = new UserError('file/read-only', 'It could not be saved.', 'That disk is read-only.', 'Choose.');
    expect(await save()).toBe(false);
    expect(useTroubles.getState().troubles[editor().key]).toMatchObject({
      fault: { code: 'file/read-only' },
    });
    expect(isDirty()).toBe(true);
  });

  it('that are gone from the disk count as unsaved, until they are written again', async () => {
    reply = { state: 'gone', path: '/net.json' };
    await save();
    expect(isDirty()).toBe(true);
    reply = saved;
    await save({ anyway: true });
    expect(isDirty()).toBe(false);
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
  it('takes the place of an untouched graph in one step that undo takes back', async () => {
    editor().load(smallNet(), null);
    await openTemplate('lenet');
    await openTemplate('other');
    expect([names(), useSession.getState().question]).toEqual([['template'], null]);
    editor().undo();
    editor().undo();
    expect(name()).toBe('small');
  });

  it('leaves a graph that was worked on, or has a file, as it is, and has a tab of its own', async () => {
    await openTemplate('lenet');
    expect([names(), editor().path, isDirty()]).toEqual([['small', 'template'], null, false]);
  });

  it('takes the data chosen before, with its picture size and classes', async () => {
    editor().run(setTraining, { patch: { data: { set: 'mine', validation: 7 } } });
    editor().setData({ title: 'Mine', shape: [12, 12, 3], classes: 4 });
    await openTemplate('lenet');
    const { nodes, training } = editor().history.present;
    expect(nodes['in']!.params).toEqual({ shape: [12, 12, 3] });
    expect(nodes['out']!.params).toEqual({ classes: 4 });
    expect(training.data).toEqual({ set: 'mine', validation: 7 });
    expect(useNotices.getState().notices.at(-1)!.text).toBe('Input 12×12×3 and 4 classes were set from Mine');
    expect(names()).toEqual(['small', 'template']);
  });

  it('keeps its own input where no net would come of the data', async () => {
    template = smallNet({ kernel: 7, padding: 'valid' });
    editor().setData({ title: 'Tiny', shape: [4, 4, 1], classes: 10 });
    await openTemplate('lenet');
    expect(editor().history.present.nodes['in']!.params).toEqual({ shape: [8, 8, 1] });
    const { result } = renderHook(() => useProblems());
    expect(result.current.map((p) => [p.code, p.repairs])).toEqual([['data/size', []]]);
    await waitFor(() => expect(result.current[0]!.remedy).toContain('cannot be fitted'), { timeout: 4000 });
  });
});
