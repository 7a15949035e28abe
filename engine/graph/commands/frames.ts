import type { FrameColour, GraphDocument } from '../document';
import type { Command } from '../history';
import { freeId, without } from './records';

type Frames = GraphDocument['groups'];

/** The frame that a node stands in; it stands in one at most. */
export const frameOf = (groups: Frames, node: string): string | undefined =>
  Object.keys(groups).find((id) => groups[id]!.nodes.includes(node));

/**
 * Puts nodes into a frame. Where some of them stand in one frame and others in none, that frame takes the others in;
 * else they get a new one, and leave those they stood in.
 *
 * @param id of the new frame, where there is one
 */
export const frameNodes: Command<{ ids: readonly string[]; title?: string; id?: string }> = {
  id: 'frame.add',
  label: 'frame',
  run(doc, { ids, title = 'Frame', id = freeId('frame', doc.groups) }) {
    const chosen = ids.filter((n) => doc.nodes[n]);
    if (chosen.length === 0) return doc;
    const homes = new Set(chosen.map((n) => frameOf(doc.groups, n)));
    const home = [...homes].find((h) => h !== undefined);
    if (home !== undefined && homes.size === 2 && homes.has(undefined)) {
      const old = doc.groups[home]!;
      const nodes = [...new Set([...old.nodes, ...chosen])];
      return { ...doc, groups: { ...doc.groups, [home]: { ...old, nodes } } };
    }
    if (homes.size === 1 && home !== undefined && doc.groups[home]!.nodes.length === chosen.length)
      return doc;
    return { ...doc, groups: { ...leaving(doc.groups, chosen), [id]: { title, nodes: chosen } } };
  },
};

/** Takes nodes out of their frames; a frame that is left empty goes. */
export const unframeNodes: Command<{ ids: readonly string[] }> = {
  id: 'frame.leave',
  label: 'take out of the frame',
  run(doc, { ids }) {
    const groups = leaving(doc.groups, ids);
    return groups === doc.groups ? doc : { ...doc, groups };
  },
};

/** Takes the frame away and leaves its nodes. */
export const deleteFrame: Command<{ id: string }> = {
  id: 'frame.delete',
  label: 'remove the frame',
  run: (doc, { id }) =>
    doc.groups[id] ? { ...doc, groups: without(doc.groups, (_, other) => other === id) } : doc,
};

export const renameFrame: Command<{ id: string; title: string }> = {
  id: 'frame.rename',
  label: 'rename the frame',
  run(doc, { id, title }) {
    const frame = doc.groups[id];
    if (!frame || frame.title === title) return doc;
    return { ...doc, groups: { ...doc.groups, [id]: { ...frame, title: title.slice(0, 200) } } };
  },
};

export const colourFrame: Command<{ id: string; colour: FrameColour }> = {
  id: 'frame.colour',
  label: 'colour the frame',
  run(doc, { id, colour }) {
    const frame = doc.groups[id];
    if (!frame || (frame.colour ?? 'grey') === colour) return doc;
    return { ...doc, groups: { ...doc.groups, [id]: { ...frame, colour } } };
  },
};

function leaving(groups: Frames, ids: readonly string[]): Frames {
  const gone = new Set(ids);
  const touched = Object.entries(groups).filter(([, g]) => g.nodes.some((n) => gone.has(n)));
  if (touched.length === 0) return groups;
  const next = { ...groups };
  for (const [id, g] of touched) {
    const nodes = g.nodes.filter((n) => !gone.has(n));
    if (nodes.length > 0) next[id] = { ...g, nodes };
    else delete next[id];
  }
  return next;
}

/** `doc` with no frame that names a node which is gone: a later node may get the same id. */
export function tidyFrames(doc: GraphDocument): GraphDocument {
  const named = Object.values(doc.groups).flatMap((g) => g.nodes);
  const gone = named.filter((n) => !Object.hasOwn(doc.nodes, n));
  return gone.length === 0 ? doc : { ...doc, groups: leaving(doc.groups, gone) };
}
