"""ONNX Runtime: the net in use, its weights constant in the model, so that it may fold and lay them out as it likes."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import protocol

EPSILON = 1e-5


def kernel_order(first, op):
    """Kernels are sides, in, out in the file and out, in, sides in ONNX; a depthwise one is sides, channels, 1."""
    order = (2, 3, 0, 1) if op == "depthwise" else (3, 2, 0, 1)
    return np.ascontiguousarray(first.transpose(order))


class Model:
    """Collects the nodes and constants of an ONNX graph."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name, values):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, op, inputs, output, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output


def window(node):
    pads = list(node["pads"])
    return {"kernel_shape": list(node["kernel"]), "strides": list(node["stride"]), "pads": pads + pads}


def convolution(m, node, inputs, weights):
    named = [m.constant(f"{node['id']}/kernel", kernel_order(weights[0], node["op"]))]
    if len(weights) > 1:
        named.append(m.constant(f"{node['id']}/bias", weights[1]))
    groups = weights[0].shape[2] if node["op"] == "depthwise" else node["groups"]
    m.node("Conv", inputs + named, node["id"], group=groups, **window(node))


def batch_norm(m, node, inputs, weights):
    channels = len(weights[0])
    statistics = [np.zeros(channels, np.float32), np.ones(channels, np.float32)]
    named = [m.constant(f"{node['id']}/{i}", w) for i, w in enumerate([*weights, *statistics])]
    m.node("BatchNormalization", inputs + named, node["id"], epsilon=EPSILON)


def subsample(m, node, inputs, _):
    ints = lambda name, values: m.constant(f"{node['id']}/{name}", np.array(values, np.int64))
    sides = [ints("start", [0, 0]), ints("end", [2**31, 2**31]), ints("axes", [2, 3])]
    thin = m.node("Slice", inputs + sides + [ints("step", [node["stride"]] * 2)], f"{node['id']}/thin")
    m.node("Pad", [thin, ints("zeros", [0, 0, 0, 0, 0, node["zeros"], 0, 0])], node["id"])


def flatten(m, node, inputs, _):
    turned = m.node("Transpose", inputs, f"{node['id']}/turned", perm=[0, 2, 3, 1])
    m.node("Flatten", [turned], node["id"], axis=1)


def global_average_pool(m, node, inputs, _):
    m.node("Flatten", [m.node("GlobalAveragePool", inputs, f"{node['id']}/map")], node["id"], axis=1)


def dense(m, node, inputs, weights):
    named = [m.constant(f"{node['id']}/{i}", w) for i, w in enumerate(weights)]
    m.node("Gemm", inputs + named, node["id"])


def relu6(m, node, inputs, _):
    ends = [m.constant(f"{node['id']}/{i}", np.float32(end)) for i, end in enumerate((0, 6))]
    m.node("Clip", inputs + ends, node["id"])


def max_pool(m, node, inputs, _):
    m.node("MaxPool", inputs, node["id"], ceil_mode=int(node["ceil"]), **window(node))


OPS = {
    "convolution": convolution,
    "depthwise": convolution,
    "batchNorm": batch_norm,
    "relu": lambda m, node, inputs, _: m.node("Relu", inputs, node["id"]),
    "relu6": relu6,
    "add": lambda m, node, inputs, _: m.node("Add", inputs, node["id"]),
    "concat": lambda m, node, inputs, _: m.node("Concat", inputs, node["id"], axis=1),
    "subsample": subsample,
    "maxPool": max_pool,
    "averagePool": lambda m, node, inputs, _: m.node("AveragePool", inputs, node["id"], **window(node)),
    "globalAveragePool": global_average_pool,
    "flatten": flatten,
    "dense": dense,
}


def model_of(net, weights):
    m = Model()
    for node in net["nodes"]:
        OPS[node["op"]](m, node, list(node["from"]), weights[node["id"]])
    height, width, channels = net["input"]
    pictures = helper.make_tensor_value_info("input", TensorProto.FLOAT, [net["batch"], channels, height, width])
    scores = helper.make_tensor_value_info(net["nodes"][-1]["id"], TensorProto.FLOAT, [net["batch"], net["classes"]])
    graph = helper.make_graph(m.nodes, "net", [pictures], [scores], m.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)


def mean_loss(scores, labels):
    shifted = scores - scores.max(axis=1, keepdims=True)
    sums = np.log(np.exp(shifted).sum(axis=1))
    return float((sums - shifted[np.arange(len(labels)), labels]).mean())


def build(task):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = task["threads"]
    model = model_of(task["net"], task["weights"])
    parameters = sum(w.size for list_ in task["weights"].values() for w in list_)
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    images = np.ascontiguousarray(task["images"].transpose(0, 3, 1, 2))
    labels, batch = task["labels"], task["batch"]

    def step(i):
        part = slice(i * batch, (i + 1) * batch)
        (scores,) = session.run(None, {"input": images[part]})
        return mean_loss(scores, labels[part])

    return step, parameters


protocol.serve(build, {"framework": "ONNX Runtime", "version": onnxruntime.__version__})
