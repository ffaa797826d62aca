#!/usr/bin/env python3
"""Writes fixtures/misconceptions.json.gz: steps of training as people work them who make one of the known mistakes.

Usage: /usr/bin/python3 test/golden/misconceptions.py   (NumPy alone; the same bytes each time on one machine)

Nothing here is taken from the library: forward, backward and updates are written out below from the textbook's rules,
and each mistake stands where it is made, under its id. README.md beside this file describes what is written.
"""

import gzip
import json
import random
from pathlib import Path

import numpy as np

ENOUGH = 30  # cases for each mistake in which it changes a number


# Rules ----------------------------------------------------------------------------------------------------------------

def activate(name, z):
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0)
    if name == "softmax":
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    return z


def derivative(name, z, a):
    """f'(z) as the textbooks write it: by a where that is shorter."""
    if name == "sigmoid":
        return a * (1 - a)
    if name == "tanh":
        return 1 - a**2
    if name == "relu":
        return (z > 0).astype(float)
    return np.ones_like(z)


def slope(name, z, a, mistake):
    if name in ("sigmoid", "tanh"):
        if mistake == "derivative-evaluated-at-z":
            return derivative(name, z, z)
        if mistake == "activation-applied-twice-in-derivative":
            return derivative(name, a, activate(name, a))
    if name == "relu" and mistake == "relu-derivative-left-out":
        return np.ones_like(z)
    return derivative(name, z, a)


def loss_terms(name, a, y, mistake):
    outputs = a.shape[1]
    doubled = 2 if mistake == "loss-factor-half-dropped" else 1
    if name == "quadratic":
        return doubled * (a - y) ** 2 / 2
    if name == "halfMeanSquared":
        return doubled * (a - y) ** 2 / (2 * outputs)
    if name == "meanSquared":
        return (a - y) ** 2 / outputs
    if name == "crossEntropy":
        second = (1 - y) * np.log(1 - a)
        return -y * np.log(a) + (second if mistake == "cross-entropy-sign-of-second-term" else -second)
    return -np.where(y > 0, y * np.log(np.where(y > 0, a, 1)), 0)


def loss_slope(name, a, y, mistake):
    """dC/da of one sample."""
    outputs = a.shape[1]
    factor = {"loss-factor-half-kept": 0.5, "loss-factor-half-dropped": 2}.get(mistake, 1)
    if name == "quadratic":
        e = factor * (a - y)
    elif name == "halfMeanSquared":
        e = factor * (a - y) / outputs
    elif name == "meanSquared":
        e = 2 * (a - y) / outputs
    elif name == "crossEntropy":
        e = (a - y) / (a * (1 - a))
        if mistake == "cross-entropy-keeps-activation-derivative":
            e = a - y
    else:
        e = np.where(y > 0, -y / np.where(y > 0, a, 1), 0)
    return -e if mistake == "error-sign-reversed" else e


def softmax_back(e, z, a, mistake):
    """delta_j = sum over i of dC/da_i  a_i (1_ij - a_j)"""
    if mistake == "softmax-diagonal-only":
        return e * a * (1 - a)
    p = z if mistake == "softmax-jacobian-from-z" else a
    return np.stack([(np.diag(row) - np.outer(row, row)) @ error for row, error in zip(p, e)])


def correlate(x, weight, stride, padding):
    """Cross-correlation of images [s,i,h,w] with kernels [o,i,u,v]."""
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    u, v = weight.shape[2:]
    rows, columns = [(size - k) // stride + 1 for size, k in zip(x.shape[2:], (u, v))]
    out = np.zeros((x.shape[0], weight.shape[0], rows, columns))
    for r in range(rows):
        for c in range(columns):
            window = x[:, :, r * stride:r * stride + u, c * stride:c * stride + v]
            out[:, :, r, c] = np.einsum("oiuv,siuv->so", weight, window)
    return out


def correlation_gradients(x, weight, delta, stride, padding, mistake):
    """Each sample's dC/dw, and dC/dx."""
    u, v = weight.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    back = np.zeros_like(padded)
    grad = np.zeros((x.shape[0], *weight.shape))
    # Each pixel's error comes back through the very weight that it met; with the kernel turned round it is another one.
    carrier = weight[:, :, ::-1, ::-1] if mistake == "convolution-kernel-not-rotated" else weight
    for r in range(delta.shape[2]):
        for c in range(delta.shape[3]):
            here = np.s_[:, :, r * stride:r * stride + u, c * stride:c * stride + v]
            grad += np.einsum("so,siuv->soiuv", delta[:, :, r, c], padded[here])
            back[here] += np.einsum("so,oiuv->siuv", delta[:, :, r, c], carrier)
    h, w = x.shape[2:]
    return grad, back[:, :, padding:padding + h, padding:padding + w]


# One step -------------------------------------------------------------------------------------------------------------

def step(case, params, state, t, mistake=None, variant=None):
    """All quantities of step t by their names, and the parameters after it. Per-sample ones have a row for each sample."""
    net, layers = case["network"], case["network"]["layers"]
    x, y = np.array(case["inputs"], float), np.array(case["targets"], float)
    m, last = len(x), len(layers) - 1
    q, zs, acts = {}, [], [x]

    for n, layer in enumerate(layers):
        a, w, b = acts[n], params.get(f"layers.{n}.weight"), params.get(f"layers.{n}.bias")
        if b is not None and mistake == "bias-left-out-of-forward":
            b = np.zeros_like(b)
        if layer["type"] == "flatten":
            z = a.reshape(m, -1)
        elif layer["type"] == "dense":
            z = a @ w.T + (0 if b is None else b)
        else:
            z = correlate(a, w, layer.get("stride", 1), layer.get("padding", 0)) + (0 if b is None else b[:, None, None])
        q[f"layers.{n}.z"] = z
        if "activation" in layer:
            name = layer["activation"]
            if name == "softmax" and mistake == "softmax-without-exponential":
                a = z / z.sum(axis=1, keepdims=True)
            else:
                a = activate(name, z)
            q[f"layers.{n}.a"] = a
        else:
            a = z
        zs.append(z)
        acts.append(a)

    out = acts[-1]
    terms = loss_terms(net["loss"], out, y, mistake)
    q["loss.terms"] = terms
    summed_loss = mistake == "batch-sum-instead-of-mean" and variant == "gradients and loss"
    data = terms.sum() / (1 if summed_loss else m)
    l1, l2 = net.get("l1", 0), net.get("l2", 0)
    if l1 or l2:
        on_bias = mistake == "penalty-on-bias" and variant == "gradients and loss"
        penalised = [value for name, value in params.items() if on_bias or name.endswith("weight")]
        q["loss.penalty"] = sum(l2 / 2 * (p**2).sum() + l1 * np.abs(p).sum() for p in penalised)
        q["loss.data"] = data
        q["loss"] = data + q["loss.penalty"]
    else:
        q["loss"] = data

    error = loss_slope(net["loss"], out, y, mistake)
    short = matching(net)
    if mistake == "errors-averaged-before-backprop":
        every = lambda v: np.broadcast_to(v.mean(axis=0), v.shape)
        error, short_delta = every(error), every(out - y)
        zs, acts = [every(z) for z in zs], [every(a) for a in acts]
        out = acts[-1]
    else:
        short_delta = -(out - y) if mistake == "error-sign-reversed" else out - y

    after = dict(params)
    for n in range(last, -1, -1):
        layer = layers[n]
        z, a, incoming = zs[n], acts[n + 1], acts[n]
        name = layer.get("activation")
        # delta
        if n == last:
            delta = output_delta(name, short, short_delta, error, z, a, y, mistake)
        elif name is None:
            delta = back
        elif mistake == "hidden-delta-omits-activation-derivative":
            delta = back
        else:
            delta = back * slope(name, z, a, mistake)
        q[f"layers.{n}.delta"] = delta
        if layer["type"] == "flatten":
            back = delta.reshape(incoming.shape)
            continue
        # gradients: the mean over the samples of each one's own
        w = params[f"layers.{n}.weight"]
        if layer["type"] == "dense":
            each = weight_gradients(delta, a, incoming, w, zs, layers, n, mistake)
            each_bias = delta
            if mistake == "bias-gradient-uses-input":
                k = min(int(variant[2:]), incoming.shape[1] - 1)
                each_bias = delta * incoming[:, k:k + 1]
        else:
            each, back_conv = correlation_gradients(
                incoming, w, delta, layer.get("stride", 1), layer.get("padding", 0), mistake)
            each_bias = delta.sum(axis=(2, 3))
        divisor = {"batch-sum-instead-of-mean": 1, "batch-mean-taken-twice": m * m}.get(mistake, m)
        grads = {f"layers.{n}.weight": each.sum(axis=0) / divisor}
        if f"layers.{n}.bias" in params:
            grads[f"layers.{n}.bias"] = each_bias.sum(axis=0) / divisor
        for parameter, g in grads.items():
            penalised = parameter.endswith("weight") and mistake != "penalty-left-out"
            if penalised or (parameter.endswith("bias") and mistake == "penalty-on-bias"):
                g = g + l2 * params[parameter] + l1 * np.sign(params[parameter])
            q[f"{parameter}.grad"] = g
            if parameter not in net.get("frozen", []):
                after[parameter] = update(case, parameter, params[parameter], g, state, t, q, mistake)
                q[f"{parameter}.next"] = after[parameter]
        # the error of the layer before
        carrier = after[f"layers.{n}.weight"] if mistake == "hidden-delta-uses-updated-weights" else w
        if layer["type"] == "dense":
            sent = error if n == last and mistake == "hidden-error-skips-output-derivative" else delta
            back = hand_back(sent, carrier, mistake, variant)
        elif mistake == "hidden-delta-uses-updated-weights":
            _, back = correlation_gradients(
                incoming, carrier, delta, layer.get("stride", 1), layer.get("padding", 0), mistake)
        else:
            back = back_conv
    return q, after


def matching(net):
    """Whether the output's delta is a - y."""
    return (net["layers"][-1]["activation"], net["loss"]) in (("sigmoid", "crossEntropy"), ("softmax", "logLikelihood"))


def output_delta(name, short, short_delta, error, z, a, y, mistake):
    if name == "softmax":
        if mistake == "softmax-same-error-for-every-output":
            return np.broadcast_to(((a - 1) * y).sum(axis=1, keepdims=True), a.shape)
        if mistake in ("softmax-diagonal-only", "softmax-jacobian-from-z"):
            return softmax_back(error, z, a, mistake)
    if short and mistake != "cross-entropy-keeps-activation-derivative":
        return short_delta
    if mistake == "output-delta-omits-activation-derivative":
        return error
    if name == "softmax":
        return softmax_back(error, z, a, mistake)
    return error * slope(name, z, a, mistake)


def weight_gradients(delta, a, incoming, w, zs, layers, n, mistake):
    """Each sample's dC/dw_jk = delta_j a_k, a dense layer's."""
    if mistake == "gradient-uses-weight":
        return delta[:, :, None] * w
    if mistake == "gradient-uses-own-activation":
        return np.repeat((delta * a)[:, :, None], w.shape[1], axis=2)
    if mistake == "gradient-uses-weighted-input" and n > 0 and layers[n - 1].get("activation", "linear") != "linear":
        return delta[:, :, None] * zs[n - 1][:, None, :]
    if mistake == "weight-gradient-transposed" and is_square(w):
        return incoming[:, :, None] * delta[:, None, :]
    return delta[:, :, None] * incoming[:, None, :]


def is_square(w):
    return w.shape[0] == w.shape[1] > 1


def hand_back(delta, w, mistake, variant):
    """dC/da_k = sum over j of w_jk delta_j, through a dense layer's weights."""
    if mistake == "backward-uses-untransposed-weights" and is_square(w):
        return delta @ w.T
    if mistake == "only-one-downstream-neuron" and len(w) > 1:
        j = min(int(variant[2:]), len(w) - 1)
        return delta[:, j:j + 1] * w[j]
    if mistake == "weight-left-out-of-path":
        return np.repeat(delta.sum(axis=1, keepdims=True), w.shape[1], axis=1)
    return delta @ w


def update(case, name, w, g, state, t, q, mistake):
    """The parameter after the step; its states are kept, and named among the quantities."""
    eta = 1 if mistake == "learning-rate-left-out" else case["learningRate"]
    if mistake == "adds-the-gradient":
        eta = -eta
    kind, settings = case["optimizer"]["name"], case["optimizer"]["settings"]

    def keep(key, value):
        state[name, key] = value
        q[f"{name}.{key}.next"] = value
        return value

    old = lambda key: state.get((name, key), np.zeros_like(w))
    if kind in ("momentum", "nesterov"):
        mu = settings["momentum"]
        v = keep("velocity", (-mu if mistake == "momentum-sign" else mu) * old("velocity") - eta * g)
        new = w + v if kind == "momentum" else w + mu * v - eta * g
    elif kind in ("adam", "adamw"):
        b1, b2, eps = settings["beta1"], settings["beta2"], settings["epsilon"]
        mean = keep("m", b1 * old("m") + (1 - b1) * g)
        square = keep("v", b2 * old("v") + (1 - b2) * g**2)
        for key, moment, beta in (("m", mean, b1), ("v", square, b2)):
            if mistake == "adam-bias-correction-missing":
                hat = moment
            elif mistake == "adam-bias-correction-multiplied":
                hat = moment * (1 - beta**t)
            else:
                hat = moment / (1 - beta**t)
            q[f"{name}.{key}.corrected"] = hat
        decayed = w
        if kind == "adamw":
            decayed = w - case["learningRate"] * settings["weightDecay"] * w
            q[f"{name}.decayed"] = decayed
        new = decayed - eta * q[f"{name}.m.corrected"] / (np.sqrt(q[f"{name}.v.corrected"]) + eps)
    else:
        new = w - eta * g
    if name.endswith("bias") and mistake == "bias-not-updated":
        return w
    return new


# Which mistakes can be made on what ------------------------------------------------------------------------------------

def ways(case):
    """Every mistake that can be made on this network, with each way of making it."""
    net, layers = case["network"], case["network"]["layers"]
    params = net["parameters"]
    frozen = net.get("frozen", [])
    last = len(layers) - 1
    dense = [n for n, layer in enumerate(layers) if layer["type"] == "dense"]
    weighted = [n for n, layer in enumerate(layers) if layer["type"] != "flatten"]
    behind = [n for n in dense if n > 0]
    weight = lambda n: np.array(params[f"layers.{n}.weight"])
    biases = [name for name in params if name.endswith("bias")]
    output = layers[last]["activation"]
    hidden = [layer["activation"] for layer in layers[:-1] if layer.get("activation", "linear") != "linear"]
    bent = hidden + ([] if matching(net) else [output])
    kind = case["optimizer"]["name"]
    found = []
    add = lambda condition, mistake, variants=(None,): condition and found.extend((mistake, v) for v in variants)

    add(any(n > 0 and f"layers.{n}.weight" not in frozen for n in weighted), "hidden-delta-uses-updated-weights")
    add(not matching(net) and output not in ("linear", "relu"), "output-delta-omits-activation-derivative")
    add("relu" in hidden + [output], "relu-derivative-left-out")
    add(any(name != "relu" for name in hidden), "hidden-delta-omits-activation-derivative")
    add(behind and not matching(net) and output != "linear", "hidden-error-skips-output-derivative")
    for mistake in ("derivative-evaluated-at-z", "activation-applied-twice-in-derivative"):
        add(any(name in ("sigmoid", "tanh") for name in bent), mistake)
    add(True, "gradient-uses-weight")
    add(True, "gradient-uses-own-activation")
    add(any(layers[n - 1].get("activation", "linear") != "linear" for n in behind), "gradient-uses-weighted-input")
    add(any(is_square(weight(n)) for n in behind), "backward-uses-untransposed-weights")
    add(any(is_square(weight(n)) for n in dense), "weight-gradient-transposed")
    rows = max([len(weight(n)) for n in behind], default=0)
    add(rows > 1, "only-one-downstream-neuron", [f"j={j}" for j in range(rows)])
    add(behind, "weight-left-out-of-path")
    add(True, "error-sign-reversed")
    add(True, "adds-the-gradient")
    add(True, "learning-rate-left-out")
    add(net["loss"] in ("quadratic", "halfMeanSquared"), "loss-factor-half-kept")
    add(net["loss"] in ("quadratic", "halfMeanSquared"), "loss-factor-half-dropped")
    add(True, "batch-sum-instead-of-mean", ("gradients", "gradients and loss"))
    add(True, "batch-mean-taken-twice")
    add(len(dense) == len(layers), "errors-averaged-before-backprop")
    add(any(name not in frozen for name in biases), "bias-not-updated")
    add(biases, "bias-left-out-of-forward")
    columns = max([weight(n).shape[1] for n in dense if f"layers.{n}.bias" in params], default=0)
    add(columns, "bias-gradient-uses-input", [f"k={k}" for k in range(columns)])
    if output == "softmax":
        add(True, "softmax-without-exponential")
        add(True, "softmax-diagonal-only")
        add(True, "softmax-jacobian-from-z")
        add(matching(net), "softmax-same-error-for-every-output")
    add(net["loss"] == "crossEntropy", "cross-entropy-keeps-activation-derivative")
    add(net["loss"] == "crossEntropy", "cross-entropy-sign-of-second-term")
    if net.get("l1") or net.get("l2"):
        add(True, "penalty-left-out")
        add(biases, "penalty-on-bias", ("gradients", "gradients and loss"))
    add(kind in ("momentum", "nesterov"), "momentum-sign")
    add(kind in ("adam", "adamw"), "adam-bias-correction-missing")
    add(kind in ("adam", "adamw"), "adam-bias-correction-multiplied")
    add(any(layer["type"] == "conv2d" and n > 0 for n, layer in enumerate(layers)), "convolution-kernel-not-rotated")
    return found


# Cases ----------------------------------------------------------------------------------------------------------------

def quantities(case, mistake=None, variant=None):
    """The quantities of every step; those of the second are named after.1.…"""
    params = {name: np.array(value, float) for name, value in case["network"]["parameters"].items()}
    state, found = {}, {}
    for t in range(1, case["steps"] + 1):
        q, params = step(case, params, state, t, mistake, variant)
        before = "" if t == 1 else f"after.{t - 1}."
        found.update({before + name: value for name, value in q.items()})
    return found


def draw(rng, shape, low=-1.0, high=1.0):
    return np.round(np.array([rng.uniform(low, high) for _ in range(int(np.prod(shape)))]).reshape(shape), 2).tolist()


def make(rng, family):
    """A random network of a family with its batch."""
    conv = family == "convolution"
    m = rng.choice([1, 2, 2, 3]) if not conv else rng.choice([1, 2])
    if conv:
        shape = [1, 4, 4]
        layers = [conv_layer(rng), conv_layer(rng, family), {"type": "flatten"}]
        units = rng.choice([1, 2])
        layers.append({"type": "dense", "units": units, "activation": rng.choice(["sigmoid", "linear"])})
        losses = ["quadratic"]
    else:
        shape = [rng.choice([1, 2, 2, 3])]
        width = rng.choice([2, 2, 3])
        names = {"relu": ["relu", "relu", "sigmoid"], "softmax": ["sigmoid", "tanh"]}.get(family, ["sigmoid", "tanh"])
        depth = rng.choice([1, 1, 2])
        layers = [dense_layer(rng, rng.choice([width, width, 1 + rng.randrange(3)]), rng.choice(names))
                  for _ in range(depth)]
        if family == "relu":
            layers[0]["activation"] = "relu"
        output = {"cross-entropy": "sigmoid", "softmax": "softmax"}.get(
            family, rng.choice(["sigmoid", "sigmoid", "tanh", "linear"] + (["relu"] if family == "relu" else [])))
        units = 1 + rng.randrange(3) if family != "softmax" else rng.choice([2, 3])
        layers.append(dense_layer(rng, units, output))
        losses = {"cross-entropy": ["crossEntropy"], "softmax": ["logLikelihood"]}.get(
            family, ["quadratic", "quadratic", "halfMeanSquared", "meanSquared"])
    net = {"input": shape, "layers": layers, "loss": rng.choice(losses)}
    if family == "penalty":
        net.update(rng.choice([{"l2": 0.1}, {"l1": 0.05}, {"l2": 0.02, "l1": 0.03}]))
    net["parameters"] = parameters(rng, net, family)
    biases = [name for name in net["parameters"] if name.endswith("bias")]
    if biases and rng.random() < 0.1:
        net["frozen"] = [rng.choice(biases)]
    kind = rng.choice({"momentum": ["momentum", "nesterov"], "adam": ["adam", "adamw"]}.get(family, ["sgd"]))
    settings = {
        "sgd": {},
        "momentum": {"momentum": 0.9},
        "nesterov": {"momentum": 0.8},
        "adam": {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
        "adamw": {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.01},
    }[kind]
    # Adam's first step hardly depends on the size of the gradients, and momentum's not at all on the momentum.
    steps = 2 if family in ("momentum", "adam") else rng.choice([1, 1, 1, 1, 2]) if not conv else 1
    return {
        "family": family,
        "network": net,
        "inputs": [draw(rng, shape) for _ in range(m)],
        "targets": [target(rng, layers[-1]["activation"], family, units) for _ in range(m)],
        "learningRate": rng.choice([0.01, 0.1] if family == "adam" else [0.1, 0.25, 0.5, 2]),
        "optimizer": {"name": kind, "settings": settings},
        "steps": steps,
    }


def dense_layer(rng, units, activation):
    bias = {"bias": False} if rng.random() < 0.05 else {}
    return {"type": "dense", "units": units, "activation": activation, **bias}


def conv_layer(rng, second=None):
    layer = {"type": "conv2d", "filters": rng.choice([1, 2]) if second is None else 1, "kernel": 2,
             "activation": rng.choice(["sigmoid", "tanh", "relu"])}
    if second is not None and rng.random() < 0.3:
        layer["padding"] = 1
    if second is not None and rng.random() < 0.3:
        layer["stride"] = 2
    return layer


def parameters(rng, net, family):
    found, shape = {}, net["input"]
    for n, layer in enumerate(net["layers"]):
        if layer["type"] == "flatten":
            shape = [int(np.prod(shape))]
            continue
        if layer["type"] == "dense":
            size, shape = [layer["units"], shape[0]], [layer["units"]]
        else:
            size = [layer["filters"], shape[0], 2, 2]
            s, p = layer.get("stride", 1), layer.get("padding", 0)
            shape = [layer["filters"]] + [(side + 2 * p - 2) // s + 1 for side in shape[1:]]
        # Shares without exponentials are probabilities, and have logarithms, where the weighted inputs are positive.
        low = 0.1 if family == "softmax" and layer["activation"] == "softmax" else -1
        found[f"layers.{n}.weight"] = draw(rng, size, low)
        if layer.get("bias", True):
            found[f"layers.{n}.bias"] = draw(rng, size[:1], 1 if low > 0 else -1, 2 if low > 0 else 1)
    return found


def target(rng, activation, family, units):
    if family == "softmax":
        right = rng.randrange(units)
        return [int(j == right) for j in range(units)]
    if family == "cross-entropy":
        return [rng.choice([0, 1]) for _ in range(units)]
    return draw(rng, [units], 0 if activation in ("sigmoid", "relu") else -1)


def number(value):
    return float(f"{value:.11g}")


def listed(value):
    return number(value) if np.ndim(value) == 0 else [listed(entry) for entry in value]


def worked(case, wanted):
    """The case with its right quantities, every way to go wrong, and for the wanted mistakes what comes out otherwise."""
    right = quantities(case)
    wrong = []
    for mistake, variant in ways(case):
        entry = {"misconception": mistake, **({"variant": variant} if variant else {})}
        found = quantities(case, mistake, variant)
        assert found.keys() == right.keys(), mistake
        other = {name: value for name, value in found.items() if not np.allclose(value, right[name], 1e-9, 1e-12)}
        if not all(np.isfinite(value).all() for value in other.values()):
            return None
        if wanted(mistake):
            entry["values"] = {name: listed(value) for name, value in other.items()}
        wrong.append(entry)
    return {**case, "right": {name: listed(value) for name, value in right.items()}, "wrong": wrong}


def main():
    rng = random.Random(1)
    families = ["plain", "cross-entropy", "softmax", "relu", "penalty", "momentum", "adam", "convolution"]
    total = 31 * len(families)
    cases, counts = [], {}
    while len(cases) < total or min(counts.values()) < ENOUGH:
        # What can be made anywhere is taken from all families alike, what is rare wherever it can be made.
        share = ENOUGH * (len(cases) + 1) / total + 2
        case = worked(make(rng, families[len(cases) % len(families)]), lambda mistake: counts.get(mistake, 0) < share)
        if case is None:
            continue
        cases.append(case)
        for mistake in {entry["misconception"] for entry in case["wrong"] if entry.get("values")}:
            counts[mistake] = counts.get(mistake, 0) + 1
    for mistake, count in sorted(counts.items()):
        print(f"{count:4d}  {mistake}")
    text = json.dumps(cases, separators=(",", ":")).encode()
    path = Path(__file__).parent / "fixtures" / "misconceptions.json.gz"
    path.write_bytes(gzip.compress(text, 9, mtime=0))
    print(f"{len(cases)} cases, {len(text):,} bytes, {path.stat().st_size:,} packed")


if __name__ == "__main__":
    with np.errstate(all="ignore"):  # what is not finite is drawn again
        main()
