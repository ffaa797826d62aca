# scikit-learn: MLPClassifier.partial_fit over 64 batches a call, so that its checks of the data count little.
import numpy
import sklearn
from sklearn.neural_network import MLPClassifier
from task import main

batches_a_call = 64
solvers = {"sgd": {"solver": "sgd", "momentum": 0, "nesterovs_momentum": False}, "adam": {"solver": "adam"}}
activations = {"sigmoid": "logistic", "relu": "relu"}


def classifier_of(task):
    model = MLPClassifier(
        hidden_layer_sizes=task.sizes[1:-1],
        activation=activations[task.activations[0]],
        learning_rate_init=task.optimizer["learningRate"],
        batch_size=task.batch,
        alpha=0,
        # Its ε is added before the correction of v, which is 0.001 at the first step: there this is the usual 1e-8.
        epsilon=1e-8 * 0.001**0.5,
        shuffle=False,
        **solvers[task.optimizer["name"]],
    )
    # One-hot rows make it multi-label (sigmoid, cross-entropy); classes make it a softmax.
    labels = task.targets.argmax(axis=1) if task.activations[-1] == "softmax" else task.targets.astype(int)
    # A first call makes its arrays; then they get the task's numbers, and the optimizer's state begins anew.
    model.partial_fit(task.inputs[: task.batch], labels[: task.batch], classes=numpy.arange(task.sizes[-1]))
    for i, (weight, bias, _) in enumerate(task.layers):
        model.coefs_[i][:] = weight.T
        model.intercepts_[i][:] = bias
    del model._optimizer
    return model, labels


def restart(model, task):
    """What partial_fit does at its first call, for the optimizer alone."""
    from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

    params = model.coefs_ + model.intercepts_
    rate = task.optimizer["learningRate"]
    if model.solver == "adam":
        model._optimizer = AdamOptimizer(params, rate, model.beta_1, model.beta_2, model.epsilon)
    else:
        model._optimizer = SGDOptimizer(params, rate, "constant", 0, False, model.power_t)


def open_session(task):
    model, labels = classifier_of(task)
    restart(model, task)
    steps = 1 if task.mode == "validate" else batches_a_call
    rows = task.batch * steps
    starts = list(range(0, task.count - rows + 1, rows))
    place = -1

    def step():
        nonlocal place
        place = (place + 1) % len(starts)
        chunk = slice(starts[place], starts[place] + rows)
        model.partial_fit(task.inputs[chunk], labels[chunk])

    def read():
        return [part for weight, bias in zip(model.coefs_, model.intercepts_) for part in (weight.T, bias)]

    return f"{sklearn.__version__}, {model.coefs_[0].dtype}", step, read, steps


if __name__ == "__main__":
    main(open_session)
