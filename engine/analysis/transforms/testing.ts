import { readFileSync } from 'node:fs';
import type { GraphDocument } from '../../graph/document';
import { openDocument } from '../../graph/file';
import { analyse } from '../analyse';
import { findPlaces, transformNet } from './apply';
import { findTransform } from './table';
import type { Values } from './transform';

/** For tests: a template by its id. */
export const template = (id: string): GraphDocument =>
  openDocument(readFileSync(new URL(`../../../assets/templates/${id}.json`, import.meta.url), 'utf8'));

/** For tests: the net after a transformation of all its places. */
export const changed = (doc: GraphDocument, transform: string, values: Values = {}): GraphDocument =>
  transformNet.run(doc, { transform, values });

export const placesOf = (
  doc: GraphDocument,
  transform: string,
  scope: readonly string[] = [],
  values: Values = {},
) => findPlaces(doc, findTransform(transform)!, { scope, values }).places;

export const paramsOf = (doc: GraphDocument): number => analyse(doc).total.params.trainable;
export const macsOf = (doc: GraphDocument): number => analyse(doc).total.macs;
export const errorsOf = (doc: GraphDocument): readonly string[] =>
  analyse(doc)
    .problems.filter((p) => p.severity === 'error')
    .map((p) => `${p.code} ${p.place.node}`);
