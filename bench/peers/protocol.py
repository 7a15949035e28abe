"""The conversation of a Python peer with bench/run.mjs: one JSON line in, one JSON line out.

First line in: the task. Out: `ready`. Then `{"steps": n}` in, `round` out, as often as the runner likes, and at the
end of the input `end` with the peak memory. The framework prints to stderr only: stdout belongs to the protocol.
"""

import json
import sys
import time

import numpy as np


def read_task():
    """The task with its data: `images` float32 in -1..1, channels last, `labels` int64, `weights` of each node."""
    task = json.loads(sys.stdin.readline())
    task["batch"], shape = task["net"]["batch"], task["net"]["input"]
    records = np.fromfile(task["data"], np.uint8).reshape(-1, 1 + int(np.prod(shape)))
    task["labels"] = records[:, 0].astype(np.int64)
    images = records[:, 1:].reshape(-1, *shape)
    task["images"] = images.astype(np.float32) / np.float32(127.5) - np.float32(1)
    flat, task["weights"], at = np.fromfile(task["firstWeights"], "<f4"), {}, 0
    for node in task["net"]["nodes"]:
        task["weights"][node["id"]] = []
        for shape in node["weights"]:
            count = int(np.prod(shape))
            task["weights"][node["id"]].append(flat[at : at + count].reshape(shape))
            at += count
    return task


def peak_memory():
    """Largest resident set of this process so far, in bytes (VmHWM)."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except OSError:  # not Linux
        import resource

        scale = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def resident_of_files(named):
    """Bytes resident now of mapped files whose path `named` accepts; 0 where the system does not tell."""
    total, counted = 0, False
    try:
        with open("/proc/self/smaps") as maps:
            for line in maps:
                field = line.split()
                if "-" in field[0] and not field[0].endswith(":"):
                    counted = len(field) > 5 and named(field[5])
                elif counted and field[0] == "Rss:":
                    total += int(field[1]) * 1024
    except OSError:
        return 0
    return total


def answer(**fields):
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def serve(build, about, at_end=dict):
    """Runs a peer. `build(task)` gives (step, trainable parameters); `step(i)` trains on batch i, gives its loss."""
    task = read_task()
    batches = len(task["labels"]) // task["batch"]
    begun = time.perf_counter()
    step, parameters = build(task)
    losses = [float(step(0))]
    first_step = time.perf_counter() - begun
    done = 1
    answer(event="ready", about=about, trainableParameters=parameters, firstStepSeconds=first_step, losses=losses)
    for line in sys.stdin:
        milliseconds, losses = [], []
        for _ in range(json.loads(line)["steps"]):
            begun = time.perf_counter()
            losses.append(float(step(done % batches)))
            milliseconds.append((time.perf_counter() - begun) * 1000)
            done += 1
        answer(event="round", milliseconds=milliseconds, losses=losses)
    answer(event="end", peakMemoryBytes=peak_memory(), **at_end())
