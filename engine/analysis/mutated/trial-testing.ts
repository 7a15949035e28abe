import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type Fault, UserError } from '../../errors';
import type { GraphDocument } from '../../graph/document';
import { openDocument, saveDocument } from '../../graph/file';
import { analyse, report } from '../analyse';
import type { Problem } from '../problem';
import { applicable, changedAt } from '../transforms/apply';
import { mutated } from './mutate-testing';

const folder = new URL('../../../assets/templates/', import.meta.url);
const templates = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** From opening to saving, in milliseconds of this process's own time: others on the machine do not count. */
export const SECOND = 1000;

/** How many of the documents with these seeds were refused. Throws at the first that is not treated as it should be. */
export function tryMutated(
  from: number,
  to: number,
  limit: number,
): { readonly opened: number; readonly refused: number } {
  const seen = { opened: 0, refused: 0 };
  for (let seed = from; seed < to; seed++) {
    const text = mutated(templates[seed % templates.length]!, seed);
    try {
      seen[tryOne(text, seed, limit)]++;
    } catch (error) {
      throw new Error(`document ${seed}: ${error instanceof Error ? error.stack : String(error)}`, {
        cause: error,
      });
    }
  }
  return seen;
}

function tryOne(text: string, seed: number, limit: number): 'opened' | 'refused' {
  let { doc, spent } = timed(text);
  // once more where the rubbish of earlier ones was cleared away in between
  if (spent > limit) ({ doc, spent } = timed(text));
  expect(spent, 'milliseconds').toBeLessThan(limit);
  if (doc) change(doc, seed);
  return doc ? 'opened' : 'refused';
}

/** Opens, analyses, saves and opens again. */
function timed(text: string) {
  const start = process.cpuUsage();
  const doc = openedOr(text);
  if (doc) {
    const analysis = analyse(doc);
    for (const problem of analysis.problems) requireProblem(problem, doc);
    report(doc, analysis);
    const saved = saveDocument(doc);
    expect(saveDocument(openDocument(saved))).toBe(saved);
  }
  return { doc, spent: process.cpuUsage(start).user / 1000 };
}

/** The document, or undefined where it was refused as it should be. */
function openedOr(text: string): GraphDocument | undefined {
  try {
    return openDocument(text, 'net.convloom.json');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    requireWords(error);
    // the place of the fault within the file, RFC 6901; nothing for the file as a whole
    expect(error.place.pointer ?? '').toMatch(/^(\/([^~/]|~[01])*)*$/su);
    expect(error.place.file).toBe('net.convloom.json');
    if (error.code === 'file/damaged') expect(error.what).toContain(error.place.pointer);
    return undefined;
  }
}

function requireProblem(problem: Problem, doc: GraphDocument): void {
  requireWords(problem);
  const { node, edge } = problem.place;
  if (node !== undefined) expect(Object.hasOwn(doc.nodes, node.split('/')[0]!), node).toBe(true);
  if (edge !== undefined) expect(Object.hasOwn(doc.edges, edge), edge).toBe(true);
}

/** One of the changes of many nodes, where there is any for such a net. */
function change(doc: GraphDocument, seed: number): void {
  const found = applicable(doc);
  if (found.length === 0) return;
  try {
    analyse(changedAt(doc, found[seed % found.length]!.places));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    requireWords(error);
  }
}

function requireWords({ code, what, why, remedy }: Pick<Fault, 'code' | 'what' | 'why' | 'remedy'>): void {
  expect(code).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
  for (const words of [what, why, remedy]) expect(words).toMatch(/^\S.*[.!?]$/su);
}
