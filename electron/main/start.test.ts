import { expect, it, vi } from 'vitest';
import { UserError } from '../../engine/errors';
import { emptyDocument } from '../../engine/graph/document';
import { fileArgument, reopenTabs, startFile } from './start';
import type { Templates } from './templates';

const templates: Templates = {
  ...{ list: async () => [], open: async () => emptyDocument('example'), followers: async () => ({}) },
};

it('finds the graph file among the arguments', () => {
  expect(fileArgument(['electron', '--no-sandbox', '/app', 'net.convloom.json'], '/home/me')).toBe(
    '/home/me/net.convloom.json',
  );
  expect(fileArgument(['convloom', '/a/b.json', '/c.json'], '/')).toBe('/a/b.json');
  expect(fileArgument(['electron', '/app', '--x=y.json'], '/')).toBeUndefined();
});

it('shows the example and says why, where the file cannot be opened', async () => {
  const read = async () => {
    throw new UserError('file/too-new', 'It is too new.', 'Version 9.', 'Update.');
  };
  const tell = vi.fn();
  const file = await startFile('/net.json', { read }, templates, tell);
  expect(file).toMatchObject({ path: null, doc: { name: 'example on MNIST' } });
  expect(tell).toHaveBeenCalledWith(expect.objectContaining({ code: 'file/too-new' }));
});

it('opens the tabs of the last time again, and tells of those that cannot be', async () => {
  const readAgain = async (path: string) => {
    if (path === '/gone.json') throw new UserError('file/missing', 'It could not be read.', 'Gone.', 'Look.');
    return { path, doc: emptyDocument(path), stamp: null };
  };
  const tell = vi.fn();
  const tabs = await reopenTabs(['/a.json', '/gone.json', '/b.json'], { readAgain }, tell);
  expect(tabs.map((t) => t.path)).toEqual(['/a.json', '/b.json']);
  expect(tell).toHaveBeenCalledOnce();
});
