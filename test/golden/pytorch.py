# Writes fixtures/pytorch-*.json: what PyTorch's autograd and optimizers compute, in float64, for networks of ours.
# Not a test, and not our back-propagation in Python: it knows the formulas of the losses, autograd does the rest.
#
#     /usr/bin/python3 test/golden/pytorch.py

import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F

FIXTURES = Path(__file__).parent / "fixtures"

# NAdam keeps its product of momenta in a tensor of the default type: float32 there would cost eight digits.
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

ACTIVATIONS = {
    "linear": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leakyRelu": lambda z: F.leaky_relu(z, 0.01),
    "elu": lambda z: F.elu(z, 1.0),
    "gelu": lambda z: F.gelu(z, approximate="none"),
    "swish": F.silu,
    # PyTorch's default threshold replaces softplus by the identity above 20: an error of 2e-9.
    "softplus": lambda z: F.softplus(z, threshold=700),
    "softmax": lambda z: torch.softmax(z, dim=1),
}

# One sample's loss from its outputs a [samples, K] and targets y.
LOSSES = {
    "quadratic": lambda a, y: 0.5 * ((a - y) ** 2).sum(1),
    "meanSquared": lambda a, y: ((a - y) ** 2).mean(1),
    "halfMeanSquared": lambda a, y: 0.5 * ((a - y) ** 2).mean(1),
    "crossEntropy": lambda a, y: -(y * torch.log(a) + (1 - y) * torch.log(1 - a)).sum(1),
    "logLikelihood": lambda a, y: -(y * torch.log(a)).sum(1),
}


def softplus(z):
    return torch.logaddexp(z, torch.zeros_like(z))


# The same two losses from the logits z of a sigmoid or softmax output, for outputs that round to 0 or 1.
LOSSES_OF_LOGITS = {
    "crossEntropy": lambda z, y: (y * softplus(-z) + (1 - y) * softplus(z)).sum(1),
    "logLikelihood": lambda z, y: -(y * torch.log_softmax(z, dim=1)).sum(1),
}


def parameters_of(network):
    return {name: torch.tensor(value, requires_grad=True) for name, value in network["parameters"].items()}


def forward(network, parameters, inputs):
    """The weighted inputs z of every layer, and the output layer's activations."""
    a, weighted_inputs = inputs, []
    for index, layer in enumerate(network["layers"]):
        z = F.linear(a, parameters[f"layers.{index}.weight"], parameters.get(f"layers.{index}.bias"))
        weighted_inputs.append(z)
        a = ACTIVATIONS[layer["activation"]](z)
    return weighted_inputs, a


def penalty_of(network, parameters):
    """c/2 sum w^2 and c sum |w|, over weights and not biases."""
    weights = [value for name, value in parameters.items() if name.endswith(".weight")]
    l2 = sum((w**2).sum() for w in weights)
    l1 = sum(w.abs().sum() for w in weights)
    return network.get("l2", 0.0) / 2 * l2 + network.get("l1", 0.0) * l1


def evaluate(network, parameters, inputs, targets, saturated=False):
    """One loss per sample, the penalty, the weighted inputs and the outputs."""
    weighted_inputs, outputs = forward(network, parameters, inputs)
    name = network["loss"]
    samples = LOSSES_OF_LOGITS[name](weighted_inputs[-1], targets) if saturated else LOSSES[name](outputs, targets)
    return samples, penalty_of(network, parameters), weighted_inputs, outputs


def rounded(generator, low, high):
    """Four decimals: readable, and exactly the number that any reader of the file gets."""
    return round(generator.uniform(low, high), 4)


def matrix(generator, rows, columns, low, high):
    return [[rounded(generator, low, high) for _ in range(columns)] for _ in range(rows)]


def make_network(generator, widths, activations, loss, biases=None, **penalties):
    layers, parameters = [], {}
    for index, activation in enumerate(activations):
        inputs, units = widths[index], widths[index + 1]
        layer = {"type": "dense", "units": units, "activation": activation}
        bound = (2 / inputs) ** 0.5  # keeps z near 1 at any depth, so that no case is saturated by accident
        parameters[f"layers.{index}.weight"] = matrix(generator, units, inputs, -bound, bound)
        if biases is None or biases[index]:
            parameters[f"layers.{index}.bias"] = matrix(generator, 1, units, -0.5, 0.5)[0]
        else:
            layer["bias"] = False
        layers.append(layer)
    return {"input": [widths[0]], "layers": layers, "loss": loss, **penalties, "parameters": parameters}


def one_hot(generator, classes):
    label = generator.randrange(classes)
    return [1.0 if j == label else 0.0 for j in range(classes)]


def distribution(generator, classes):
    parts = [generator.uniform(0.1, 1.0) for _ in range(classes)]
    rest = [round(part / sum(parts), 4) for part in parts[1:]]
    return [round(1.0 - sum(rest), 4), *rest]


def make_targets(generator, loss, samples, outputs, hard):
    if loss == "logLikelihood":
        return [(one_hot if hard else distribution)(generator, outputs) for _ in range(samples)]
    if loss == "crossEntropy":
        if hard:
            return [[float(generator.randrange(2)) for _ in range(outputs)] for _ in range(samples)]
        return matrix(generator, samples, outputs, 0.05, 0.95)
    return matrix(generator, samples, outputs, -1.0, 1.0)


def make_widths(generator, activations):
    # A softmax over one unit is the constant 1.
    return [generator.randint(1, 6)] + [generator.randint(2 if a == "softmax" else 1, 6) for a in activations]


def gradient_case(name, network, inputs, targets, saturated=False):
    parameters = parameters_of(network)
    y = torch.tensor(targets)
    samples, penalty, weighted_inputs, outputs = evaluate(network, parameters, torch.tensor(inputs), y, saturated)
    total = samples.mean() + penalty
    gradients = torch.autograd.grad(total, list(parameters.values()), retain_graph=True)
    # No sample's loss depends on another's z, so the sum's gradient holds each sample's own.
    deltas = torch.autograd.grad(samples.sum(), weighted_inputs)
    assert saturated or all(z.abs().max() < 12 for z in weighted_inputs), f"{name}: saturated by accident"
    assert all(torch.isfinite(value).all() for value in (total, *gradients, *deltas)), name
    return {
        "name": name,
        **({"saturated": True} if saturated else {}),
        "network": network,
        "inputs": inputs,
        "targets": targets,
        "loss": total.item(),
        "loss.data": samples.mean().item(),
        "loss.penalty": float(penalty),
        "outputs": outputs.tolist(),
        "gradients": {key: gradient.tolist() for key, gradient in zip(parameters, gradients)},
        "deltas": {f"layers.{index}.delta": delta.tolist() for index, delta in enumerate(deltas)},
    }


def title(index, network, samples, remark=None):
    layers = network["layers"]
    widths = "-".join(str(units) for units in [*network["input"], *(layer["units"] for layer in layers)])
    activations = " ".join(layer["activation"] for layer in layers)
    penalties = [key for key in ("l1", "l2") if key in network]
    no_bias = ["no bias"] if any(layer.get("bias") is False for layer in layers) else []
    remarks = [remark] if remark else []
    parts = [f"{widths} {activations}", network["loss"], f"batch {samples}", *penalties, *no_bias, *remarks]
    return f"{index:02d}: {', '.join(parts)}"


PENALTIES = [{}, {"l2": 0.1}, {}, {"l1": 0.05}, {}, {"l1": 0.01, "l2": 0.03}]


def random_cases(generator):
    """Every activation as a hidden one with every loss; after them every loss on a single layer."""
    names = list(ACTIVATIONS)
    plans = [(hidden, loss) for hidden in names for loss in LOSSES] + 2 * [(None, loss) for loss in LOSSES]
    for index, (hidden, loss) in enumerate(plans):
        output = {"crossEntropy": "sigmoid", "logLikelihood": "softmax"}.get(loss, names[(index // 5 + 3 * index) % 10])
        others = [generator.choice(names) for _ in range(index % 3)] if hidden else []
        activations = [*([hidden] if hidden else []), *others, output]
        widths = make_widths(generator, activations)
        biases = [generator.random() > 0.15 for _ in activations]
        network = make_network(generator, widths, activations, loss, biases, **PENALTIES[index % len(PENALTIES)])
        samples = 1 + index * 5 % 16
        inputs = matrix(generator, samples, widths[0], -2.0, 2.0)
        targets = make_targets(generator, loss, samples, widths[-1], hard=(index // 5) % 2 == 0)
        yield gradient_case(title(index, network, samples), network, inputs, targets)


def uncommon_cases(generator, index):
    """Where the shortcut delta = a - y does not hold, though the loss has it."""
    network = make_network(generator, [3, 4, 3], ["tanh", "softmax"], "crossEntropy")
    inputs = matrix(generator, 5, 3, -2.0, 2.0)
    targets = make_targets(generator, "logLikelihood", 5, 3, hard=True)
    yield gradient_case(title(index, network, 5, "softmax with crossEntropy"), network, inputs, targets)
    network = make_network(generator, [3, 4, 3], ["tanh", "softmax"], "logLikelihood")
    targets = matrix(generator, 5, 3, 0.0, 1.0)
    yield gradient_case(title(index + 1, network, 5, "targets that do not sum to 1"), network, inputs, targets)


def saturated_cases(generator, index):
    """Weighted inputs of the output layer near +40 and -40, or +800 and -800, by way of its biases."""
    for loss, output in (("crossEntropy", "sigmoid"), ("logLikelihood", "softmax")):
        for hidden, level, hard in ((None, 40, True), ("tanh", 40, True), ("tanh", 40, False), ("tanh", 800, True)):
            activations = [hidden, output] if hidden else [output]
            widths = [2, 3, 3][-len(activations) - 1 :]
            network = make_network(generator, widths, activations, loss)
            network["parameters"][f"layers.{len(activations) - 1}.bias"] = [float(level), float(-level), 0.5]
            inputs = matrix(generator, 6, widths[0], -2.0, 2.0)
            targets = make_targets(generator, loss, 6, 3, hard)
            name = title(index, network, 6, f"saturated at {level}")
            yield gradient_case(name, network, inputs, targets, saturated=True)
            index += 1


def gradient_cases():
    generator = random.Random(20)
    cases = list(random_cases(generator))
    cases += uncommon_cases(generator, len(cases))
    cases += saturated_cases(generator, len(cases))
    hidden = {layer["activation"] for case in cases for layer in case["network"]["layers"][:-1]}
    output = {case["network"]["layers"][-1]["activation"] for case in cases}
    assert hidden == output == set(ACTIVATIONS), "every activation, hidden and as output"
    assert {len(case["network"]["layers"]) for case in cases} == {1, 2, 3, 4}
    assert {len(case["inputs"]) for case in cases} == set(range(1, 17))
    return cases


# --- optimizers ---------------------------------------------------------------------------------------------------

# Our optimizer (what it does not say has its default), learning rate, PyTorch's.
OPTIMIZERS = [
    ({"name": "sgd"}, 0.5, lambda p, lr: torch.optim.SGD(p, lr)),
    ({"name": "momentum", "momentum": 0.9}, 0.1, lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9)),
    ({"name": "momentum", "momentum": 0.5}, 0.2, lambda p, lr: torch.optim.SGD(p, lr, momentum=0.5)),
    ({"name": "nesterov", "momentum": 0.9}, 0.1, lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9, nesterov=True)),
    ({"name": "adagrad"}, 0.1, lambda p, lr: torch.optim.Adagrad(p, lr, eps=1e-10)),
    ({"name": "rmsprop"}, 0.02, lambda p, lr: torch.optim.RMSprop(p, lr, alpha=0.9, eps=1e-8)),
    ({"name": "adam"}, 0.05, lambda p, lr: torch.optim.Adam(p, lr)),
    ({"name": "adamw"}, 0.05, lambda p, lr: torch.optim.AdamW(p, lr, weight_decay=0.01)),
    # PyTorch 1.13's plain NAdam multiplies its product of momenta by mu_t twice (mended in 2.0, pytorch#92699);
    # its foreach form computes the documented formula, as every later version does.
    ({"name": "nadam"}, 0.05, lambda p, lr: torch.optim.NAdam(p, lr, foreach=True)),
    ({"name": "rprop"}, 0.2, lambda p, lr: torch.optim.Rprop(p, lr)),
]


def optimizer_problems():
    generator = random.Random(30)
    plans = [
        ([2, 3, 2], ["sigmoid", "sigmoid"], "quadratic", None, {}),
        ([3, 5, 4, 3], ["relu", "tanh", "softmax"], "logLikelihood", None, {"l2": 0.01}),
        ([4, 6, 2], ["gelu", "sigmoid"], "crossEntropy", [False, True], {"l1": 0.005}),
    ]
    for widths, activations, loss, biases, penalties in plans:
        network = make_network(generator, widths, activations, loss, biases, **penalties)
        inputs = matrix(generator, 8, widths[0], -2.0, 2.0)
        yield network, inputs, make_targets(generator, loss, 8, widths[-1], hard=True)


def optimizer_case(options, learning_rate, make, network, inputs, targets):
    parameters = parameters_of(network)
    optimizer = make(list(parameters.values()), learning_rate)
    x, y, losses = torch.tensor(inputs), torch.tensor(targets), []
    for _ in range(10):
        samples, penalty, _, _ = evaluate(network, parameters, x, y)
        total = samples.mean() + penalty
        losses.append(total.item())
        optimizer.zero_grad()
        total.backward()
        # Optimizers that divide by |g| or take its sign would turn a gradient of pure rounding into a full step.
        for parameter in parameters.values():
            assert not ((parameter.grad != 0) & (parameter.grad.abs() < 1e-7)).any(), f"{options}: gradient near 0"
        optimizer.step()
    return {
        "optimizer": options,
        "learningRate": learning_rate,
        "network": network,
        "inputs": inputs,
        "targets": targets,
        "losses": losses,
        "final": {name: value.tolist() for name, value in parameters.items()},
    }


def optimizer_cases():
    problems = list(optimizer_problems())
    return [optimizer_case(*optimizer, *problem) for optimizer in OPTIMIZERS for problem in problems]


def write(file, cases):
    """One case a line; Python writes a float as the shortest decimal that reads back as the same float64."""
    text = "[\n" + ",\n".join(json.dumps(case, allow_nan=False) for case in cases) + "\n]\n"
    (FIXTURES / file).write_text(text, encoding="utf-8")
    print(f"{file}: {len(cases)} cases, {len(text)} bytes")


if __name__ == "__main__":
    FIXTURES.mkdir(exist_ok=True)
    write("pytorch-gradients.json", gradient_cases())
    write("pytorch-optimizers.json", optimizer_cases())
