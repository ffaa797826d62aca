"""What SciPy's least_squares and scikit-learn's lbfgs make of five small regressions, from given starts.

/usr/bin/python3 test/golden/second_order.py writes fixtures/second-order.json; it needs NumPy, SciPy and scikit-learn.
"""

import json
import math
import random
import warnings
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

FIXTURES = Path(__file__).parent / "fixtures"
ACTIVATIONS = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "linear": lambda z: z}
IN_SCIKIT = {"tanh": "tanh", "sigmoid": "logistic"}


def rounded(value):
    """Four decimals: readable, and exactly the number that any reader of the file gets."""
    return round(value, 4)


def problem(name, seed, widths, activation, samples, function, noise, l2=0.0):
    generator = random.Random(seed)
    inputs = [[rounded(generator.uniform(-1, 1)) for _ in range(widths[0])] for _ in range(samples)]
    targets = [[rounded(y + generator.gauss(0, noise)) for y in function(*x)] for x in inputs]
    layers, parameters = [], {}
    for index, (fan_in, units) in enumerate(zip(widths, widths[1:])):
        last = index == len(widths) - 2
        layers.append({"type": "dense", "units": units, "activation": "linear" if last else activation})
        scale = 1.5 / math.sqrt(fan_in)
        weight = [[rounded(generator.gauss(0, scale)) for _ in range(fan_in)] for _ in range(units)]
        parameters[f"layers.{index}.weight"] = weight
        parameters[f"layers.{index}.bias"] = [rounded(generator.gauss(0, 0.5)) for _ in range(units)]
    penalty = {"l2": l2} if l2 > 0 else {}
    network = {"input": [widths[0]], "layers": layers, "loss": "halfMeanSquared", **penalty, "parameters": parameters}
    return {"name": name, "network": network, "inputs": inputs, "targets": targets}


PROBLEMS = [
    problem("a noisy sine", 1, [1, 3, 1], "tanh", 40, lambda x: [math.sin(3 * x)], 0.1),
    problem("two outputs", 2, [2, 3, 2], "tanh", 50, lambda x, y: [x * y, math.exp(x) - y], 0.1),
    problem("a sigmoid of a plane", 3, [3, 2, 1], "sigmoid", 60, lambda x, y, z: [math.tanh(x + 2 * y - z)], 0.05),
    problem("a product, penalised", 4, [2, 5, 1], "tanh", 40, lambda x, y: [x * y], 0.05, l2=1e-3),
    problem("two hidden layers, penalised", 5, [2, 4, 3, 1], "tanh", 60, lambda x, y: [math.cos(2 * x) * y], 0.05, 1e-3),
]


class Problem:
    """One regression with its weights laid end to end."""

    def __init__(self, case):
        self.network, self.x, self.y = case["network"], np.array(case["inputs"]), np.array(case["targets"])
        self.start = {name: np.array(value) for name, value in self.network["parameters"].items()}
        self.l2 = self.network.get("l2", 0.0)

    def unpack(self, vector):
        parameters, offset = {}, 0
        for name, value in self.start.items():
            parameters[name] = vector[offset : offset + value.size].reshape(value.shape)
            offset += value.size
        return parameters

    def residuals(self, vector):
        """r with half of r·r the loss: each output's error over sqrt(samples * outputs), and each weight's penalty."""
        parameters, a = self.unpack(vector), self.x
        for index, layer in enumerate(self.network["layers"]):
            z = a @ parameters[f"layers.{index}.weight"].T + parameters[f"layers.{index}.bias"]
            a = ACTIVATIONS[layer["activation"]](z)
        weights = [value.ravel() for name, value in parameters.items() if name.endswith("weight")]
        penalty = math.sqrt(self.l2) * np.concatenate(weights) if self.l2 > 0 else []
        return np.concatenate([(a - self.y).ravel() / math.sqrt(self.y.size), penalty])

    def loss(self, vector):
        r = self.residuals(vector)
        return 0.5 * float(r @ r)

    def least_squares(self):
        start = np.concatenate([value.ravel() for value in self.start.values()])
        options = {"xtol": 1e-15, "ftol": 1e-15, "gtol": 1e-12, "max_nfev": 100_000}
        return self.loss(least_squares(self.residuals, start, method="lm", **options).x)

    def lbfgs(self):
        layers = self.network["layers"]
        options = {"alpha": self.l2 * len(self.x), "solver": "lbfgs", "warm_start": True, "max_fun": 100_000}
        hidden = [layer["units"] for layer in layers[:-1]]
        model = MLPRegressor(hidden, activation=IN_SCIKIT[layers[0]["activation"]], tol=1e-9, max_iter=1, **options)
        y = self.y[:, 0] if self.y.shape[1] == 1 else self.y
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(self.x, y)  # makes the arrays, which a warm start then takes
            model.coefs_ = [self.start[f"layers.{i}.weight"].T.copy() for i in range(len(layers))]
            model.intercepts_ = [self.start[f"layers.{i}.bias"].copy() for i in range(len(layers))]
            model.max_iter = 5000
            model.fit(self.x, y)
        pairs = zip(model.coefs_, model.intercepts_)
        return self.loss(np.concatenate([part for w, b in pairs for part in (w.T.ravel(), b)])), model.n_iter_


def solved(case):
    own = Problem(case)
    loss, iterations = own.lbfgs()
    start = own.loss(np.concatenate([value.ravel() for value in own.start.values()]))
    return {**case, "start": start, "lm": own.least_squares(), "lbfgs": loss, "lbfgsIterations": iterations}


if __name__ == "__main__":
    cases = [solved(case) for case in PROBLEMS]
    text = "[\n" + ",\n".join(json.dumps(case, allow_nan=False) for case in cases) + "\n]\n"
    (FIXTURES / "second-order.json").write_text(text, encoding="utf-8")
    for case in cases:
        print(case["name"], case["start"], "lm", case["lm"], "lbfgs", case["lbfgs"], case["lbfgsIterations"])
