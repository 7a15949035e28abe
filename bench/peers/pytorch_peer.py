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


class Concat(nn.Module):
    def forward(self, *parts):
        return torch.cat(parts, 1)


class GlobalAveragePool(nn.Module):
    def forward(self, x):
        return x.mean(tuple(range(2, x.ndim)))


class Flatten(nn.Module):
    """Row by row with the channels of a pixel together, which on channels_last tensors copies nothing."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def convolution(node):
    kind, groups = {2: nn.Conv2d, 3: nn.Conv3d}[len(node["kernel"])], node["groups"]
    inputs = node["weights"][0][-2] * groups
    window = node["kernel"], node["stride"], node["pads"]
    return kind(inputs, node["filters"], *window, groups=groups, bias=node["bias"])


def depthwise(node):
    channels = node["weights"][0][2]
    window = node["kernel"], node["stride"], node["pads"]
    return nn.Conv2d(channels, channels, *window, groups=channels, bias=False)


def batch_norm(node, video):
    kind = nn.BatchNorm3d if video else nn.BatchNorm2d
    return kind(node["weights"][0][0], eps=1e-5, momentum=0.1)


def max_pool(node):
    return nn.MaxPool2d(node["kernel"], node["stride"], node["pads"], ceil_mode=node["ceil"])


LAYERS = {
    "convolution": convolution,
    "depthwise": depthwise,
    "relu": lambda node: nn.ReLU(inplace=True),
    "relu6": lambda node: nn.ReLU6(inplace=True),
    "add": lambda node: Add(),
    "concat": lambda node: Concat(),
    "subsample": lambda node: Subsample(node["stride"], node["zeros"]),
    "maxPool": max_pool,
    "averagePool": lambda node: nn.AvgPool2d(node["kernel"], node["stride"]),
    "globalAveragePool": lambda node: GlobalAveragePool(),
    "flatten": lambda node: Flatten(),
    "dense": lambda node: nn.Linear(*node["weights"][0]),
}


class Net(nn.Module):
    def __init__(self, nodes, video):
        super().__init__()
        kinds = LAYERS | {"batchNorm": lambda node: batch_norm(node, video)}
        self.layers = nn.ModuleList(kinds[node["op"]](node) for node in nodes)
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


def torch_order(first, op):
    """Kernels are sides, in, out in the file and out, in, sides here; a depthwise one is sides, channels, 1."""
    if first.ndim < 3:
        return first.T
    *sides, inputs, outputs = range(first.ndim)
    return first.transpose(inputs, outputs, *sides) if op == "depthwise" else first.transpose(outputs, inputs, *sides)


@torch.no_grad()
def set_weights(net, task):
    weights = task.pop("weights")
    for layer, node in zip(net.layers, task["net"]["nodes"]):
        for parameter, first in zip(layer.parameters(), weights[node["id"]]):
            parameter.copy_(torch.from_numpy(torch_order(first, node["op"]).copy()))


def build(task):
    torch.set_num_threads(task["threads"])
    video = len(task["net"]["input"]) == 4
    net = Net(task["net"]["nodes"], video)
    set_weights(net, task)
    device, mixed = torch.device(task.get("device", "cpu")), task.get("precision") == "mixed"
    net = net.to(device, memory_format=torch.channels_last_3d if video else torch.channels_last).train()
    parameters = sum(p.numel() for p in net.parameters() if p.requires_grad)
    optimizer = torch.optim.SGD(net.parameters(), lr=task["net"]["learningRate"], momentum=task["momentum"])
    run = torch.compile(net) if MODE == "compile" else net
    images = torch.from_numpy(task["images"]).to(device).movedim(-1, 1)  # channels last in memory
    labels, batch = torch.from_numpy(task["labels"]).to(device), task["batch"]
    scaler = torch.amp.GradScaler(device.type, enabled=mixed and device.type == "cuda")
    half = torch.float16 if device.type == "cuda" else torch.bfloat16

    def step(i):
        part = slice(i * batch, (i + 1) * batch)
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast(device.type, half, enabled=mixed):
            loss = F.cross_entropy(run(images[part]), labels[part])
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        return loss.item()

    return step, parameters


def unused_gpu_libraries():
    """The PyPI wheel for Linux holds PyTorch's GPU build. What its GPU libraries keep resident is told apart."""
    gpu = ("/nvidia/", "torch_cuda", "c10_cuda", "nvshmem")
    return {"gpuLibraryBytes": protocol.resident_of_files(lambda path: any(mark in path for mark in gpu))}


MODE = sys.argv[1]
protocol.serve(build, {"framework": "PyTorch", "version": torch.__version__},
               unused_gpu_libraries)
