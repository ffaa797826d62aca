# NumPy: one batch is one matrix, in float32 throughout. What a careful textbook implementation comes to.
import numpy
from task import cycle, main


def sigmoid(z):
    return 1 / (1 + numpy.exp(-z))


def softmax(z):
    e = numpy.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


activations = {"sigmoid": sigmoid, "softmax": softmax, "relu": lambda z: numpy.maximum(z, 0)}


def forward(layers, x):
    outputs = [x]
    for weight, bias, activation in layers:
        outputs.append(activations[activation](outputs[-1] @ weight.T + bias))
    return outputs


def train(layers, x, y, rate):
    """One step of gradient descent on the quadratic cost; sigmoid layers."""
    a = forward(layers, x)
    rate = numpy.float32(rate / len(x))
    delta = (a[-1] - y) * a[-1] * (1 - a[-1])
    for i in range(len(layers) - 1, -1, -1):
        weight, bias, _ = layers[i]
        gradient = delta.T @ a[i]
        bias_gradient = delta.sum(axis=0)
        if i > 0:
            delta = (delta @ weight) * a[i] * (1 - a[i])
        weight -= rate * gradient
        bias -= rate * bias_gradient


def blas():
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "BLAS unknown (threadpoolctl is not installed)"
    found = [f"{lib['internal_api']} {lib['version']} {lib['architecture']}, {lib['num_threads']} thread(s)"
             for lib in threadpool_info() if lib["user_api"] == "blas"]
    return "; ".join(found) or "no optimized BLAS"


def open_session(task):
    layers = [(weight.copy(), bias.copy(), activation) for weight, bias, activation in task.layers]
    build = f"{numpy.__version__}, {blas()}"
    if task.kind == "train":
        batches = cycle(list(zip(task.batches(task.inputs), task.batches(task.targets))))

        def step():
            x, y = next(batches)
            train(layers, x, y, task.optimizer["learningRate"])

        return build, step, lambda: [part for weight, bias, _ in layers for part in (weight, bias)]

    # One sample comes as a list of numbers and goes as one; a batch comes as an array.
    rows = [x.tolist() if task.batch == 1 else x for x in task.batches(task.inputs)]
    batches = cycle(rows)

    def predict():
        return forward(layers, numpy.asarray(next(batches), numpy.float32))[-1].tolist()

    return build, predict, lambda: [forward(layers, task.inputs[:256])[-1]]


if __name__ == "__main__":
    main(open_session)
