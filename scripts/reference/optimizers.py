"""Writes optimizers.json: 20 steps of a small net under each optimizer, by PyTorch, Keras, timm or a paper's formula.

    ENV/bin/python optimizers.py        # requirements.txt says what ENV holds

The net: 5x5 pictures, a 3x3 convolution of two filters, tanh, flatten, a dense layer of four; mean cross-entropy. All
is computed in 64 bits, so that a difference is not this side's rounding. Weight decay falls on kernels only.

A case is {reference, optimizer, weightDecay, rates, losses, weights}: `optimizer` as Convloom's settings name it,
`losses` before each update, `weights` after the last one. Where a library has another convention than Convloom, the
case keeps to what both have; `differs` says what that is.
"""

from __future__ import annotations

import json
import math
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

STEPS, BATCH, BATCHES = 20, 8, 4
SHAPES = {'conv/kernel': (3, 3, 1, 2), 'conv/bias': (2,), 'dense/kernel': (18, 4), 'dense/bias': (4,)}
TINY = 1e-14
FALLING = [round(0.5 + 0.5 * math.cos(math.pi * step / STEPS), 4) for step in range(STEPS)]
EVEN = [1.0] * STEPS


def start() -> dict:
    """Pictures as bytes, labels, and first weights that 32 bits hold exactly."""
    random = np.random.default_rng(2012)
    pictures = random.integers(0, 256, (BATCH * BATCHES, 5, 5, 1), np.uint8)
    labels = random.integers(0, 4, BATCH * BATCHES)
    weights = {k: np.float32(random.normal(0, 0.4, shape)).astype(np.float64) for k, shape in SHAPES.items()}
    return {'pictures': pictures, 'labels': labels, 'weights': weights}


def batch(of: dict, step: int) -> tuple[np.ndarray, np.ndarray]:
    part = slice(step % BATCHES * BATCH, (step % BATCHES + 1) * BATCH)
    return of['pictures'][part] / 127.5 - 1, of['labels'][part]


def case(reference: str, optimizer: dict, rate: float, shares: list[float], decay: float = 0, differs: str = '') -> dict:
    rates = [rate * share for share in shares]
    made = {'reference': reference, 'optimizer': optimizer, 'weightDecay': decay, 'rates': rates}
    return made | ({'differs': differs} if differs else {})


def torch_gradients(parameters: dict, of: dict, step: int) -> float:
    """The loss; gradients are left with the parameters."""
    import torch
    from torch.nn import functional

    x, labels = (torch.from_numpy(a) for a in batch(of, step))
    kernel = parameters['conv/kernel'].permute(3, 2, 0, 1)
    maps = torch.tanh(functional.conv2d(x.permute(0, 3, 1, 2), kernel, parameters['conv/bias']))
    flat = maps.permute(0, 2, 3, 1).flatten(1)  # channels last
    loss = functional.cross_entropy(flat @ parameters['dense/kernel'] + parameters['dense/bias'], labels)
    for parameter in parameters.values():
        parameter.grad = None
    loss.backward()
    return loss.item()


def torch_run(of: dict, rates: list[float], decay: float, make) -> tuple[list[float], dict]:
    """`make(groups)` gives an optimizer: of the kernels with the decay, and of the biases without."""
    import torch

    parameters = {k: torch.tensor(w, requires_grad=True) for k, w in of['weights'].items()}
    kernels = [p for k, p in parameters.items() if k.endswith('kernel')]
    biases = [p for k, p in parameters.items() if k.endswith('bias')]
    optimizer = make([{'params': kernels, 'weight_decay': decay}, {'params': biases, 'weight_decay': 0}])
    losses = []
    for step, rate in enumerate(rates):
        for group in optimizer.param_groups:
            group['lr'] = rate
        losses.append(torch_gradients(parameters, of, step))
        optimizer.step()
    return losses, {k: p.detach().numpy() for k, p in parameters.items()}


def torch_cases() -> list[dict]:
    import timm
    import torch
    from timm.optim import Lars
    from torch import optim

    of, done = start(), []
    name = f'PyTorch {torch.__version__.split("+")[0]}, torch.optim'

    def add(made: dict, make, decay: float = 0) -> None:
        losses, weights = torch_run(of, made['rates'], decay, make)
        done.append(made | {'losses': losses, 'weights': weights})

    outside = 'ε stands outside of the root: as good as none'
    for momentum, nesterov in ((0, False), (0.9, False), (0.9, True)):
        ours = {'type': 'sgd', 'momentum': momentum, 'nesterov': nesterov}
        options = {'lr': 1, 'momentum': momentum, 'nesterov': nesterov}
        add(case(f'{name}.SGD', ours, 0.1, FALLING, 0.02), lambda g: optim.SGD(g, **options), 0.02)
    for momentum, rate, shares in ((0, 0.01, FALLING), (0.9, 0.002, EVEN)):
        ours = {'type': 'rmsprop', 'rho': 0.8, 'momentum': momentum, 'epsilon': TINY}
        options = {'alpha': 0.8, 'momentum': momentum, 'eps': TINY}
        differs = outside + ('; the rate is even, for its momentum does not hold the rates of earlier steps' if momentum else '')
        add(case(f'{name}.RMSprop', ours, rate, shares, 0.02, differs), lambda g: optim.RMSprop(g, **options), 0.02)
    ours = {'type': 'adagrad', 'epsilon': 0.01}
    add(case(f'{name}.Adagrad', ours, 0.1, FALLING, 0.02), lambda g: optim.Adagrad(g, eps=0.01), 0.02)
    hat = 'ε is not "epsilon hat": as good as none'
    for type, make in (('adam', optim.Adam), ('adamw', optim.AdamW)):
        ours = {'type': type, 'beta1': 0.8, 'beta2': 0.99, 'epsilon': TINY}
        made = case(f'{name}.{make.__name__}', ours, 0.02, FALLING, 0.1, hat)
        add(made, lambda g: make(g, betas=(0.8, 0.99), eps=TINY), 0.1)
    ours = {'type': 'lars', 'momentum': 0.9, 'trust': 0.02}
    differs = 'the rate is even, for its momentum does not hold the rates of earlier steps, as the paper\'s does'
    options = {'momentum': 0.9, 'trust_coeff': 0.02, 'eps': 1e-9}
    add(
        case(f'timm {timm.__version__}, timm.optim.Lars', ours, 1, EVEN, 0.05, differs),
        lambda g: Lars(g, **options),
        0.05,
    )
    made = case('You, Gitman, Ginsburg 2017, algorithm 1, by hand', ours, 1, FALLING, 0.05)
    add(made, lambda g: PaperLars(g, momentum=0.9, trust=0.02), 0.05)
    return done


class PaperLars:
    """v = m v + rate local (g + decay w); w = w - v. Biases have no local rate, as the paper's own code has it."""

    def __init__(self, groups: list[dict], momentum: float, trust: float) -> None:
        self.param_groups, self.momentum, self.trust, self.velocity = groups, momentum, trust, {}

    def step(self) -> None:
        for group in self.param_groups:
            for w in group['params']:
                weight, g, decay = w.detach().numpy(), w.grad.numpy(), group['weight_decay']
                local = 1.0
                if decay:
                    length = np.linalg.norm(weight)
                    local = self.trust * length / (np.linalg.norm(g) + decay * length)
                move = group['lr'] * local * (g + decay * weight)
                self.velocity[w] = self.momentum * self.velocity.get(w, 0) + move
                weight -= self.velocity[w]  # the parameter's own memory


def keras_run(of: dict, rates: list[float], optimizer) -> tuple[list[float], dict]:
    import keras
    import tensorflow as tf

    net = keras.Sequential([
        keras.Input((5, 5, 1)),
        keras.layers.Conv2D(2, 3, activation='tanh'),
        keras.layers.Flatten(),
        keras.layers.Dense(4),
    ])
    net.set_weights(list(of['weights'].values()))
    variables = net.trainable_variables
    optimizer.exclude_from_weight_decay(var_list=variables[1::2])
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    losses = []
    for step, rate in enumerate(rates):
        x, labels = batch(of, step)
        optimizer.learning_rate.assign(rate)
        with tf.GradientTape() as tape:
            loss = loss_of(labels, net(x, training=True))
        optimizer.apply(tape.gradient(loss, variables), variables)
        losses.append(float(loss))
    return losses, dict(zip(SHAPES, net.get_weights()))


def keras_cases() -> list[dict]:
    import keras
    from keras import optimizers

    keras.config.set_floatx('float64')
    of, done = start(), []

    def add(made: dict, optimizer) -> None:
        losses, weights = keras_run(of, made['rates'], optimizer)
        reference = f'Keras {keras.__version__}, keras.optimizers.{type(optimizer).__name__}'
        done.append(made | {'reference': reference, 'losses': losses, 'weights': weights})

    differs = 'the rate is even, for its momentum holds the rates of earlier steps; its weight decay is no L2'
    for nesterov in (False, True):
        ours = {'type': 'sgd', 'momentum': 0.9, 'nesterov': nesterov}
        add(case('', ours, 0.1, EVEN, 0, differs), optimizers.SGD(0.1, 0.9, nesterov))
    for momentum in (0, 0.9):
        ours = {'type': 'rmsprop', 'rho': 0.8, 'momentum': momentum, 'epsilon': 0.01}
        add(case('', ours, 0.01, FALLING), optimizers.RMSprop(0.01, 0.8, momentum, 0.01))
    ours = {'type': 'adagrad', 'epsilon': TINY}
    differs = 'sums start at 0, not at its 0.1; ε stands in the root: as good as none'
    add(case('', ours, 0.1, FALLING, 0, differs), optimizers.Adagrad(0.1, 0, TINY))
    adam = {'beta1': 0.8, 'beta2': 0.99, 'epsilon': 0.01}
    betas = {'beta_1': 0.8, 'beta_2': 0.99, 'epsilon': 0.01}
    differs = 'its weight decay is no L2'
    add(case('', {'type': 'adam', **adam}, 0.02, FALLING, 0, differs), optimizers.Adam(0.02, **betas))
    add(case('', {'type': 'adamw', **adam}, 0.02, FALLING, 0.1), optimizers.AdamW(0.02, weight_decay=0.1, **betas))
    ours = {'type': 'lion', 'beta1': 0.9, 'beta2': 0.99}
    add(case('', ours, 0.01, FALLING, 0.1), optimizers.Lion(0.01, 0.9, 0.99, weight_decay=0.1))
    return done


def short(value):
    """Ten digits of each number; arrays as flat lists."""
    if isinstance(value, dict):
        return {k: short(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return short(value.flatten().tolist())
    if isinstance(value, list):
        return [short(v) for v in value]
    return float(f'{value:.10g}') if isinstance(value, float) else value


def apart(work) -> list[dict]:
    """In a process of its own: PyTorch and TensorFlow in one process end it."""
    with ProcessPoolExecutor(1, get_context('spawn')) as pool:
        return pool.submit(work).result()


def main() -> None:
    cases = apart(torch_cases) + apart(keras_cases)
    of = {**start(), 'batch': BATCH}
    of['weights'] = {k: w.astype(float) for k, w in of['weights'].items()}
    lines = [f'  {json.dumps(k)}: {json.dumps(short(v))},' for k, v in of.items()]
    rows = ',\n'.join(f'    {json.dumps(short(c), ensure_ascii=False)}' for c in cases)
    text = '\n'.join(['{', *lines, '  "cases": [', rows, '  ]', '}'])
    Path(__file__).with_suffix('.json').write_text(text + '\n')
    for c in cases:
        print(c['reference'], c['optimizer'], f'{c["losses"][0]:.4f} to {c["losses"][-1]:.4f}', sep='\t')


if __name__ == '__main__':
    main()
