// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeMain } from './testing';

const INFO = {
  ...{ id: 'npz', title: 'mine', shape: [28, 28, 1], classNames: ['a', 'b'] },
  ...{ train: 60, test: 10, source: 'mine' },
};
const NPZ = { set: 'npz', folder: '/mine', kind: 'Folder of NumPy files' };
const PICTURES = { set: 'pictures', folder: '/mine', kind: 'Pictures in class folders' };
const entry = (id: string, title: string) => ({
  ...{ id, title, ready: true, remedy: '', fetchable: false, folder: true, resizes: id === 'pictures' },
});
const answers: Record<string, (input: never) => unknown> = {};
const main = fakeMain(answers);
Object.assign(window, { bridge: main.bridge });
// The window's stores take the bridge when they are loaded.
const { DataSection } = await import('./DataSection');
const { useEditor } = await import('../app/store');

beforeEach(() => {
  main.calls.length = 0;
  answers['data.list'] = () => [entry('npz', 'NumPy'), entry('pictures', 'Pictures')];
  answers['data.info'] = ({ set }: { set: string }) => ({ ...INFO, id: set });
  answers['data.preview'] = () => ({
    ...{ shape: [28, 28, 1], pictures: new Uint8Array(0), labels: [], classNames: ['a', 'b'] },
  });
  answers['data.folder'] = () => '/mine';
});
afterEach(cleanup);
const data = () => useEditor.getState().history.present.training.data;
const choose = async (value: string) => {
  render(<DataSection />);
  await screen.findByRole('option', { name: 'Pictures' });
  fireEvent.change(screen.getByLabelText('Data set'), { target: { value } });
};

it('says what a folder was taken for', async () => {
  answers['data.recognise'] = () => [NPZ];
  await choose('A folder, whatever is in it…');
  expect(await screen.findByText('Read as: Folder of NumPy files')).toBeTruthy();
  expect(data()).toMatchObject({ set: 'npz', folder: '/mine' });
  expect(main.calls.find((c) => c.channel === 'data.recognise')?.input).toBe('/mine');
});

it('lets choose where a folder may be several things', async () => {
  answers['data.recognise'] = () => [NPZ, PICTURES];
  await choose('A folder, whatever is in it…');
  const select = (await screen.findByLabelText('What the folder is read as')) as HTMLSelectElement;
  expect(select.value).toBe(NPZ.kind);
  fireEvent.change(select, { target: { value: PICTURES.kind } });
  await waitFor(() => expect(data()).toMatchObject({ set: 'pictures', folder: '/mine' }));
});

it('takes what was asked for where the folder may be that', async () => {
  answers['data.recognise'] = () => [NPZ, PICTURES];
  await choose('Pictures');
  await waitFor(() => expect(data()).toMatchObject({ set: 'pictures', folder: '/mine' }));
});

it('changes nothing when no folder is chosen', async () => {
  answers['data.folder'] = () => null;
  const before = useEditor.getState().history.present;
  await choose('A folder, whatever is in it…');
  await waitFor(() => expect(main.calls.some((c) => c.channel === 'data.folder')).toBe(true));
  expect(useEditor.getState().history.present).toBe(before);
});
