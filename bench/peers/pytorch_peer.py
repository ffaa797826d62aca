# PyTorch: nn.Sequential, autograd and torch.optim, as its tutorials write it.
import re

import torch
from task import cycle, main

activations = {"sigmoid": torch.nn.Sigmoid, "relu": torch.nn.ReLU}
optimizers = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}


def model_of(task):
    """The network; a softmax at its end is left to the loss, or to who predicts."""
    parts = []
    for i, (weight, bias, activation) in enumerate(task.layers):
        convolution = i < len(task.convolutions)
        if convolution:
            linear = torch.nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2:])
        else:
            linear = torch.nn.Linear(weight.shape[1], weight.shape[0])
        if task.convolutions and i == len(task.convolutions):
            parts.append(torch.nn.Flatten())
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weight))
            linear.bias.copy_(torch.from_numpy(bias))
        parts.append(linear)
        if activation != "softmax":
            parts.append(activations[activation]())
        if convolution:
            parts.append(torch.nn.MaxPool2d(task.convolutions[i]["pool"]))
    return torch.nn.Sequential(*parts)


def cost(task):
    if task.loss == "quadratic":
        return lambda a, y: 0.5 * ((a - y) ** 2).sum(1).mean()
    return torch.nn.CrossEntropyLoss()


def build():
    config = torch.__config__.show()
    found = re.findall(r"MKL-DNN v[\d.]+|CPU capability usage: \w+|BLAS_INFO=\w+|USE_MKL=\w+", config)
    return ", ".join([torch.__version__, *found, f"{torch.get_num_threads()} thread(s)"])


def open_session(task):
    torch.set_num_threads(task.threads)
    model = model_of(task)
    inputs = task.inputs.reshape(-1, *task.image) if task.convolutions else task.inputs
    if task.kind == "train":
        # Classes and not one-hot rows where the loss takes them: the shorter way.
        targets = task.targets.argmax(axis=1) if task.loss == "logLikelihood" else task.targets
        pairs = [(torch.from_numpy(x), torch.from_numpy(y))
                 for x, y in zip(task.batches(inputs), task.batches(targets))]
        batches = cycle(pairs)
        optimizer = optimizers[task.optimizer["name"]](model.parameters(), lr=task.optimizer["learningRate"])
        loss = cost(task)

        def step():
            x, y = next(batches)
            optimizer.zero_grad(set_to_none=True)
            loss(model(x), y).backward()
            optimizer.step()

        return build(), step, lambda: [parameter.detach().numpy() for parameter in model.parameters()]

    if task.activations[-1] == "softmax":
        model.append(torch.nn.Softmax(dim=1))
    # One sample comes as a list of numbers and goes as one; a batch comes as an array.
    batches = cycle([x.tolist() if task.batch == 1 else torch.from_numpy(x) for x in task.batches(inputs)])

    @torch.inference_mode()
    def predict():
        x = next(batches)
        return model(torch.tensor(x) if task.batch == 1 else x).tolist()

    with torch.inference_mode():
        outputs = model(torch.from_numpy(inputs[:256])).numpy()
    return build(), predict, lambda: [outputs]


if __name__ == "__main__":
    main(open_session)
