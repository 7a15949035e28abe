"""PyTorch: a plain training loop on channels_last tensors. Argument: `eager` or `compile` (torch.compile)."""

import sys

import torch
import torch.nn.functional as F
from torch import nn

import protocol


class Subsample(nn.Module):
    def __init__(self, stride, zeros):
        super().__init__()
        self.stride, self.zeros = stride, zeros

    def forward(self, x):
        return F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.zeros))


class Add(nn.Module):
    def forward(self, left, right):
        return left + right


class GlobalAveragePool(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def convolution(node):
    _, _, inputs, filters = node["weights"][0]
    return nn.Conv2d(inputs, filters, node["kernel"], node["stride"], padding=node["kernel"] // 2, bias=False)


LAYERS = {
    "convolution": convolution,
    "batchNorm": lambda node: nn.BatchNorm2d(node["weights"][0][0], eps=1e-5, momentum=0.1),
    "relu": lambda node: nn.ReLU(inplace=True),
    "add": lambda node: Add(),
    "subsample": lambda node: Subsample(node["stride"], node["zeros"]),
    "globalAveragePool": lambda node: GlobalAveragePool(),
    "dense": lambda node: nn.Linear(*node["weights"][0]),
}


class Net(nn.Module):
    def __init__(self, nodes):
        super().__init__()
        self.layers = nn.ModuleList(LAYERS[node["op"]](node) for node in nodes)
        place = {"input": 0} | {node["id"]: at + 1 for at, node in enumerate(nodes)}
        self.inputs = [tuple(place[name] for name in node["from"]) for node in nodes]
        reads = [at for inputs in self.inputs for at in inputs]
        # A value is dropped after its last reader, as the local names of a hand-written forward() are.
        self.last_reader = {at: max(i for i, inputs in enumerate(self.inputs) if at in inputs) for at in reads}

    def forward(self, x):
        values = [x]
        for i, layer in enumerate(self.layers):
            values.append(layer(*(values[at] for at in self.inputs[i])))
            for at in self.inputs[i]:
                if self.last_reader[at] == i:
                    values[at] = None
        return values[-1]


@torch.no_grad()
def set_weights(net, task):
    for layer, node in zip(net.layers, task["net"]["nodes"]):
        for parameter, first in zip(layer.parameters(), task["weights"][node["id"]]):
            order = {4: (3, 2, 0, 1), 2: (1, 0), 1: (0,)}[first.ndim]  # kernels: HWIO to OIHW
            parameter.copy_(torch.from_numpy(first.transpose(order).copy()))


def build(task):
    torch.set_num_threads(task["threads"])
    net = Net(task["net"]["nodes"])
    set_weights(net, task)
    net = net.to(memory_format=torch.channels_last).train()
    parameters = sum(p.numel() for p in net.parameters() if p.requires_grad)
    optimizer = torch.optim.SGD(net.parameters(), lr=task["learningRate"], momentum=task["momentum"])
    run = torch.compile(net) if MODE == "compile" else net
    images = torch.from_numpy(task["images"].transpose(0, 3, 1, 2))  # NHWC in memory: channels_last
    labels, batch = torch.from_numpy(task["labels"]), task["batch"]

    def step(i):
        part = slice(i * batch, (i + 1) * batch)
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(run(images[part]), labels[part])
        loss.backward()
        optimizer.step()
        return loss.item()

    return step, parameters


def unused_gpu_libraries():
    """The PyPI wheel for Linux holds PyTorch's GPU build. What its GPU libraries keep resident is told apart."""
    gpu = ("/nvidia/", "torch_cuda", "c10_cuda", "nvshmem")
    return {"gpuLibraryBytes": protocol.resident_of_files(lambda path: any(mark in path for mark in gpu))}


MODE = sys.argv[1]
protocol.serve(build, {"framework": "PyTorch", "version": torch.__version__},
               unused_gpu_libraries)
