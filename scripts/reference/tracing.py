"""What a PyTorch module computes: layers with weights in order of execution, parameters, MACs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
TRANSPOSED = (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d, nn.LayerNorm, nn.GroupNorm)
RUNNING = ('running_mean', 'running_var')


@dataclass
class Layer:
    name: str
    type: str  # 'conv', 'norm', 'dense' or 'scale'
    shape: list[int]  # channels last, without the batch axis
    trainable: int
    macs: int = 0


@dataclass
class Trace:
    layers: list[Layer]
    trainable: int
    non_trainable: int  # running means and variances

    @property
    def macs(self) -> int:
        return sum(layer.macs for layer in self.layers)


@dataclass
class Net:
    implementation: str
    input: list[int]  # channels last, without the batch axis
    trace: Callable[[], Trace]


def channels_last(shape: torch.Size) -> list[int]:
    return [*shape[2:], shape[1]]


def own_parameters(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters(recurse=False))


def macs_of(module: nn.Module, inputs: torch.Tensor, output: torch.Tensor) -> int:
    """Multiply-adds for one picture: every weight once a position. Padding counts, as everywhere."""
    if isinstance(module, CONVOLUTIONS):
        positions = output[0, 0].numel()
    elif isinstance(module, TRANSPOSED):
        positions = inputs[0, 0].numel()
    else:
        positions = output[0].numel() // module.out_features
    return module.weight.numel() * positions


def describe(name: str, module: nn.Module, inputs: torch.Tensor, output: torch.Tensor) -> Layer | None:
    """The layer that `module` was in this call; None if it has no weights of its own."""
    trainable = own_parameters(module)
    if isinstance(module, CONVOLUTIONS + TRANSPOSED):
        macs = macs_of(module, inputs, output)
        shape = channels_last(output.shape)
        # A 1x1 convolution of a 1x1 map (squeeze and excite, some heads) is a dense layer.
        if inputs[0, 0].numel() == 1 and set(module.kernel_size) == {1}:
            return Layer(name, 'dense', shape[-1:], trainable, macs)
        return Layer(name, 'conv', shape, trainable, macs)
    if isinstance(module, nn.Linear):
        macs = macs_of(module, inputs, output)
        shape = list(output.shape[1:])
        # A dense layer at each position of a map that lies channels last (ConvNeXt) is a 1x1 convolution.
        return Layer(name, 'dense' if len(shape) == 1 else 'conv', shape, trainable, macs)
    if isinstance(module, NORMS):
        # torchvision's LayerNorm2d takes channels first and hands on channels first.
        last = isinstance(module, nn.LayerNorm) and type(module).__name__ != 'LayerNorm2d'
        return Layer(name, 'norm', list(output.shape[1:]) if last else channels_last(output.shape), trainable)
    if 'layer_scale' in module._parameters:  # ConvNeXt's CNBlock: after its last layer, before the addition
        return Layer(f'{name}.layer_scale', 'scale', channels_last(output.shape), trainable)
    if trainable:
        raise TypeError(f'{name}: {type(module).__name__} has weights of an unknown kind')
    return None


def trace(build: Callable[[], nn.Module], input_shape: list[int], train: bool) -> Trace:
    """Builds the net on the meta device and runs it once: nothing is drawn, loaded or computed."""
    layers: list[Layer] = []

    def hook(name: str):
        def record(module, args, output):
            layer = describe(name, module, args[0], output)
            if layer:
                layers.append(layer)

        return record

    with torch.device('meta'):
        model = build().train(train)
    for name, module in model.named_modules():
        if not list(module.children()) or own_parameters(module):
            module.register_forward_hook(hook(name))
    with torch.no_grad():
        model(torch.empty(2, input_shape[-1], *input_shape[:-1], device='meta'))
    trainable = sum(p.numel() for p in model.parameters())
    if sum(layer.trainable for layer in layers) != trainable:
        raise AssertionError('a layer ran twice, or never')
    non_trainable = sum(b.numel() for n, b in model.named_buffers() if n.endswith(RUNNING))
    return Trace(layers, trainable, non_trainable)


def torch_net(
    implementation: str, input_shape: list[int], build: Callable[[], nn.Module], train: bool = False
) -> Net:
    """`train` runs the net in training mode, which is when torchvision executes auxiliary heads."""
    return Net(implementation, input_shape, lambda: trace(build, input_shape, train))
