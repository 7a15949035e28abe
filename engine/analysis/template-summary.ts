import { z } from 'zod';
import type { GraphDocument } from '../graph/document';
import { analyse } from './analyse';

/** What a list of the app's nets says of one, without opening it: a row of assets/templates.json. */
export const TemplateSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Where it stands in lists. */
  family: z.string(),
  source: z.string(),
  note: z.string(),
  /** One picture, clip or sequence, channels last. */
  input: z.array(z.number().int()),
  classes: z.number().int(),
  /** Trainable parameters; those that batch norm only tracks; multiply-accumulates of one picture. */
  params: z.number().int(),
  nonTrainable: z.number().int(),
  macs: z.number().int(),
  /** Error in % that its source prints, on the data set it is made for. */
  error: z.strictObject({ name: z.string(), value: z.number() }).nullable(),
});
export type TemplateSummary = z.infer<typeof TemplateSummary>;

export function summarise(id: string, family: string, doc: GraphDocument): TemplateSummary {
  const { elaboration, total } = analyse(doc);
  const classes = elaboration.output?.params?.['classes'];
  const error = doc.reference?.figures.find((f) => f.name === 'top-1 error %' || f.name === 'test error %');
  return {
    id,
    name: doc.name,
    family,
    source: doc.reference?.source ?? '',
    note: doc.reference?.note ?? '',
    input: [...(elaboration.input?.output?.shape ?? [])],
    classes: typeof classes === 'number' ? classes : 0,
    params: total.params.trainable,
    nonTrainable: total.params.nonTrainable,
    macs: total.macs,
    error: error ? { name: error.name, value: error.value } : null,
  };
}
