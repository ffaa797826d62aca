# Checks every number of mazur.json, to its last digit, against the example worked in NumPy from its formulas.
# Writes nothing: mazur.json is typed in. Exit status 1 if a number is wrong.
#
#     /usr/bin/python3 test/golden/mazur.py

import json
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np

INPUT, TARGET, LEARNING_RATE = np.array([0.05, 0.10]), np.array([0.01, 0.99]), 0.5


def initial_parameters():
    hidden, output = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])
    return hidden, np.array([0.35, 0.35]), output, np.array([0.60, 0.60])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(hidden, hidden_bias, output, output_bias):
    net_h = hidden @ INPUT + hidden_bias
    out_h = sigmoid(net_h)
    net_o = output @ out_h + output_bias
    out_o = sigmoid(net_o)
    return net_h, out_h, net_o, out_o, 0.5 * (TARGET - out_o) ** 2


def step(parameters, train_biases, with_updated_weights=False):
    """One step of gradient descent; optionally with the slip of feeding the hidden layer the updated weights."""
    hidden, hidden_bias, output, output_bias = parameters
    _, out_h, _, out_o, _ = forward(*parameters)
    delta_o = (out_o - TARGET) * out_o * (1 - out_o)
    next_output = output - LEARNING_RATE * np.outer(delta_o, out_h)
    delta_h = (next_output if with_updated_weights else output).T @ delta_o * out_h * (1 - out_h)
    next_hidden = hidden - LEARNING_RATE * np.outer(delta_h, INPUT)
    if train_biases:
        hidden_bias, output_bias = hidden_bias - LEARNING_RATE * delta_h, output_bias - LEARNING_RATE * delta_o
    return next_hidden, hidden_bias, next_output, output_bias


def indexed(name, values):
    return {f"{name}[{','.join(map(str, index))}]": value for index, value in np.ndenumerate(values)}


def first_step():
    parameters = initial_parameters()
    net_h, out_h, net_o, out_o, terms = forward(*parameters)
    delta_o = (out_o - TARGET) * out_o * (1 - out_o)
    next_hidden, _, next_output, _ = step(parameters, train_biases=False)
    return {
        **indexed("layers.0.z", net_h),
        **indexed("layers.0.a", out_h),
        **indexed("layers.1.z", net_o),
        **indexed("layers.1.a", out_o),
        **indexed("loss.terms", terms),
        "loss": terms.sum(),
        **indexed("layers.1.delta", delta_o),
        **indexed("layers.1.weight.grad", np.outer(delta_o, out_h)),
        **indexed("layers.0.weight.next", next_hidden),
        **indexed("layers.1.weight.next", next_output),
    }


def run(train_biases, with_updated_weights=False):
    parameters, quantities = initial_parameters(), {}
    for number in range(1, 10_001):
        parameters = step(parameters, train_biases, with_updated_weights)
        if number in (1, 9_999, 10_000):
            *_, out_o, terms = forward(*parameters)
            quantities |= {f"after.{number}.loss": terms.sum(), **indexed(f"after.{number}.layers.1.a", out_o)}
    return quantities


def is_right(written, computed):
    """Within half a unit of the last digit written."""
    unit = Decimal(1).scaleb(written.as_tuple().exponent)
    return abs(written - Decimal(float(computed))) <= unit / 2


def main():
    slip = run(train_biases=False, with_updated_weights=True)
    computed = {
        "step": first_step(),
        "frozenBiases": run(train_biases=False),
        "trainedBiases": run(train_biases=True),
        "updatedWeightsInHiddenGradient": slip,
        "printedBySource": slip,
    }
    written = json.loads((Path(__file__).parent / "mazur.json").read_text(encoding="utf-8"))
    checked, wrong = 0, 0
    for section, entries in written.items():
        for quantity, entry in entries.items():
            value = Decimal(entry["value"] if isinstance(entry, dict) else entry)
            checked += 1
            if not is_right(value, computed[section][quantity]):
                wrong += 1
                print(f"{section} {quantity}: {value} is written, {computed[section][quantity]!r} computed")
    print(f"mazur.json: {checked} numbers checked, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
