import type { CApi, Output, Pointer } from './c-api';
import { withStatus } from './status';
import { DataType, deleteTensor, makeTensor } from './tensor';

/** An attribute of an operation, tagged by its kind. */
export type Attr =
  | { readonly type: DataType }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly shape: readonly number[] };
export interface Operation {
  readonly pointer: Pointer;
}
export type { Output, Pointer };

type OperationSet = ReadonlySet<bigint>;

/** A TensorFlow graph under construction. Names are made unique; outputs are addressed as values. */
export class TfGraph {
  readonly pointer: Pointer;
  readonly #names = new Map<string, number>();
  /** Stepwise constants (axes, shapes, zeros) recur in every layer: each is made once. */
  readonly #constants = new Map<string, Output>();

  /** Position of the last operation that is known. */
  #last = 0;

  constructor(readonly c: CApi) {
    this.pointer = c.newGraph();
  }

  /** Adds an operation; a list input is an array of outputs. */
  operation(
    type: string,
    name: string,
    inputs: readonly (Output | readonly Output[])[],
    attrs: Readonly<Record<string, Attr>> = {},
    after: readonly Operation[] = [],
  ): Operation {
    const { c } = this;
    const d = c.newOperation(this.pointer, type, this.#unique(name));
    for (const input of inputs) {
      if (Array.isArray(input)) c.addInputList(d, input, input.length);
      else c.addInput(d, input);
    }
    for (const op of after) c.addControlInput(d, op.pointer);
    for (const [key, attr] of Object.entries(attrs)) this.#setAttr(d, key, attr);
    const pointer = withStatus(c, `${type} ${name}`, (status) => c.finishOperation(d, status));
    return { pointer };
  }

  /** The first output of a new operation. */
  add(
    type: string,
    name: string,
    inputs: readonly (Output | readonly Output[])[],
    attrs?: Record<string, Attr>,
  ): Output {
    return output(this.operation(type, name, inputs, attrs), 0);
  }

  placeholder(name: string, type: DataType, dims: readonly number[]): Output {
    return this.add('Placeholder', name, [], { dtype: { type }, shape: { shape: dims } });
  }

  floats(values: readonly number[], dims: readonly number[] = [values.length]): Output {
    return this.#constant(DataType.float32, dims, Float32Array.from(values), values);
  }
  ints(values: readonly number[], dims: readonly number[] = [values.length]): Output {
    return this.#constant(DataType.int32, dims, Int32Array.from(values), values);
  }
  float = (value: number): Output => this.floats([value], []);
  int = (value: number): Output => this.ints([value], []);

  /** A constant of its own, which shares nothing with others of the same numbers. */
  tensor(name: string, data: Float32Array, dims: readonly number[]): Output {
    return this.#const(this.#unique(name), DataType.float32, dims, data);
  }

  /** One operation that is done when all of `operations` are. */
  group(name: string, operations: readonly Operation[]): Operation {
    return this.operation('NoOp', name, [], {}, operations);
  }

  /** dL/dx for each of `xs`, where dL/dy is given for each of `ys`. */
  gradients(ys: readonly Output[], dys: readonly Output[], xs: readonly Output[]): readonly Output[] {
    const { c } = this;
    const memory = c.outputs(xs.length);
    try {
      withStatus(c, 'gradients', (status) =>
        c.addGradients(this.pointer, ys, ys.length, xs, xs.length, dys, status, memory),
      );
      return c.readOutputs(memory, xs.length);
    } finally {
      c.free(memory);
    }
  }

  /**
   * Lets the gradient of each ReLU read the ReLU's result in place of what went in: the sign is the same, and the
   * input need not be kept until the backward pass. A third less memory for conv, norm, ReLU chains.
   */
  spareReluInputs(relus: readonly { readonly input: Output; readonly output: Output }[]): void {
    const { c } = this;
    const { updateEdge } = c;
    if (!updateEdge) return;
    for (const relu of relus) {
      const uses = this.#consumers(relu.input).filter(
        (u) => u.index === 1 && c.operationType(u.oper) === 'ReluGrad',
      );
      for (const use of uses) {
        withStatus(c, 'ReLU gradient', (status) => updateEdge(this.pointer, relu.output, use, status));
      }
    }
  }

  #consumers(of: Output): readonly Output[] {
    const { c } = this;
    const count: number = c.consumerCount(of);
    const memory = c.outputs(count);
    try {
      c.consumers(of, memory, count);
      return c.readOutputs(memory, count);
    } finally {
      c.free(memory);
    }
  }

  /** Whether values can be given to other readers once the graph stands. */
  get canRedirect(): boolean {
    return this.c.updateEdge !== undefined;
  }

  /** Operations as a set: the same one may come under several pointer objects. */
  setOf = (operations: readonly Pointer[]): OperationSet => new Set(operations.map(this.c.address));
  has = (set: OperationSet, operation: Pointer): boolean => set.has(this.c.address(operation));

  /** The place of each operation among `operations`. */
  orderOf = (operations: readonly Pointer[]): ReadonlyMap<bigint, number> =>
    new Map(operations.map((operation, i) => [this.c.address(operation), i]));

  /** Operations among those of `order` that read `of`, in that order. */
  readers(of: Output, order: ReadonlyMap<bigint, number>): readonly Pointer[] {
    const place = (operation: Pointer) => order.get(this.c.address(operation)) ?? -1;
    const all = this.#consumers(of).map((u) => ({ operation: u.oper, at: place(u.oper) }));
    return all
      .filter((u) => u.at >= 0)
      .sort((a, b) => a.at - b.at)
      .map((u) => u.operation);
  }

  inputsOf(operation: Pointer): readonly Output[] {
    const { c } = this;
    return Array.from({ length: c.inputCount(operation) }, (_, index) => c.input({ oper: operation, index }));
  }

  /** Lets those of `readers` that read a result of the operation `from` read the same result of `to`. */
  redirect(from: Pointer, to: Pointer, readers: OperationSet): void {
    const { c } = this;
    for (let index = 0; index < c.outputCount(from); index++) {
      const uses = this.#consumers({ oper: from, index }).filter((u) => this.has(readers, u.oper));
      for (const use of uses)
        withStatus(c, 'redirect', (status) => c.updateEdge!(this.pointer, { oper: to, index }, use, status));
    }
  }

  /**
   * Places all operations that `make` adds on a device, such as `/device:GPU:1`; constants stay free, as others share
   * them. Where the library cannot place, TensorFlow chooses.
   */
  onDevice<T>(device: string, make: () => T): T {
    const place = this.c.setRequestedDevice;
    const { made, added } = this.watch(make);
    for (const operation of added) place?.(this.pointer, operation, device);
    return made;
  }

  /** What `make` gives, and the operations that it adds, in order; without constants, which others share. */
  watch<T>(make: () => T): { readonly made: T; readonly added: readonly Pointer[] } {
    for (const { position } of this.#after(this.#last)) this.#last = position;
    const start = this.#last;
    const made = make();
    const all = [...this.#after(start)].map((o) => o.operation);
    return { made, added: all.filter((o) => this.c.operationType(o) !== 'Const') };
  }

  /** Operations behind a position, each with the position behind itself. */
  *#after(start: number): Generator<{ readonly operation: Pointer; readonly position: number }> {
    const position = [start];
    for (;;) {
      const operation: Pointer = this.c.nextOperation(this.pointer, position);
      // the position after the last one would pass over the next that is added: it is not kept
      if (!operation) return;
      yield { operation, position: position[0]! };
    }
  }

  delete(): void {
    this.c.deleteGraph(this.pointer);
  }

  #constant(
    type: DataType,
    dims: readonly number[],
    data: Float32Array | Int32Array,
    values: readonly number[],
  ): Output {
    const key = `${type} ${dims.join()} ${values.join()}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const made = this.#const(this.#unique('const'), type, dims, data);
    this.#constants.set(key, made);
    return made;
  }

  #const(name: string, type: DataType, dims: readonly number[], data: Float32Array | Int32Array): Output {
    const { c } = this;
    const tensor = makeTensor(c, type, dims, data);
    const d = c.newOperation(this.pointer, 'Const', name);
    c.setAttrType(d, 'dtype', type);
    withStatus(c, 'constant', (status) => c.setAttrTensor(d, 'value', tensor.pointer, status));
    const made = output({ pointer: withStatus(c, 'constant', (status) => c.finishOperation(d, status)) }, 0);
    deleteTensor(c, tensor);
    return made;
  }

  /** Slashes make name scopes in TensorFlow, as they do in our paths. */
  #unique(name: string): string {
    const clean = name.replaceAll(/[^\w./-]/g, '_');
    const n = this.#names.get(clean) ?? 0;
    this.#names.set(clean, n + 1);
    return n === 0 ? clean : `${clean}.${n}`;
  }

  #setAttr(d: Pointer, name: string, attr: Attr): void {
    const { c } = this;
    if ('type' in attr) c.setAttrType(d, name, attr.type);
    else if ('int' in attr) c.setAttrInt(d, name, BigInt(attr.int));
    else if ('ints' in attr)
      c.setAttrIntList(d, name, BigInt64Array.from(attr.ints, BigInt), attr.ints.length);
    else if ('float' in attr) c.setAttrFloat(d, name, attr.float);
    else if ('bool' in attr) c.setAttrBool(d, name, attr.bool ? 1 : 0);
    else if ('string' in attr) c.setAttrString(d, name, attr.string, Buffer.byteLength(attr.string));
    else c.setAttrShape(d, name, BigInt64Array.from(attr.shape, BigInt), attr.shape.length);
  }
}

export const output = (op: Operation, index: number): Output => ({ oper: op.pointer, index });
