import { z } from 'zod';
import { GraphDocument } from '../engine/graph/document';
import { call } from './define';

/** Of what a file held when it was read or written: SHA-256, in hexadecimal. */
export const Stamp = z.string().regex(/^[0-9a-f]{64}$/);

/** A graph, with the file that it came from and what that held. */
export const OpenedFile = z.strictObject({
  path: z.string().nullable(),
  doc: GraphDocument,
  stamp: Stamp.nullable().default(null),
});
export type OpenedFile = z.infer<typeof OpenedFile>;

/** `changed` and `gone`: nothing was written, since the file is no longer what the window knows. */
export const SaveResult = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('saved'), path: z.string(), stamp: Stamp }),
  z.strictObject({ state: z.literal('cancelled') }),
  z.strictObject({ state: z.enum(['changed', 'gone']), path: z.string() }),
]);
export type SaveResult = z.infer<typeof SaveResult>;

/** How the file of an open graph stands on the disk. */
export const DiskState = z.strictObject({
  path: z.string(),
  state: z.enum(['same', 'changed', 'gone']),
  /** What it holds now; null where it cannot be read as text. */
  stamp: Stamp.nullable(),
  /** Where a file that is gone seems to be now: one of the same content beside it. */
  moved: z.string().nullable(),
  /** Whether another Convloom on this machine has it open. */
  shared: z.boolean(),
});
export type DiskState = z.infer<typeof DiskState>;

/** A named state of a graph, kept beside its file. */
export const Version = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/),
  name: z.string().min(1).max(200),
  /** ISO date and time. */
  saved: z.string(),
});
export type Version = z.infer<typeof Version>;
const Versions = z.array(Version);
const OneVersion = z.strictObject({ path: z.string(), id: Version.shape.id });

/** The messages about graph files. */
export const documentCalls = {
  /** The files of the tabs, for the next start. */
  'app.tabs': call(
    z.strictObject({ paths: z.array(z.string()).max(200), active: z.string().nullable() }),
    z.void(),
  ),
  /** With a path from `recent`, or null to ask for one; null comes back when the user cancels. */
  'document.open': call(z.string().nullable(), OpenedFile.nullable()),
  /** Text of a file dropped on the window. */
  'document.parse': call(z.strictObject({ name: z.string(), text: z.string() }), GraphDocument),
  /**
   * Writes to `path`, or asks for one. With a stamp only where the file still holds what that says; null where the
   * window knows of no earlier content and what is there may be overwritten.
   */
  'document.save': call(
    z.strictObject({
      path: z.string().nullable(),
      doc: GraphDocument,
      stamp: Stamp.nullable().default(null),
    }),
    SaveResult,
  ),
  /** A copy as JSON elsewhere; the open document keeps its own file. */
  'document.export': call(z.strictObject({ doc: GraphDocument }), z.string().nullable()),
  /** Looks at the files of open graphs, and tells other windows that they are open here. */
  'document.look': call(
    z.array(z.strictObject({ path: z.string(), stamp: Stamp.nullable() })).max(200),
    z.array(DiskState),
  ),
  /** Goes on with a file under its new name, versions and all. */
  'document.follow': call(z.strictObject({ from: z.string(), to: z.string() }), OpenedFile),

  /** The newest first. */
  'versions.list': call(z.string(), Versions),
  'versions.open': call(OneVersion, GraphDocument),
  'versions.add': call(
    z.strictObject({ path: z.string(), name: Version.shape.name, doc: GraphDocument }),
    Versions,
  ),
  'versions.delete': call(OneVersion, Versions),
};
