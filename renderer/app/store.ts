import { useDeferredValue } from 'react';
import { create } from 'zustand';
import type { Analysis } from '../../engine/analysis/analyse';
import { checkFit, type DataShape } from '../../engine/analysis/fit';
import { hinting, hintsOf } from '../../engine/analysis/hints/hints';
import type { Problem } from '../../engine/analysis/problem';
import type { Fault, Repair } from '../../engine/errors';
import { moveNodes, type Position } from '../../engine/graph/commands/nodes';
import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import {
  type Command,
  execute,
  type History,
  jump,
  newHistory,
  redo,
  undo,
} from '../../engine/graph/history';
import type { Pieces } from '../../engine/pieces';
import { unlessAlike } from './alike';
import { analysisInPieces, analysisOf } from './analyses';
import { differOnlyInParams, inSlices, oncePainted } from './calm';
import { documentCommands } from './document-commands';
import { fitAsBefore, honestFit } from './fit';

export interface Selection {
  /** Paths: ids of nodes, or below an open composite `block/conv1`, which can be looked at but not moved. */
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}
const NOTHING: Selection = { nodes: [], edges: [] };
const START = emptyDocument('untitled');

/** An open document with all that belongs to it. */
export interface Tab {
  readonly history: History;
  /** File the document came from or was saved to. */
  readonly path: string | null;
  /** Of what that file held when it was read or written. */
  readonly stamp: string | null;
  /** The document as it stands in that file. */
  readonly saved: GraphDocument | null;
  readonly selection: Selection;
  /** The data set that the training section names, once it is known. */
  readonly data: DataShape | null;
  /** Why it is not known. */
  readonly dataFault: Fault | null;
  /** Gives every loaded document a key of its own: autosave files are named by it, and the canvas refits its view. */
  readonly key: string;
}
export interface LoadOptions {
  readonly unsaved?: boolean;
  readonly key?: string;
  readonly stamp?: string | null;
}
interface EditorState extends Tab {
  load(doc: GraphDocument, path: string | null, options?: LoadOptions): void;
  /** Gives nodes that have none a place: part of opening the document, so no step of its own. */
  place(positions: ReadonlyMap<string, Position>): void;
  run<A>(command: Command<A>, args: A, gesture?: string): void;
  repair(repair: Repair): void;
  undo(): void;
  redo(): void;
  /** Goes to a state of the history: see `momentsOf`. */
  jump(at: number): void;
  select(selection: Partial<Selection>): void;
  setData(data: DataShape | null, fault?: Fault | null): void;
}

/** The document in front; those behind it wait in documents/tabs.ts. All that can be derived from the document is derived: see the hooks below. */
export const useEditor = create<EditorState>((set, get) => ({
  history: newHistory(START),
  path: null,
  stamp: null,
  saved: START,
  selection: NOTHING,
  data: null,
  dataFault: null,
  key: 'start',
  load: (doc, path, { unsaved = false, key = crypto.randomUUID(), stamp = null } = {}) =>
    set({ history: newHistory(doc), path, stamp, saved: unsaved ? null : doc, selection: NOTHING, key }),
  place: (positions) =>
    set((s) => {
      const present = moveNodes.run(s.history.present, {
        moves: [...positions].map(([id, position]) => ({ id, position })),
      });
      return { history: { ...s.history, present }, saved: s.saved === s.history.present ? present : s.saved };
    }),
  run: (command, args, gesture) => set((s) => ({ history: execute(s.history, command, args, gesture) })),
  repair: ({ command, args }) => {
    const found = documentCommands.get(command);
    if (found) get().run(found, args);
  },
  undo: () => set((s) => ({ history: undo(s.history) })),
  redo: () => set((s) => ({ history: redo(s.history) })),
  jump: (at) => set((s) => ({ history: jump(s.history, at) })),
  select: (selection) => set({ selection: { ...NOTHING, ...selection } }),
  setData: (data, fault = null) => set({ data, dataFault: fault }),
}));

/** The document as it stands: for what is being edited itself. */
export const useDocumentNow = (): GraphDocument => useEditor((s) => s.history.present);

/** A part of the document as it stands, such as its name: an edit of anything else draws nothing anew. */
export const usePart = <T>(part: (doc: GraphDocument) => T): T => useEditor((s) => part(s.history.present));

/**
 * The document for all that follows from it. After an edit that sets parameters alone it is a moment behind: what is
 * typed shows first, and the next key never waits for the canvas or the analysis.
 */
export const useDocument = (): GraphDocument => useDeferredParams(useShown((s) => s.doc));

const useShown = create<{ readonly doc: GraphDocument }>(() => ({ doc: START }));
useEditor.subscribe(({ history: { present } }) => {
  const { doc } = useShown.getState();
  if (doc === present) return;
  if (differOnlyInParams(doc, present)) showLater();
  else useShown.setState({ doc: present });
});
/** Works out beforehand, in pieces, what is asked of a document once it is shown. */
type Preparation = (doc: GraphDocument) => Pieces<void>;
const preparations: Preparation[] = [
  function* (doc) {
    const analysis = yield* analysisInPieces(doc);
    yield* hinting(doc, analysis);
  },
];
export const prepare = (work: Preparation): void => void preparations.push(work);

let preparing = false;
let prepared: GraphDocument | undefined;
const showLater = oncePainted(() => {
  if (preparing) return;
  preparing = true;
  const { doc: before } = useShown.getState();
  const { present } = useEditor.getState().history;
  inSlices(prepareAll(present, before), () => {
    preparing = false;
    if (!isPast(before)) {
      prepared = present;
      useShown.setState({ doc: present });
    }
    if (useShown.getState().doc !== useEditor.getState().history.present) showLater();
  });
});

/** @param before shown at the start */
function* prepareAll(doc: GraphDocument, before: GraphDocument): Pieces<void> {
  for (const work of preparations)
    for (const _ of work(doc)) {
      yield;
      if (isPast(before)) return;
    }
}

/** Whether another edit was shown at once meanwhile, or the one that is worked out was undone. */
const isPast = (before: GraphDocument): boolean =>
  useShown.getState().doc !== before || useEditor.getState().history.present === before;

/** A part of it, or what follows from it: an edit that changes another draws nothing anew. */
export const usePartLater = <T>(part: (doc: GraphDocument) => T): T => useShown((s) => part(s.doc));

/** What the next picture shows may be worked out in pieces, and left for a later edit. */
function useDeferredParams(now: GraphDocument): GraphDocument {
  const calm = useDeferredValue(now);
  return differOnlyInParams(calm, now) ? calm : now;
}
export const useDirty = (): boolean => useEditor((s) => s.history.present !== s.saved);

export { analysisOf };
export const useAnalysis = (): Analysis => analysisOf(useDocument());

/** The document that has stood for a moment. */
const useRested = create<{ readonly doc: GraphDocument }>(() => ({ doc: START }));
const REST = 1000;
let resting: ReturnType<typeof setTimeout>;
useShown.subscribe(({ doc }) => {
  clearTimeout(resting);
  resting = setTimeout(() => useRested.setState({ doc }), REST);
});

/**
 * Problems of the graph, of the graph with the chosen data, and of the data itself; errors first. Whether a net that does
 * not fit the data can be made to is tried when the editing rests.
 */
export function useProblems(): readonly Problem[] {
  const doc = useDocument();
  const tried = useRested((s) => s.doc === doc);
  const data = useEditor((s) => s.data);
  const fault = useEditor((s) => s.dataFault);
  return problemsOf(doc, data, fault, tried);
}

/** What could be better in the net. While one edits fast they may be a moment behind. */
export function useHints(): readonly Problem[] {
  const doc = useDocument();
  const calm = useDeferredValue(doc);
  return hintsFor(doc === prepared ? doc : calm);
}
/** One list a document, however many ask. */
const hinted = new WeakMap<GraphDocument, readonly Problem[]>();
let lastHints: readonly Problem[] | undefined;
function hintsFor(doc: GraphDocument): readonly Problem[] {
  const known = hinted.get(doc);
  if (known) return known;
  lastHints = unlessAlike(lastHints, hintsOf(doc, analysisOf(doc)));
  hinted.set(doc, lastHints);
  return lastHints;
}

/** What `useProblems` and `useHints` will say of a document. */
export function findingsOf(doc: GraphDocument) {
  const { data, dataFault } = useEditor.getState();
  const tried = useRested.getState().doc === doc;
  return { problems: problemsOf(doc, data, dataFault, tried), hints: hintsFor(doc) };
}

interface Listed {
  readonly data: DataShape | null;
  readonly fault: Fault | null;
  readonly tried: boolean;
  readonly problems: readonly Problem[];
}
/** One list a state, however many components ask: for a moment some still show the document before. */
const listed = new WeakMap<GraphDocument, Listed>();
let last: readonly Problem[] | undefined;

function problemsOf(
  doc: GraphDocument,
  data: DataShape | null,
  fault: Fault | null,
  tried: boolean,
): readonly Problem[] {
  const known = listed.get(doc);
  if (known?.data === data && known.fault === fault && (known.tried || !tried)) return known.problems;
  const { elaboration, problems } = analysisOf(doc);
  const { key } = useEditor.getState();
  const unfit = data ? checkFit(elaboration, data) : [];
  const fit = unfit.map((p) => (tried ? honestFit(p, doc, data!, key) : fitAsBefore(p, key)));
  const unread: Problem[] = fault
    ? [{ ...fault, severity: 'error', place: { setting: 'data', ...fault.place } }]
    : [];
  const all = [...problems, ...fit, ...unread];
  const sorted = (['error', 'warning'] as const).flatMap((s) => all.filter((p) => p.severity === s));
  last = unlessAlike(last, sorted);
  listed.set(doc, { data, fault, tried, problems: last });
  return last;
}
