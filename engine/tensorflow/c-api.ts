import koffi from 'koffi';
import type { Library } from './locate';

/** Opaque addresses of TensorFlow's objects. */
export type Pointer = unknown;
/** One output of an operation. */
export interface Output {
  readonly oper: Pointer;
  readonly index: number;
}

// once a process: koffi knows a type by its name, and a second attempt to load must not name it again
koffi.struct('TF_Output', { oper: 'void *', index: 'int' });
koffi.alias('TF_Input', 'TF_Output');

const RTLD_NOW = 0x2;
const RTLD_GLOBAL = 0x100;
const RTLD_NODELETE = 0x1000;

/** The library's own symbols must be global before the main file is loaded, and stay until the process is gone. */
function preload(path: string): void {
  if (process.platform === 'win32') return;
  const c = koffi.load(process.platform === 'darwin' ? 'libSystem.dylib' : 'libc.so.6');
  const flags = process.platform === 'darwin' ? 0x2 | 0x8 | 0x80 : RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE;
  const dlopen = c.func('void *dlopen(const char *path, int flags)');
  if (dlopen(path, flags)) return;
  throw new Error(`cannot load ${path}: ${c.func('const char *dlerror()')()}`);
}

function memcpy() {
  const name =
    process.platform === 'win32'
      ? 'msvcrt.dll'
      : process.platform === 'darwin'
        ? 'libSystem.dylib'
        : 'libc.so.6';
  const c = koffi.load(name);
  return {
    toMemory: c.func('void *memcpy(void *to, const void *from, size_t bytes)'),
    fromMemory: c.func('void *memcpy(_Out_ void *to, void *from, size_t bytes)'),
  };
}

function optional<F>(f: (signature: string) => F, signature: string): F | undefined {
  try {
    return f(signature);
  } catch {
    return undefined;
  }
}

/** TensorFlow's C API, the part that Convloom uses. Nothing outside this folder calls it. */
export function loadCApi(library: Library) {
  if (library.framework) preload(library.framework);
  preload(library.main);
  const lib = koffi.load(library.main);
  const f = (signature: string) => lib.func(signature);
  return {
    ...memcpy(),
    version: f('const char *TF_Version()'),
    newStatus: f('void *TF_NewStatus()'),
    deleteStatus: f('void TF_DeleteStatus(void *status)'),
    getCode: f('int TF_GetCode(void *status)'),
    message: f('const char *TF_Message(void *status)'),
    newGraph: f('void *TF_NewGraph()'),
    deleteGraph: f('void TF_DeleteGraph(void *graph)'),
    newOperation: f('void *TF_NewOperation(void *graph, const char *type, const char *name)'),
    addInput: f('void TF_AddInput(void *description, TF_Output input)'),
    addInputList: f('void TF_AddInputList(void *description, TF_Output *inputs, int count)'),
    addControlInput: f('void TF_AddControlInput(void *description, void *operation)'),
    setAttrString: f(
      'void TF_SetAttrString(void *description, const char *name, const char *value, size_t bytes)',
    ),
    setAttrInt: f('void TF_SetAttrInt(void *description, const char *name, int64_t value)'),
    setAttrIntList: f(
      'void TF_SetAttrIntList(void *description, const char *name, const int64_t *values, int count)',
    ),
    setAttrFloat: f('void TF_SetAttrFloat(void *description, const char *name, float value)'),
    setAttrBool: f('void TF_SetAttrBool(void *description, const char *name, uchar value)'),
    setAttrType: f('void TF_SetAttrType(void *description, const char *name, int value)'),
    setAttrShape: f(
      'void TF_SetAttrShape(void *description, const char *name, const int64_t *dims, int count)',
    ),
    setAttrTensor: f(
      'void TF_SetAttrTensor(void *description, const char *name, void *tensor, void *status)',
    ),
    finishOperation: f('void *TF_FinishOperation(void *description, void *status)'),
    allocateTensor: f('void *TF_AllocateTensor(int type, const int64_t *dims, int count, size_t bytes)'),
    tensorData: f('void *TF_TensorData(void *tensor)'),
    tensorByteSize: f('size_t TF_TensorByteSize(void *tensor)'),
    deleteTensor: f('void TF_DeleteTensor(void *tensor)'),
    addGradients: f(
      'void TF_AddGradients(void *graph, TF_Output *y, int ny, TF_Output *x, int nx, TF_Output *dx, void *status, void *dy)',
    ),
    operationDevice: f('const char *TF_OperationDevice(void *operation)'),
    operationType: f('const char *TF_OperationOpType(void *operation)'),
    inputCount: f('int TF_OperationNumInputs(void *operation)'),
    input: f('TF_Output TF_OperationInput(TF_Output input)'),
    outputCount: f('int TF_OperationNumOutputs(void *operation)'),
    consumerCount: f('int TF_OperationOutputNumConsumers(TF_Output output)'),
    consumers: f('int TF_OperationOutputConsumers(TF_Output output, void *consumers, int count)'),
    /** Not in every build of the library: undefined there. */
    updateEdge: optional(
      f,
      'void TF_UpdateEdge(void *graph, TF_Output source, TF_Input target, void *status)',
    ),
    nextOperation: f('void *TF_GraphNextOperation(void *graph, _Inout_ size_t *position)'),
    /** Not in every build of the library: undefined there. */
    setRequestedDevice: optional(
      f,
      'void TF_SetRequestedDevice(void *graph, void *operation, const char *device)',
    ),
    newSessionOptions: f('void *TF_NewSessionOptions()'),
    deleteSessionOptions: f('void TF_DeleteSessionOptions(void *options)'),
    setConfig: f('void TF_SetConfig(void *options, const void *proto, size_t bytes, void *status)'),
    newSession: f('void *TF_NewSession(void *graph, void *options, void *status)'),
    closeSession: f('void TF_CloseSession(void *session, void *status)'),
    deleteSession: f('void TF_DeleteSession(void *session, void *status)'),
    sessionRun: f(
      'void TF_SessionRun(void *session, void *options, TF_Output *inputs, void **inputValues, int ninputs, ' +
        'TF_Output *outputs, void *outputValues, int noutputs, void **targets, int ntargets, void *metadata, void *status)',
    ),
    listDevices: f('void *TF_SessionListDevices(void *session, void *status)'),
    deviceCount: f('int TF_DeviceListCount(void *list)'),
    deviceName: f('const char *TF_DeviceListName(void *list, int index, void *status)'),
    deviceType: f('const char *TF_DeviceListType(void *list, int index, void *status)'),
    deviceMemory: f('int64_t TF_DeviceListMemoryBytes(void *list, int index, void *status)'),
    deleteDeviceList: f('void TF_DeleteDeviceList(void *list)'),
    address: (pointer: Pointer): bigint => koffi.address(pointer),
    /** Memory for `count` addresses, filled by a call; give it back with `free`. */
    addresses: (count: number): Pointer => koffi.alloc('void *', Math.max(1, count)),
    readAddresses: (memory: Pointer, count: number): Pointer[] =>
      count === 0 ? [] : koffi.decode(memory, koffi.array('void *', count)),
    outputs: (count: number): Pointer => koffi.alloc('TF_Output', Math.max(1, count)),
    readOutputs: (memory: Pointer, count: number): Output[] =>
      count === 0 ? [] : koffi.decode(memory, koffi.array('TF_Output', count)),
    free: (memory: Pointer): void => koffi.free(memory),
  };
}
export type CApi = ReturnType<typeof loadCApi>;
