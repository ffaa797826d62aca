# A task as a Python peer sees it: the runner's JSON file with its numbers read, and the loop that times steps.
import json
import os
import sys
import time

import numpy


class Task:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.__dict__.update(json.load(file))
        folder = os.path.dirname(path)

        def read(name):
            return numpy.fromfile(os.path.join(folder, name + ".f32"), numpy.float32)

        self.inputs = read("inputs").reshape(self.count, self.sizes[0])
        self.convolutions = self.__dict__.get("convolutions", [])
        self.targets = read("targets").reshape(self.count, self.sizes[-1])
        parameters = read("parameters")
        self.layers = []  # (weight [out, in], bias [out], activation); a convolution's weight is [out, in, height, width]
        start = 0
        for width, units, activation in zip(self.fan_ins(), self.sizes[1:], self.activations):
            weight = parameters[start : start + units * width].reshape(units, width)
            start += units * width
            if len(self.layers) < len(self.convolutions):
                side = self.convolutions[len(self.layers)]["kernel"]
                weight = weight.reshape(units, -1, side, side)
            self.layers.append((weight, parameters[start : start + units], activation))
            start += units

    def fan_ins(self):
        """The numbers that each layer's units look at: as many inputs, or a kernel's weights over all channels."""
        channels, height, width = self.__dict__.get("image", [self.sizes[0], 1, 1])
        for i, units in enumerate(self.sizes[1:]):
            if i < len(self.convolutions):
                kernel, pool = self.convolutions[i]["kernel"], self.convolutions[i]["pool"]
                yield channels * kernel * kernel
                height, width = (height - kernel + 1) // pool, (width - kernel + 1) // pool
            else:
                yield channels * height * width
                height = width = 1
            channels = units

    def batches(self, values):
        return numpy.split(values, self.count // self.batch)


def main(open_session):
    """Runs the task named on the command line; `open_session(task)` gives build, step, read and, unless 1, the steps in a call."""
    task = Task(sys.argv[1])
    build, step, read, *in_a_call = open_session(task)
    result = {"build": build}
    if task.mode == "validate":
        if task.kind == "train":
            for _ in range(task.validationSteps):
                step()
        numpy.concatenate([numpy.asarray(part, numpy.float32).ravel() for part in read()]).tofile(task.output)
    else:
        steps, elapsed = repeat(step, 1, task.warmup)
        # Blocks of about a millisecond, so that looking at the clock costs nothing.
        block = max(1, round(0.001 * steps / elapsed))
        steps, elapsed = repeat(step, block, task.seconds)
        steps *= in_a_call[0] if in_a_call else 1
        result.update(steps=steps, secondsPerStep=elapsed / steps)
    print(json.dumps(result))


def repeat(step, block, seconds):
    start = time.perf_counter()
    steps = elapsed = 0
    while elapsed < seconds:
        for _ in range(block):
            step()
        steps += block
        elapsed = time.perf_counter() - start
    return steps, elapsed


def cycle(items):
    """The items again and again."""
    while True:
        yield from items
