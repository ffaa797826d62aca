# Writes fixtures/pytorch-layers.json: what PyTorch computes, in float64, for networks with convolutions, pooling and batch
# normalization. Not a test: autograd does all of the work. Dropout is no part of it, for its masks are our own.
#
#     /usr/bin/python3 test/golden/pytorch_layers.py

import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F

FIXTURE = Path(__file__).parent / "fixtures" / "pytorch-layers.json"

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

ACTIVATIONS = {
    "linear": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "gelu": lambda z: F.gelu(z, approximate="none"),
    "swish": F.silu,
    "softmax": lambda z: torch.softmax(z, dim=1),
}

LOSSES = {
    "quadratic": lambda a, y: 0.5 * ((a - y) ** 2).flatten(1).sum(1),
    "meanSquared": lambda a, y: ((a - y) ** 2).flatten(1).mean(1),
    "crossEntropy": lambda a, y: -(y * torch.log(a) + (1 - y) * torch.log(1 - a)).flatten(1).sum(1),
    "logLikelihood": lambda a, y: -(y * torch.log(a)).sum(1),
}


def pair(value):
    return value if isinstance(value, list) else [value, value]


def same_padding(x, kernel, stride):
    """As many places as ceil(size / stride), an odd pixel after: PyTorch's own for stride 1, ONNX's SAME_UPPER for others."""
    pads = []
    for length, size, step in zip(x.shape[2:], kernel, stride):
        total = max(0, (-(-length // step) - 1) * step + size - length)
        pads.append((total // 2, total - total // 2))
    return F.pad(x, [*pads[1], *pads[0]])


def convolve(x, layer, weight, bias):
    stride, padding = pair(layer.get("stride", 1)), layer.get("padding", 0)
    if padding == "same" and stride == [1, 1]:
        return F.conv2d(x, weight, bias, padding="same")
    if padding == "same":
        return F.conv2d(same_padding(x, pair(layer["kernel"]), stride), weight, bias, stride)
    return F.conv2d(x, weight, bias, stride, 0 if padding == "valid" else pair(padding))


def apply(x, layer, of, training):
    """The layer's z; `of(name)` is a parameter of the layer."""
    kind = layer["type"]
    if kind == "dense":
        return F.linear(x, of("weight"), of("bias"))
    if kind == "conv2d":
        return convolve(x, layer, of("weight"), of("bias"))
    if kind in ("maxPool2d", "avgPool2d"):
        pool = F.max_pool2d if kind == "maxPool2d" else F.avg_pool2d
        return pool(x, pair(layer["size"]), pair(layer.get("stride", layer["size"])))
    if kind == "globalAvgPool2d":
        return F.adaptive_avg_pool2d(x, 1).flatten(1)
    if kind == "flatten":
        return x.flatten(1)
    if kind == "batchNorm":
        statistics = of("runningMean"), of("runningVariance")
        settings = layer.get("momentum", 0.1), layer.get("epsilon", 1e-5)
        return F.batch_norm(x, *statistics, of("weight"), of("bias"), training, *settings)
    assert kind == "activation", kind
    return x


def forward(network, parameters, x, training=True):
    """Each layer's z, and the outputs. In training the running statistics among the parameters follow the batch."""
    weighted_inputs = []
    for index, layer in enumerate(network["layers"]):
        z = apply(x, layer, lambda name: parameters.get(f"layers.{index}.{name}"), training)
        weighted_inputs.append(z)
        x = ACTIVATIONS[layer.get("activation", "linear")](z)
    return weighted_inputs, x


def is_statistic(name):
    return ".running" in name


def tensors(network):
    values = network["parameters"].items()
    return {name: torch.tensor(value, requires_grad=not is_statistic(name)) for name, value in values}


def loss_of(network, parameters, outputs, targets):
    samples = LOSSES[network["loss"]](outputs, targets)
    weights = [value for name, value in parameters.items() if name.endswith(".weight")]
    return samples.mean() + network.get("l2", 0.0) / 2 * sum((w**2).sum() for w in weights)


def draw(generator, shape, low, high):
    """Nested lists of four-decimal numbers: readable, and exactly the number that any reader of the file gets."""
    if not shape:
        return round(generator.uniform(low, high), 4)
    return [draw(generator, shape[1:], low, high) for _ in range(shape[0])]


def parameters_for(generator, index, layer, shape):
    """Parameters of a layer whose input has this shape."""
    kind, has_bias = layer["type"], layer.get("bias", True)
    if kind == "dense":
        shapes, fan_in = {"weight": [layer["units"], shape[0]], "bias": [layer["units"]]}, shape[0]
    elif kind == "conv2d":
        kernel = pair(layer["kernel"])
        shapes = {"weight": [layer["filters"], shape[0], *kernel], "bias": [layer["filters"]]}
        fan_in = shape[0] * kernel[0] * kernel[1]
    elif kind == "batchNorm":
        ranges = {"weight": (0.5, 1.5), "bias": (-0.5, 0.5), "runningMean": (-0.5, 0.5), "runningVariance": (0.5, 1.5)}
        return {f"layers.{index}.{name}": draw(generator, shape[:1], *ends) for name, ends in ranges.items()}
    else:
        return {}
    bound = (2 / fan_in) ** 0.5
    named = {"weight": draw(generator, shapes["weight"], -bound, bound)}
    if has_bias:
        named["bias"] = draw(generator, shapes["bias"], -0.5, 0.5)
    return {f"layers.{index}.{name}": value for name, value in named.items()}


def make_network(generator, shape, layers, loss, **penalties):
    network = {"input": shape, "layers": layers, "loss": loss, **penalties, "parameters": {}}
    x = torch.zeros([2, *shape])
    for index, layer in enumerate(layers):
        network["parameters"] |= parameters_for(generator, index, layer, list(x.shape[1:]))
        own = {name: torch.tensor(value) for name, value in network["parameters"].items()}
        x = apply(x, layer, lambda name: own.get(f"layers.{index}.{name}"), False)
    return network, list(x.shape[1:])


def make_targets(generator, loss, samples, shape):
    if loss != "logLikelihood":
        return draw(generator, [samples, *shape], *((0.05, 0.95) if loss == "crossEntropy" else (-1.0, 1.0)))
    labels = [generator.randrange(shape[0]) for _ in range(samples)]
    return [[1.0 if j == label else 0.0 for j in range(shape[0])] for label in labels]


def training_case(name, network, inputs, targets):
    """One step's gradients, the running statistics after three of gradient descent, and the prediction after them."""
    parameters = tensors(network)
    x, y, learning_rate = torch.tensor(inputs, requires_grad=True), torch.tensor(targets), 0.1
    learned = {key: value for key, value in parameters.items() if not is_statistic(key)}
    case, losses = {"name": name, "network": network, "inputs": inputs, "targets": targets}, []
    for step in range(3):
        weighted_inputs, outputs = forward(network, parameters, x)
        total = loss_of(network, parameters, outputs, y)
        losses.append(total.item())
        # What the batch's mean loss changes with each z, times the batch: a sample's own delta where none depends on another.
        results = torch.autograd.grad(total, [*learned.values(), *weighted_inputs])
        gradients, deltas = results[: len(learned)], results[len(learned) :]
        if step == 0:
            case["loss"], case["outputs"] = total.item(), outputs.tolist()
            case["gradients"] = {key: gradient.tolist() for key, gradient in zip(learned, gradients)}
            case["deltas"] = {f"layers.{i}.delta": (len(inputs) * d).flatten(1).tolist() for i, d in enumerate(deltas)}
        with torch.no_grad():
            for value, gradient in zip(learned.values(), gradients):
                value -= learning_rate * gradient
    _, predictions = forward(network, parameters, x, training=False)
    final = {key: value.tolist() for key, value in parameters.items()}
    predicted = {"loss": loss_of(network, parameters, predictions, y).item(), "outputs": predictions.tolist()}
    return {**case, "learningRate": learning_rate, "losses": losses, "final": final, "prediction": predicted}


def conv(filters, kernel, activation="linear", **options):
    return {"type": "conv2d", "filters": filters, "kernel": kernel, **options, "activation": activation}


def dense(units, activation="linear", **options):
    return {"type": "dense", "units": units, **options, "activation": activation}


def pool(kind, size, stride=None):
    return {"type": f"{kind}Pool2d", "size": size, **({} if stride is None else {"stride": stride})}


FLATTEN, NORM, GLOBAL = {"type": "flatten"}, {"type": "batchNorm"}, {"type": "globalAvgPool2d"}


def act(name):
    return {"type": "activation", "activation": name}


# Input shape, layers, loss, samples, and penalties.
PLANS = [
    ("one kernel", [1, 3, 3], [conv(1, 2, "sigmoid")], "quadratic", 1, {}),
    ("several filters and channels", [2, 4, 5], [conv(3, 3, "tanh"), FLATTEN, dense(2)], "meanSquared", 3, {}),
    ("no bias, a kernel of 1", [3, 3, 2], [conv(2, 1, "relu", bias=False), FLATTEN, dense(3, "softmax")], "logLikelihood", 4, {}),
    ("kernel as a pair", [1, 5, 4], [conv(2, [2, 3], "gelu"), FLATTEN, dense(2, "sigmoid")], "crossEntropy", 3, {}),
    ("stride 2, a row left over", [2, 6, 5], [conv(2, 3, "tanh", stride=2), FLATTEN, dense(2)], "quadratic", 2, {}),
    ("stride as a pair, gaps", [1, 7, 6], [conv(2, [2, 1], "sigmoid", stride=[3, 2])], "quadratic", 2, {}),
    ("padding 1", [2, 4, 4], [conv(2, 3, "swish", padding=1), FLATTEN, dense(2)], "quadratic", 3, {"l2": 0.1}),
    ("padding as a pair, stride 2", [1, 5, 5], [conv(3, 3, "tanh", stride=2, padding=[2, 1])], "meanSquared", 2, {}),
    ("padding wider than the kernel", [1, 2, 3], [conv(2, 2, "linear", padding=3, bias=False)], "quadratic", 2, {}),
    ("valid", [1, 4, 4], [conv(2, 3, "tanh", padding="valid")], "quadratic", 2, {}),
    ("same, odd kernel", [2, 4, 5], [conv(2, 3, "tanh", padding="same")], "quadratic", 2, {}),
    ("same, even kernel", [1, 4, 5], [conv(2, [2, 4], "sigmoid", padding="same")], "quadratic", 2, {}),
    ("same, stride 2", [1, 5, 6], [conv(2, [3, 2], "tanh", stride=2, padding="same")], "quadratic", 2, {}),
    ("same, stride wider than the kernel", [1, 7, 8], [conv(2, 2, "tanh", stride=3, padding="same")], "quadratic", 2, {}),
    ("two convolutions", [1, 6, 6], [conv(2, 3, "relu"), conv(3, 2, "tanh"), FLATTEN, dense(2)], "quadratic", 3, {}),
    ("max-pooling", [1, 6, 6], [conv(2, 3, "tanh"), pool("max", 2), FLATTEN, dense(3, "softmax")], "logLikelihood", 3, {}),
    ("max-pooling of overlapping windows", [2, 5, 5], [conv(2, 2, "tanh"), pool("max", 3, 1), FLATTEN, dense(2)], "quadratic", 3, {}),
    ("max-pooling with pairs and a rest", [1, 7, 8], [conv(2, 2, "sigmoid"), pool("max", [2, 3], [3, 2]), FLATTEN, dense(2)], "quadratic", 2, {}),
    ("max-pooling of ties after relu", [1, 6, 6], [conv(3, 3, "relu"), pool("max", 2), FLATTEN, dense(2)], "quadratic", 4, {}),
    ("max-pooling first", [2, 4, 4], [pool("max", 2), conv(2, 2, "tanh"), FLATTEN, dense(2)], "quadratic", 3, {}),
    ("average pooling", [1, 6, 6], [conv(2, 3, "tanh"), pool("avg", 2), FLATTEN, dense(2)], "quadratic", 3, {}),
    ("average pooling of overlapping windows", [2, 5, 6], [conv(2, 2, "gelu"), pool("avg", [3, 2], [1, 2]), FLATTEN, dense(2)], "quadratic", 3, {}),
    ("global average pooling", [2, 4, 5], [conv(4, 3, "relu"), GLOBAL, dense(3, "softmax")], "logLikelihood", 3, {}),
    ("batch norm of features", [4], [dense(5, bias=False), NORM, act("tanh"), dense(2)], "quadratic", 6, {}),
    ("batch norm after an activation", [3], [dense(4, "sigmoid"), NORM, dense(3, "softmax")], "logLikelihood", 5, {"l2": 0.05}),
    ("batch norm of two samples", [2], [dense(3), NORM, dense(2, "sigmoid")], "crossEntropy", 2, {}),
    ("batch norm of the input", [3], [NORM, dense(2)], "meanSquared", 4, {}),
    ("batch norm of maps", [1, 4, 5], [conv(3, 2, bias=False), NORM, act("relu"), FLATTEN, dense(2)], "quadratic", 4, {}),
    ("batch norm of one sample's maps", [2, 4, 4], [conv(2, 3, "tanh"), NORM, GLOBAL, dense(2)], "quadratic", 1, {}),
    ("batch norm with other settings", [3], [dense(4), {**NORM, "momentum": 0.3, "epsilon": 0.01}, dense(2)], "quadratic", 5, {}),
    ("batch norm twice", [1, 5, 5], [conv(2, 2), NORM, act("tanh"), conv(2, 2), NORM, act("swish"), pool("max", 2), FLATTEN, dense(3, "softmax")], "logLikelihood", 4, {"l2": 0.01}),
    ("everything", [1, 8, 8], [conv(3, 3, "relu", padding="same"), pool("max", 2), NORM, conv(4, 3, "tanh", padding=1), pool("avg", 2), FLATTEN, dense(3, "softmax")], "logLikelihood", 4, {}),
]


def cases():
    generator = random.Random(40)
    for index, (name, shape, layers, loss, samples, penalties) in enumerate(PLANS):
        network, output = make_network(generator, shape, layers, loss, **penalties)
        inputs = draw(generator, [samples, *shape], -2.0, 2.0)
        yield training_case(f"{index:02d}: {name}", network, inputs, make_targets(generator, loss, samples, output))


if __name__ == "__main__":
    # One case a line; Python writes a float as the shortest decimal that reads back as the same float64.
    written = [json.dumps(case, allow_nan=False) for case in cases()]
    text = "[\n" + ",\n".join(written) + "\n]\n"
    FIXTURE.write_text(text, encoding="utf-8")
    print(f"{FIXTURE.name}: {len(written)} cases, {len(text)} bytes")
