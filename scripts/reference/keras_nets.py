"""Nets as Keras defines them; its functional models list their layers in a topological order."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import prod

os.environ['KERAS_BACKEND'] = 'tensorflow'  # Keras refuses NASNetMobile on PyTorch
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')

import keras
from keras import layers

from tracing import Layer, Net, Trace


def count(weights: list) -> int:
    return sum(prod(w.shape) for w in weights)


def describe(layer: layers.Layer) -> list[Layer]:
    """The layers with weights that a Keras layer stands for: a separable convolution is two."""
    shape = list(layer.output.shape[1:])
    positions = prod(shape[:-1])
    if isinstance(layer, layers.SeparableConv2D):
        depthwise, pointwise = (prod(w.shape) for w in layer.trainable_weights)
        between = [*shape[:-1], layer.input.shape[-1] * layer.depth_multiplier]
        return [
            Layer(f'{layer.name}.depthwise', 'conv', between, depthwise, depthwise * positions),
            Layer(f'{layer.name}.pointwise', 'conv', shape, pointwise, pointwise * positions),
        ]
    trainable = count(layer.trainable_weights)
    if isinstance(layer, layers.BatchNormalization):
        return [Layer(layer.name, 'norm', shape, trainable)]
    if isinstance(layer, (layers.Conv2D, layers.Dense)):
        type = 'dense' if isinstance(layer, layers.Dense) else 'conv'
        return [Layer(layer.name, type, shape, trainable, prod(layer.kernel.shape) * positions)]
    if layer.weights:
        raise TypeError(f'{layer.name}: {layer.__class__.__name__} has weights of an unknown kind')
    return []


def trace(build: Callable[[], keras.Model]) -> Trace:
    model = build()
    found = [x for layer in model.layers for x in describe(layer)]
    result = Trace(found, count(model.trainable_weights), count(model.non_trainable_weights))
    if sum(x.trainable for x in found) != result.trainable:
        raise AssertionError('a layer is missing')
    return result


def nasnet_mobile() -> keras.Model:
    return keras.applications.NASNetMobile(weights=None)


def nets() -> dict[str, Net]:
    text = f'keras {keras.__version__}, NASNetMobile'
    return {'nasnet-mobile': Net(text, [224, 224, 3], lambda: trace(nasnet_mobile))}
