# Writes fixtures/sample-weights.json: what PyTorch computes, in float64, where samples count differently: the loss with
# reduction='none', times each sample's weight (and its class's), then the plain mean over the batch. Not a test.
#
#     /usr/bin/python3 test/golden/sample_weights.py

import json
from pathlib import Path

import torch
import torch.nn.functional as F

FIXTURE = Path(__file__).parent / "fixtures" / "sample-weights.json"

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

STEPS, RATE = 4, 0.1


def losses(name, z, y):
    """Each sample's loss by PyTorch's own functions, not reduced."""
    if name == "logLikelihood":
        return F.cross_entropy(z, y.argmax(1), reduction="none")
    if name == "crossEntropy":
        return F.binary_cross_entropy_with_logits(z, y, reduction="none").sum(1)
    return F.mse_loss(z, y, reduction="none").mean(1)


def case(name, loss, output, units, class_weights, l2, generator):
    draw = lambda *shape: torch.round(torch.randn(*shape, generator=generator), decimals=4)
    inputs = draw(7, 3)
    labels = torch.randint(0, max(units, 2), (7,), generator=generator)
    if loss == "logLikelihood":
        targets = F.one_hot(labels, units).double()
    elif loss == "crossEntropy":
        targets = labels.double().reshape(7, 1)
    else:
        targets = draw(7, units)
    weights = torch.tensor([1.0, 0.0, 2.5, 0.3, 1.0, 7.0, 0.125])
    whole = weights if class_weights is None else weights * torch.tensor(class_weights)[labels]
    parameters = {
        "layers.0.weight": draw(4, 3),
        "layers.0.bias": draw(4),
        "layers.1.weight": draw(units, 4),
        "layers.1.bias": draw(units),
    }
    start = {key: value.tolist() for key, value in parameters.items()}
    parameters = {key: value.requires_grad_() for key, value in parameters.items()}

    def value():
        hidden = torch.tanh(F.linear(inputs, parameters["layers.0.weight"], parameters["layers.0.bias"]))
        z = F.linear(hidden, parameters["layers.1.weight"], parameters["layers.1.bias"])
        penalty = sum((p**2).sum() for key, p in parameters.items() if key.endswith("weight"))
        return (whole * losses(loss, z, targets)).mean() + l2 / 2 * penalty

    optimizer = torch.optim.SGD(parameters.values(), lr=RATE)
    seen = []
    for step in range(STEPS):
        optimizer.zero_grad()
        total = value()
        total.backward()
        if step == 0:
            gradients = {key: p.grad.tolist() for key, p in parameters.items()}
        seen.append(total.item())
        optimizer.step()
    return {
        "name": name,
        "network": {
            "input": [3],
            "layers": [
                {"type": "dense", "units": 4, "activation": "tanh"},
                {"type": "dense", "units": units, "activation": output},
            ],
            "loss": loss,
            "l2": l2,
            "parameters": start,
        },
        "inputs": inputs.tolist(),
        "targets": targets.tolist(),
        "labels": labels.tolist(),
        "weights": weights.tolist(),
        "classWeights": class_weights,
        "learningRate": RATE,
        "losses": seen,
        "gradients": gradients,
        "final": {key: p.tolist() for key, p in parameters.items()},
    }


generator = torch.Generator().manual_seed(4)
CASES = [
    ("numbers", "meanSquared", "linear", 2, None, 0.0),
    ("classes", "logLikelihood", "softmax", 3, None, 0.02),
    ("classes with weights of their own", "logLikelihood", "softmax", 3, [1.0, 3.0, 0.5], 0.0),
    ("two classes, one output", "crossEntropy", "sigmoid", 1, None, 0.01),
    ("two classes with weights, one output", "crossEntropy", "sigmoid", 1, [0.4, 2.0], 0.0),
]
FIXTURE.write_text("[\n" + ",\n".join(json.dumps(case(*one, generator)) for one in CASES) + "\n]\n")
print(f"{len(CASES)} cases with PyTorch {torch.__version__}")
