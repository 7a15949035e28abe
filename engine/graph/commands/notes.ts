import type { GraphDocument } from '../document';
import type { Command } from '../history';
import type { Position } from './nodes';
import { freeId, without } from './records';

/** Longest text of a note, as the file takes it. */
const MOST = 20_000;
type Note = GraphDocument['notes'][string];

const withNote = (doc: GraphDocument, id: string, note: Note): GraphDocument => ({
  ...doc,
  notes: { ...doc.notes, [id]: note },
});

export const addNote: Command<{ id?: string; text: string; position: Position }> = {
  id: 'note.add',
  label: 'add a note',
  run: (doc, { id = freeId('note', doc.notes), text, position }) =>
    withNote(doc, id, { text: text.slice(0, MOST), position }),
};

/** A note without text goes. */
export const writeNote: Command<{ id: string; text: string }> = {
  id: 'note.write',
  label: 'change a note',
  run(doc, { id, text }) {
    const note = doc.notes[id];
    if (!note || note.text === text) return doc;
    return text.trim() === ''
      ? deleteNote.run(doc, { id })
      : withNote(doc, id, { ...note, text: text.slice(0, MOST) });
  },
};

export const moveNote: Command<{ id: string; position: Position }> = {
  id: 'note.move',
  label: 'move a note',
  run(doc, { id, position }) {
    const note = doc.notes[id];
    if (!note || (note.position.x === position.x && note.position.y === position.y)) return doc;
    return withNote(doc, id, { ...note, position });
  },
};

export const deleteNote: Command<{ id: string }> = {
  id: 'note.delete',
  label: 'delete a note',
  run: (doc, { id }) =>
    doc.notes[id] ? { ...doc, notes: without(doc.notes, (_, other) => other === id) } : doc,
};

/** What is written down about a node; an empty text takes it away. */
export const noteNode: Command<{ id: string; note: string }> = {
  id: 'node.note',
  label: 'change the note',
  run(doc, { id, note }) {
    const node = doc.nodes[id];
    if (!node || (node.note ?? '') === note) return doc;
    const { note: _, ...rest } = node;
    const next = note.trim() === '' ? rest : { ...rest, note: note.slice(0, MOST) };
    return { ...doc, nodes: { ...doc.nodes, [id]: next } };
  },
};
