import { expect, it } from 'vitest';
import { openDocument, saveDocument } from '../file';
import { rowOf } from '../testing';
import { pasteNodes } from './nodes';
import { addNote, deleteNote, moveNote, noteNode, writeNote } from './notes';

const start = rowOf([['input'], ['output']]);

it('adds, writes, moves and deletes a note; one that says nothing goes', () => {
  const at = (x: number) => ({ x, y: 0 });
  const one = addNote.run(start, { text: '# Stem', position: at(0) });
  const moved = moveNote.run(writeNote.run(one, { id: 'note-1', text: 'Stem' }), {
    id: 'note-1',
    position: at(20),
  });
  expect(moved.notes).toEqual({ 'note-1': { text: 'Stem', position: at(20) } });
  expect(moveNote.run(moved, { id: 'note-1', position: at(20) })).toBe(moved);
  expect(writeNote.run(moved, { id: 'note-1', text: ' \n' }).notes).toEqual({});
  expect(deleteNote.run(moved, { id: 'note-1' }).notes).toEqual({});
  expect(deleteNote.run(moved, { id: 'note-2' })).toBe(moved);
});

it('keeps the note of a node in the file and in a copy, and takes an empty one away', () => {
  const noted = noteNode.run(start, { id: 'n0', note: 'See **section 3**' });
  expect(openDocument(saveDocument(noted)).nodes['n0']!.note).toBe('See **section 3**');
  const { n0 } = noted.nodes;
  const twice = pasteNodes.run(noted, { nodes: { n0: n0! }, edges: [], offset: { x: 9, y: 9 } });
  expect(twice.nodes['input-1']!.note).toBe('See **section 3**');
  expect(noteNode.run(noted, { id: 'n0', note: '' }).nodes['n0']).toEqual(start.nodes['n0']);
  expect(noteNode.run(noted, { id: 'n0', note: 'See **section 3**' })).toBe(noted);
});

it('cuts a text at what the file takes', () => {
  const long = addNote.run(start, { text: 'x'.repeat(30_000), position: { x: 0, y: 0 } });
  expect(openDocument(saveDocument(long)).notes['note-1']!.text).toHaveLength(20_000);
});
