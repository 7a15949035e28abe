import type { FileMetaData, SchemaTree } from 'hyparquet';
import { parquetSchema } from 'hyparquet';

/** Where a column stands, and how many of the fields on the way may be missing. */
export interface Field {
  readonly path: readonly string[];
  readonly optional: number;
}
/** Which columns of a table are the picture and its class. */
export interface Columns {
  /** `image.bytes` of a record, as the library datasets writes it, or plain bytes. */
  readonly picture: Field;
  readonly label: Field;
}

const PICTURE = /^(images?|img|picture|photo|pixel_values|jpg|png|webp|file)$/i;
/** CIFAR-100 has a coarse label beside the fine one. */
const LABELS = [
  /^fine_label$/i,
  /^labels?$/i,
  /^(class(_?(id|name|label))?|category|target|y|species|breed)$/i,
  /label|class/i,
];

/** Undefined where there is no picture or no label. */
export function columnsOf(metadata: FileMetaData): Columns | undefined {
  const children = parquetSchema(metadata).children.filter(isSingle);
  const bytesOf = (c: SchemaTree) =>
    c.children.find((f) => f.element.name === 'bytes' && isBytes(f) && isSingle(f));
  const struct = children.find(bytesOf);
  const picture = struct ?? children.find((c) => isBytes(c) && PICTURE.test(c.element.name));
  const others = children.filter((c) => c !== picture && c.children.length === 0);
  const label = LABELS.map((l) => others.find((c) => l.test(c.element.name))).find((c) => c !== undefined);
  if (!picture || !label) return undefined;
  return { picture: fieldOf(struct ? [struct, bytesOf(struct)!] : [picture]), label: fieldOf([label]) };
}

const isBytes = (c: SchemaTree): boolean => c.element.type === 'BYTE_ARRAY';
const isSingle = (c: SchemaTree): boolean => c.element.repetition_type !== 'REPEATED';
const fieldOf = (way: readonly SchemaTree[]): Field => ({
  path: way.map((c) => c.element.name),
  optional: way.filter((c) => c.element.repetition_type === 'OPTIONAL').length,
});

/** The names of the classes that the library datasets keeps in the file. */
export function classNamesIn(metadata: FileMetaData, label: string): readonly string[] {
  const text = metadata.key_value_metadata?.find((kv) => kv.key === 'huggingface')?.value;
  if (!text) return [];
  try {
    const names = JSON.parse(text)?.info?.features?.[label]?.names;
    return Array.isArray(names) && names.every((n) => typeof n === 'string') ? names : [];
  } catch {
    return []; // what is no JSON names no classes
  }
}
