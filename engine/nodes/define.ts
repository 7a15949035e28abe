import type { z } from 'zod';
import type { Value } from '../ir/ir';
import type { Shape } from '../ir/shape';
import type { Subgraph } from './subgraph';

/** Decides colour and glyph on the canvas, and the group in the palette. */
export type Category =
  | 'io'
  | 'conv'
  | 'norm'
  | 'activation'
  | 'pool'
  | 'merge'
  | 'dense'
  | 'block'
  | 'regularisation';

/** Fixed ports by name, or any number of wires on ports x1, x2, … in that order. */
export type Inputs = readonly string[] | { readonly atLeast: number };

/** How the kind is typed in one line, `conv 64 3x3 s2`, where its parameters alone do not say it: see shorthand.ts. */
export interface Shorthand {
  /** Names besides title and type: `fc`. */
  readonly names?: readonly string[];
  /**
   * What bare numbers set, in order: one list for each count of numbers. Left out, the first numbers among the
   * parameters, as they are declared.
   */
  readonly numbers?: readonly (readonly string[])[];
  /** A choice whose values are names of the kind, too: `gelu`. */
  readonly namedBy?: string;
}

interface Common<P extends z.ZodObject> {
  readonly type: string;
  /** Raised when the meaning of `params` changes. */
  readonly version: number;
  readonly title: string;
  readonly category: Category;
  /** The paper or manual that this kind follows, with the section and year. */
  readonly source: string;
  /** Two sentences for the inspector: what it does, and what to know. */
  readonly help: string;
  /** As mathematics writes it, for its page: `y = F(x) + x`. */
  readonly formula?: string;
  /** What its page shows at work: parameters, and the shapes that come in; 28×28×32 where none is given. */
  readonly example?: { readonly params?: z.input<P>; readonly shapes?: readonly Shape[] };
  /** Checked on load and on every edit; the inspector builds its form from it (see fields.ts). */
  readonly params: P;
  readonly inputs: Inputs;
  readonly shorthand?: Shorthand;
  /**
   * The ends of a net: where pictures come in, and where class scores leave. An `auxiliary` one is a second
   * classifier: its parameter `weight` is its share in the loss, and it is left out after training.
   */
  readonly role?: 'input' | 'output' | 'auxiliary';
  /** Ports that depend on the parameters; they take the place of `inputs`. */
  ports?(params: z.output<P>): Inputs;
  /** Name on the canvas with the telling parameters, e.g. `Conv 3×3`. Left out: the title. */
  name?(params: z.output<P>): string;
  /** The other parameters in words, e.g. `32 · stride 2`. */
  detail(params: z.output<P>): string;
  /** Parameters that give `count` channels or units; for layers whose output size is free to choose. */
  resize?(params: z.output<P>, count: number): z.input<P>;
  /** Parameters that take pictures of `shape`, [height, width, channels]; for the kind with role `input`. */
  accept?(params: z.output<P>, shape: Shape): z.input<P>;
}

/** A layer is a function on values: its shape, its cost and its training all follow from `lower`. */
export interface LayerDef<P extends z.ZodObject = z.ZodObject> extends Common<P> {
  readonly kind: 'layer';
  /**
   * The layer in primitive ops; the result carries the output shape.
   * @throws UserError that names the parameter at fault
   */
  lower(inputs: readonly Value[], params: z.output<P>): Value;
}

/** A composite is a graph of other nodes, made from its parameters and the shapes that come in. */
export interface CompositeDef<P extends z.ZodObject = z.ZodObject> extends Common<P> {
  readonly kind: 'composite';
  /** @throws UserError that names the parameter at fault */
  expand(params: z.output<P>, shapes: readonly Shape[]): Subgraph;
}
/** Looks a kind up by its type: those of the catalogue, and a document's own blocks. */
export type Kinds = (type: string) => NodeDef | undefined;
export type NodeDef<P extends z.ZodObject = z.ZodObject> = LayerDef<P> | CompositeDef<P>;

/** Checks the definition's types; gives it back unchanged. */
export const defineLayer = <P extends z.ZodObject>(def: Omit<LayerDef<P>, 'kind'>): LayerDef<P> => ({
  kind: 'layer',
  ...def,
});
export const defineComposite = <P extends z.ZodObject>(
  def: Omit<CompositeDef<P>, 'kind'>,
): CompositeDef<P> => ({
  kind: 'composite',
  ...def,
});

/** The ports of a node with these parameters; those of its kind while they are at fault. */
export const portsOf = (def: NodeDef, params: Record<string, unknown> | undefined): Inputs =>
  (params && def.ports?.(params)) ?? def.inputs;

/** Names of `count` ports: of those that join any number, x1, x2, … */
export const portNames = (inputs: Inputs, count: number): readonly string[] =>
  'atLeast' in inputs ? Array.from({ length: count }, (_, i) => `x${i + 1}`) : inputs;
