import { useMemo } from 'react';
import { analysisOf, useDocument, useHints, useProblems } from '../app/store';
import type { Flow, FlowNode } from '../canvas/flow-types';
import { factsOf, subjectsOf } from './facts';
import { useFind } from './find-store';
import { findNodes, parseQuery } from './query';

const NONE: readonly string[] = [];

/** Paths of what the find bar looks for, in the order of execution; none while it is closed. */
export function useHits(): readonly string[] {
  const open = useFind((s) => s.open);
  const text = useFind((s) => s.text);
  const doc = useDocument();
  const problems = useProblems();
  const hints = useHints();
  const facts = useMemo(
    () => (open ? factsOf(analysisOf(doc), doc.edges, [...problems, ...hints]) : []),
    [open, doc, problems, hints],
  );
  const subjects = useMemo(() => subjectsOf(facts), [facts]);
  return useMemo(() => {
    if (!open || text.trim() === '') return NONE;
    return findNodes(
      parseQuery(text, (word) => subjects.has(word)),
      facts,
    );
  }, [open, text, facts, subjects]);
}

/** The drawn node that stands for a hit: itself, or the folded block around it. */
export function drawnFor(path: string, isDrawn: (path: string) => boolean): string | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/'))))
    if (isDrawn(at)) return at;
  return undefined;
}

/** The flow with hits marked; a folded block is marked for what it holds. */
export function useHitFlow(flow: Flow): Flow {
  const hits = useHits();
  const at = useFind((s) => s.at);
  return useMemo(() => {
    if (hits.length === 0) return flow;
    const drawn = new Set(flow.nodes.map((n) => n.id));
    const marked = new Map<string, string>();
    const mark = (path: string, tone: string) => {
      const id = drawnFor(path, (p) => drawn.has(p));
      if (id !== undefined && marked.get(id) !== 'hit') marked.set(id, id === path ? tone : 'hit-within');
    };
    for (const path of hits) mark(path, 'hit');
    const now = at === null ? undefined : drawnFor(at, (p) => drawn.has(p));
    return { ...flow, nodes: flow.nodes.map((n) => withMark(n, marked.get(n.id), n.id === now)) };
  }, [flow, hits, at]);
}

function withMark(node: FlowNode, mark: string | undefined, now: boolean): FlowNode {
  if (mark === undefined) return node;
  const className = [node.className, mark, now && 'hit-now'].filter(Boolean).join(' ');
  return { ...node, className };
}
