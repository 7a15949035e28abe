import { z } from 'zod';
import { CURRENT_VERSION } from './migrations';
import { TrainingSettings } from './training';

/** Ids are parts of paths (`block/conv1`) and of weight names in checkpoints: letters, digits, `-` and `_`. */
const Id = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,63}$/, 'must be a letter, then up to 63 letters, digits, - or _');
const Finite = z.number().min(-1e7).max(1e7);

/**
 * Parameters stay unread here: each node's own schema checks them, and an unknown node type survives a round trip.
 */
const NodeRecord = z.strictObject({
  type: z.string().min(1).max(64),
  /** Version of the node kind's parameters. */
  v: z.number().int().min(1).default(1),
  params: z.record(z.string(), z.unknown()),
  /** The user's own name for it; the kind gives one where there is none. */
  label: z.string().max(200).optional(),
  /** Left out of the net, while it stays where it is drawn: what feeds its first wired input goes on behind it. */
  bypassed: z.literal(true).optional(),
  /** Pixels on the canvas. A node without one is laid out when the document is opened. */
  position: z.strictObject({ x: Finite, y: Finite }).optional(),
  /** What the user wrote down about it, in Markdown. */
  note: z.string().max(20_000).optional(),
});
const End = z.strictObject({ node: Id, port: z.string().min(1).max(64) });
const EdgeRecord = z.strictObject({ from: End, to: End });
/** Names, not values: each theme has its own. */
export const FRAME_COLOURS = ['grey', 'blue', 'green', 'amber', 'rose', 'violet'] as const;
/** A frame around nodes on the canvas. It changes nothing about the net. */
const Group = z.strictObject({
  title: z.string().max(200),
  nodes: z.array(Id),
  /** Grey where there is none. */
  colour: z.enum(FRAME_COLOURS).optional(),
});
const Note = z.strictObject({
  text: z.string().max(20_000),
  position: z.strictObject({ x: Finite, y: Finite }),
});
/** What the source of a template printed, so that a test can hold the template to it. */
const Reference = z.strictObject({
  source: z.string(),
  note: z.string().optional(),
  figures: z.array(z.strictObject({ name: z.string(), value: z.number(), from: z.string() })),
});

/** The graph file, current version. Records lie in maps by id, so that an edit copies one record and shares the rest. */
export const GraphDocument = z.strictObject({
  format: z.literal('convloom'),
  version: z.literal(CURRENT_VERSION),
  name: z.string().min(1).max(200),
  nodes: z.record(Id, NodeRecord),
  edges: z.record(Id, EdgeRecord),
  /** The user's own blocks. Like parameters they stay unread here: the catalogue checks them (nodes/user-block.ts). */
  blocks: z.record(Id, z.record(z.string(), z.unknown())).default({}),
  groups: z.record(Id, Group).default({}),
  notes: z.record(Id, Note).default({}),
  training: TrainingSettings.prefault({}),
  layout: z
    .strictObject({
      /** Paths of composites that stand open on the canvas. */
      open: z.array(z.string()).default([]),
    })
    .prefault({}),
  reference: Reference.optional(),
});
/** The order of a record's fields in a saved file; an edit may have put them in another. */
export const recordFields: Readonly<Record<string, readonly string[]>> = {
  nodes: Object.keys(NodeRecord.shape),
  groups: Object.keys(Group.shape),
  notes: Object.keys(Note.shape),
};
export type GraphDocument = z.infer<typeof GraphDocument>;
export type NodeRecord = z.infer<typeof NodeRecord>;
export type EdgeRecord = z.infer<typeof EdgeRecord>;
export type FrameColour = (typeof FRAME_COLOURS)[number];
export type End = z.infer<typeof End>;

export const emptyDocument = (name: string): GraphDocument =>
  GraphDocument.parse({ format: 'convloom', version: CURRENT_VERSION, name, nodes: {}, edges: {} });
