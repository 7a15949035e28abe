"""Keras on TensorFlow. Argument: `train_on_batch` (the compiled step that fit() runs) or `function` (own tf.function).

Keras decides by itself whether to compile by XLA; on a CPU it does not. With XLA the step is 1.8 times slower here.
"""

import sys

import keras
import tensorflow as tf
from keras import layers, ops

import protocol


def window(node, make):
    """`make(padding)` with the node's pads. Zeros on both sides, as PyTorch has them: Keras' own "same" puts them
    elsewhere when it strides."""
    kernel, pads = node["kernel"], node["pads"]
    if not any(pads):
        return layer(make("valid"))
    if set(node["stride"]) == {1} and all(2 * p + 1 == k for p, k in zip(pads, kernel)):
        return layer(make("same"))
    made = make("valid")
    pad = {2: layers.ZeroPadding2D, 3: layers.ZeroPadding3D}[len(pads)](tuple(pads))
    return made, lambda x: made(pad(x))


def convolution(node):
    kind = {2: layers.Conv2D, 3: layers.Conv3D}[len(node["kernel"])]
    options = {"groups": node["groups"], "use_bias": node["bias"]}
    return window(node, lambda padding: kind(node["filters"], node["kernel"], node["stride"], padding, **options))


def depthwise(node):
    kernel, stride = node["kernel"], node["stride"]
    return window(node, lambda padding: layers.DepthwiseConv2D(kernel, stride, padding, use_bias=False))


def max_pool(node):
    """Zeros around do not win: in these nets a pool with pads reads a ReLU. A window that hangs over an even side by
    one pixel is what Keras calls "same"."""
    kernel, stride = node["kernel"], node["stride"]
    if node["ceil"]:
        return layer(layers.MaxPooling2D(kernel, stride, "same"))
    return window(node, lambda padding: layers.MaxPooling2D(kernel, stride, padding))


def subsample(node):
    every, zeros = node["stride"], node["zeros"]
    return None, lambda x: ops.pad(x[:, ::every, ::every, :], ((0, 0), (0, 0), (0, 0), (0, zeros)))


def pooled(x):
    kind = {4: layers.GlobalAveragePooling2D, 5: layers.GlobalAveragePooling3D}[len(x.shape)]
    return kind()(x)


def layer(made):
    return made, made


# A pair for each op: the layer that holds the weights, and what is applied.
LAYERS = {
    "convolution": convolution,
    "depthwise": depthwise,
    "batchNorm": lambda node: layer(layers.BatchNormalization(epsilon=1e-5, momentum=0.9)),
    "relu": lambda node: layer(layers.ReLU()),
    "relu6": lambda node: layer(layers.ReLU(6.0)),
    "add": lambda node: (None, lambda left, right: layers.Add()([left, right])),
    "concat": lambda node: (None, lambda *parts: layers.Concatenate()(parts)),
    "subsample": subsample,
    "maxPool": max_pool,
    "averagePool": lambda node: layer(layers.AveragePooling2D(node["kernel"], node["stride"])),
    "globalAveragePool": lambda node: (None, pooled),
    "flatten": lambda node: layer(layers.Flatten()),
    "dense": lambda node: layer(layers.Dense(node["units"])),
}


def model_of(task):
    nodes = task["net"]["nodes"]
    values, holders = {"input": keras.Input(task["net"]["input"])}, []
    for node in nodes:
        holder, apply = LAYERS[node["op"]](node)
        values[node["id"]] = apply(*(values[name] for name in node["from"]))
        holders.append(holder)
    weights = task.pop("weights")
    for node, holder in zip(nodes, holders):
        for variable, first in zip(getattr(holder, "trainable_variables", []), weights[node["id"]]):
            variable.assign(first)
    return keras.Model(values["input"], values[nodes[-1]["id"]])


def train_on_batch(model, optimizer, loss_of):
    model.compile(optimizer, loss_of)
    return model.train_on_batch


def function(model, optimizer, loss_of):
    optimizer.build(model.trainable_variables)

    @tf.function
    def train(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return loss

    return lambda x, y: train(tf.constant(x), tf.constant(y)).numpy()


def build(task):
    tf.config.threading.set_intra_op_parallelism_threads(task["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(task["threads"])
    model = model_of(task)
    parameters = sum(int(ops.size(v)) for v in model.trainable_variables)
    optimizer = keras.optimizers.SGD(task["net"]["learningRate"], momentum=task["momentum"])
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    train = {"train_on_batch": train_on_batch, "function": function}[sys.argv[1]](model, optimizer, loss_of)
    images, labels, batch = task["images"], task["labels"], task["batch"]

    def step(i):
        part = slice(i * batch, (i + 1) * batch)
        # train_on_batch gives the mean since the start unless told otherwise; one call is one step here.
        if sys.argv[1] == "train_on_batch":
            model.reset_metrics()
        return train(images[part], labels[part])

    return step, parameters


protocol.serve(build, {"framework": "Keras", "version": keras.__version__, "TensorFlow": tf.__version__})
