import type { GraphDocument } from '../document';
import type { Command } from '../history';
import { TrainingSettings } from '../training';

export const renameDocument: Command<{ name: string }> = {
  id: 'document.rename',
  label: 'rename',
  run: (doc, { name }) => (name === doc.name || name === '' ? doc : { ...doc, name: name.slice(0, 200) }),
};

/** Replaces the whole graph, e.g. by a template; undo brings the old one back. */
export const replaceDocument: Command<{ doc: GraphDocument }> = {
  id: 'document.replace',
  label: 'open template',
  run: (_, { doc }) => doc,
};

/** Replaces whole fields of the training section; what does not fit its schema changes nothing. */
export const setTraining: Command<{ patch: Partial<TrainingSettings> }> = {
  id: 'training.set',
  label: 'change training',
  run(doc, { patch }) {
    const next = TrainingSettings.safeParse({ ...doc.training, ...patch });
    if (!next.success || JSON.stringify(next.data) === JSON.stringify(doc.training)) return doc;
    return { ...doc, training: next.data };
  },
};

/** Opens a composite on the canvas to show its inside, or folds it. */
export const toggleOpen: Command<{ path: string }> = {
  id: 'layout.toggle',
  label: 'open block',
  run(doc, { path }) {
    const open = doc.layout.open.includes(path)
      ? doc.layout.open.filter((p) => p !== path && !p.startsWith(`${path}/`))
      : [...doc.layout.open, path];
    return { ...doc, layout: { ...doc.layout, open } };
  },
};
