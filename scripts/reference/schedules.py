"""Writes schedules.json: the learning rate of every step under each schedule, by PyTorch and Keras.

    ENV/bin/python schedules.py         # requirements.txt says what ENV holds

A run has EPOCHS epochs of SPE steps. A case is {reference, schedule, rates}: `schedule` as Convloom's settings name it,
`rates` of the steps from the first on. `plateau` holds a figure an epoch, and the rate of the epoch after each.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

RATE, SPE, EPOCHS = 0.4, 7, 10
STEPS = SPE * EPOCHS
FIGURES = [2.0, 1.5, 1.5, 1.6, 1.4, 1.45, 1.41, 1.40, 1.39, 1.42, 1.5, 1.38, 1.37, 1.0, 1.1, 1.2, 1.3, 0.9]


def torch_rates(make) -> list[float]:
    import torch

    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], RATE)
    schedule, rates = make(optimizer), []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]['lr'])
        optimizer.step()
        schedule.step()
    return rates


def torch_cases() -> list[dict]:
    import torch
    from torch.optim import lr_scheduler as of

    version = f'PyTorch {torch.__version__.split("+")[0]}'
    done = []

    def add(name: str, schedule: dict, make) -> None:
        done.append({'reference': f'{version}, {name}', 'schedule': schedule, 'rates': torch_rates(make)})

    def warm(steps: int):
        """rate / steps in the first step, the whole rate in step `steps`."""
        return lambda o: of.LinearLR(o, 1 / steps, 1, steps - 1)

    def after(steps: int, make):
        return lambda o: of.SequentialLR(o, [warm(steps)(o), make(o)], [steps])

    def beside(steps: int, make):
        return lambda o: of.ChainedScheduler([warm(steps)(o), make(o)])

    warmup, w = 2, 2 * SPE
    add('ConstantLR', {'type': 'constant'}, lambda o: of.ConstantLR(o, 1))
    add('LinearLR', {'type': 'constant', 'warmup': warmup}, warm(w))
    steps = {'type': 'step', 'every': 3, 'factor': 0.3}
    step_lr = lambda o: of.StepLR(o, 3 * SPE, 0.3)
    add('StepLR', steps, step_lr)
    add('StepLR chained with LinearLR', {**steps, 'warmup': warmup}, beside(w, step_lr))
    cuts = {'type': 'multi-step', 'at': [4, 7, 9], 'factor': 0.3}
    multi = lambda o: of.MultiStepLR(o, [4 * SPE, 7 * SPE, 9 * SPE], 0.3)
    add('MultiStepLR', cuts, multi)
    add('MultiStepLR chained with LinearLR', {**cuts, 'warmup': warmup}, beside(w, multi))
    add('ExponentialLR', {'type': 'exponential', 'factor': 0.8}, lambda o: of.ExponentialLR(o, 0.8 ** (1 / SPE)))
    add('CosineAnnealingLR', {'type': 'cosine'}, lambda o: of.CosineAnnealingLR(o, STEPS))
    add(
        'CosineAnnealingLR after LinearLR',
        {'type': 'cosine', 'warmup': warmup},
        after(w, lambda o: of.CosineAnnealingLR(o, STEPS - w)),
    )
    restarts = {'type': 'cosine-restarts', 'period': 2, 'growth': 2}
    again = lambda o: of.CosineAnnealingWarmRestarts(o, 2 * SPE, 2)
    add('CosineAnnealingWarmRestarts', restarts, again)
    add('CosineAnnealingWarmRestarts after LinearLR', {**restarts, 'warmup': warmup}, after(w, again))
    for rise, start, end in ((0.3, 25.0, 1e4), (0.45, 10.0, 100.0)):
        cycle = {'type': 'one-cycle', 'rise': rise, 'start': start, 'end': end}
        make = lambda o: of.OneCycleLR(o, RATE, STEPS, pct_start=rise, div_factor=start, final_div_factor=end)
        add('OneCycleLR', cycle, make)
    for power in (1.0, 0.9, 2.0):
        add('PolynomialLR', {'type': 'polynomial', 'power': power}, lambda o: of.PolynomialLR(o, STEPS, power))
    add(
        'PolynomialLR after LinearLR',
        {'type': 'polynomial', 'power': 2, 'warmup': warmup},
        after(w, lambda o: of.PolynomialLR(o, STEPS - w, 2)),
    )
    return done


def keras_cases() -> list[dict]:
    import keras
    import numpy as np
    from keras.optimizers import schedules as of

    rate, done = np.float64(RATE), []  # of 64 bits, so that all that follows is

    def add(schedule: dict, made) -> None:
        rates = [float(made(step)) for step in range(STEPS)]
        reference = f'Keras {keras.__version__}, {type(made).__name__}'
        done.append({'reference': reference, 'schedule': schedule, 'rates': rates})

    ends = [4 * SPE - 1, 7 * SPE - 1]  # the last step that has the rate before
    add(
        {'type': 'multi-step', 'at': [4, 7], 'factor': 0.1},
        of.PiecewiseConstantDecay(ends, [rate, rate * 0.1, rate * 0.01]),
    )
    add({'type': 'step', 'every': 3, 'factor': 0.3}, of.ExponentialDecay(rate, 3 * SPE, 0.3, staircase=True))
    add({'type': 'exponential', 'factor': 0.8}, of.ExponentialDecay(rate, SPE, 0.8))
    add({'type': 'cosine'}, of.CosineDecay(rate, STEPS))
    add({'type': 'cosine-restarts', 'period': 2, 'growth': 2}, of.CosineDecayRestarts(rate, 2 * SPE, 2.0))
    add({'type': 'polynomial', 'power': 2}, of.PolynomialDecay(rate, STEPS, 0, 2))
    return done


def plateaus() -> list[dict]:
    """Cut after three epochs that brought nothing better by 0.02. PyTorch's patience is one epoch less."""
    import torch
    from torch.optim.lr_scheduler import ReduceLROnPlateau

    settings = {'metric': 'loss', 'plateau': 3, 'factor': 0.5, 'delta': 0.02}
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], RATE)
    schedule = ReduceLROnPlateau(optimizer, 'min', 0.5, patience=2, threshold=0.02, threshold_mode='abs')
    rates = []
    for figure in FIGURES:
        schedule.step(figure)
        rates.append(optimizer.param_groups[0]['lr'])
    reference = f'PyTorch {torch.__version__.split("+")[0]}, ReduceLROnPlateau'
    return [{'reference': reference, 'watch': settings, 'figures': FIGURES, 'rates': rates}]


def keras_plateaus() -> list[dict]:
    import keras

    settings = {'metric': 'loss', 'plateau': 3, 'factor': 0.5, 'delta': 0.02}
    net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    net.compile(keras.optimizers.SGD(RATE), 'mse')
    callback = keras.callbacks.ReduceLROnPlateau('val_loss', 0.5, 3, min_delta=0.02, mode='min')
    callback.set_model(net)
    callback.on_train_begin()
    rates = []
    for epoch, figure in enumerate(FIGURES):
        callback.on_epoch_end(epoch, {'val_loss': figure})
        rates.append(float(net.optimizer.learning_rate))
    reference = f'Keras {keras.__version__}, ReduceLROnPlateau'
    return [{'reference': reference, 'watch': settings, 'figures': FIGURES, 'rates': rates}]


def apart(work) -> list[dict]:
    """In a process of its own: PyTorch and TensorFlow in one process end it."""
    with ProcessPoolExecutor(1, get_context('spawn')) as pool:
        return pool.submit(work).result()


def rows(cases: list[dict]) -> str:
    for case in cases:
        case['rates'] = [float(f'{rate:.12g}') for rate in case['rates']]
    return ',\n'.join(f'    {json.dumps(case)}' for case in cases)


def main() -> None:
    run = {'rate': RATE, 'stepsPerEpoch': SPE, 'epochs': EPOCHS}
    cases = apart(torch_cases) + apart(keras_cases)
    plateau = apart(plateaus) + apart(keras_plateaus)
    parts = [f'  "run": {json.dumps(run)},', '  "cases": [', rows(cases), '  ],', '  "plateau": [', rows(plateau), '  ]']
    Path(__file__).with_suffix('.json').write_text('\n'.join(['{', *parts, '}']) + '\n')
    for case in cases + plateau:
        print(case['reference'], case['rates'][:2], case['rates'][-1], sep='\t')


if __name__ == '__main__':
    main()
