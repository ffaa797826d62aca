# Writes fixtures/metrics.json: what scikit-learn says of made-up outputs. Not a test, and no formula is typed in here.
#
#     /usr/bin/python3 test/golden/metrics.py

import json
import random
import warnings
from pathlib import Path

import numpy as np
from sklearn import metrics

FIXTURE = Path(__file__).parent / "fixtures" / "metrics.json"
EPSILON = 2.0**-52


def averages(truths, answers):
    return {
        average: dict(
            zip(
                ("precision", "recall", "f1"),
                metrics.precision_recall_fscore_support(truths, answers, average=average, zero_division=0)[:3],
            )
        )
        for average in ("macro", "micro", "weighted")
    }


def each(truths, answers, labels):
    columns = metrics.precision_recall_fscore_support(truths, answers, labels=labels, average=None, zero_division=0)
    return [dict(zip(("precision", "recall", "f1", "support"), row)) for row in zip(*(column.tolist() for column in columns))]


def area(truths, outputs):
    return metrics.roc_auc_score(truths, outputs) if 0 < sum(truths) < len(truths) else None


def classes_case(draw, name, count, classes, digits=None, absent=()):
    """Softmax outputs; with `digits`, outputs rounded so coarsely that many are equal, and top-k left out: ties go by class."""
    present = [k for k in range(classes) if k not in absent]
    truths = np.array(present + [draw.choice(present) for _ in range(count - len(present))])
    logits = np.array([[draw.gauss(1.2 * (truth == k), 1) for k in range(classes)] for truth in truths])
    outputs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    if digits is not None:
        outputs = outputs.round(digits)
    answers = outputs.argmax(axis=1)
    labels = list(range(classes))
    one_hot = [[int(truth == k) for k in labels] for truth in truths]
    areas = [area([row[k] for row in one_hot], outputs[:, k]) for k in labels]
    known = [one for one in areas if one is not None]
    return {
        "name": name,
        "labels": truths.tolist(),
        "outputs": outputs.tolist(),
        "accuracy": metrics.accuracy_score(truths, answers),
        "confusion": metrics.confusion_matrix(truths, answers, labels=labels).tolist(),
        "classes": [{**row, "rocAuc": one} for row, one in zip(each(truths, answers, labels), areas)],
        **averages(truths, answers),
        "rocAuc": areas[1] if classes == 2 else float(np.mean(known)),
        "logLoss": metrics.log_loss(truths, outputs, labels=labels, eps=EPSILON),
        "topK": None
        if digits is not None or classes == 2
        else [metrics.top_k_accuracy_score(truths, outputs, k=k, labels=labels) for k in range(1, min(5, classes) + 1)],
    }


def single_output_case(draw, name, count, digits):
    truths = np.array([0, 1] + [draw.randrange(2) for _ in range(count - 2)])
    outputs = np.array([1 / (1 + np.exp(-draw.gauss(2 * truth - 1, 1.5))) for truth in truths]).round(digits)
    answers = (outputs > 0.5).astype(int)
    return {
        "name": name,
        "labels": truths.tolist(),
        "outputs": [[one] for one in outputs.tolist()],
        "accuracy": metrics.accuracy_score(truths, answers),
        "confusion": metrics.confusion_matrix(truths, answers).tolist(),
        "classes": [
            {**row, "rocAuc": one}
            for row, one in zip(each(truths, answers, [0, 1]), (area(1 - truths, 1 - outputs), area(truths, outputs)))
        ],
        **averages(truths, answers),
        "rocAuc": area(truths, outputs),
        "logLoss": metrics.log_loss(truths, outputs, eps=EPSILON),
        "topK": None,
    }


def labels_case(draw, name, count, width, silent=()):
    """Yes/no labels; those in `silent` no sample has and no output gives."""
    truths = np.array([[int(k not in silent and draw.random() < 0.4) for k in range(width)] for _ in range(count)])
    outputs = 1 / (1 + np.exp(-np.array([[draw.gauss(2 * y - 1, 1) for y in row] for row in truths])))
    outputs = outputs.round(2)
    outputs[:, list(silent)] *= 0.3
    answers = (outputs > 0.5).astype(int)
    areas = [area(truths[:, k], outputs[:, k]) for k in range(width)]
    losses = [metrics.log_loss(truths[:, k], outputs[:, k], labels=[0, 1], eps=EPSILON) for k in range(width)]
    return {
        "name": name,
        "targets": truths.tolist(),
        "outputs": outputs.tolist(),
        "accuracy": 1 - metrics.hamming_loss(truths, answers),
        "exactMatch": metrics.accuracy_score(truths, answers),
        "labels": [{**row, "rocAuc": one} for row, one in zip(each(truths, answers, None), areas)],
        **averages(truths, answers),
        "rocAuc": float(np.mean([one for one in areas if one is not None])),
        "logLoss": float(np.mean(losses)),
    }


def errors(truths, answers):
    return {
        "r2": metrics.r2_score(truths, answers),
        "rmse": float(np.sqrt(metrics.mean_squared_error(truths, answers))),
        "mae": metrics.mean_absolute_error(truths, answers),
    }


def numbers_case(draw, name, count, width, constant=()):
    truths = np.array([[3.5 if k in constant else draw.gauss(10 * k, 1 + 3 * k) for k in range(width)] for _ in range(count)])
    answers = truths + np.array([[draw.gauss(0.1, 0.5) for _ in range(width)] for _ in range(count)])
    return {
        "name": name,
        "targets": truths.tolist(),
        "outputs": answers.tolist(),
        **errors(truths, answers),
        "columns": [errors(truths[:, k], answers[:, k]) for k in range(width)],
    }


def main():
    warnings.simplefilter("ignore")
    draw = random.Random(2024)
    fixture = {
        "classes": [
            classes_case(draw, "three classes", 60, 3),
            classes_case(draw, "ten classes", 200, 10),
            classes_case(draw, "many equal outputs, rows that do not sum to 1, certain mistakes", 120, 4, digits=1),
            classes_case(draw, "a class that no sample has", 50, 5, absent=(2,)),
            classes_case(draw, "two classes, two outputs", 40, 2),
            single_output_case(draw, "two classes, one output", 40, 6),
            single_output_case(draw, "two classes, one output, many equal and some certain", 80, 1),
        ],
        "labels": [
            labels_case(draw, "four labels", 60, 4),
            labels_case(draw, "a label that is never there", 40, 3, silent=(1,)),
        ],
        "numbers": [
            numbers_case(draw, "one target", 50, 1),
            numbers_case(draw, "three targets of different spread", 50, 3),
            numbers_case(draw, "a constant target", 30, 2, constant=(0,)),
        ],
    }
    sections = [
        f"{json.dumps(kind)}: [\n" + ",\n".join(json.dumps(case, allow_nan=False) for case in cases) + "\n]"
        for kind, cases in fixture.items()
    ]
    FIXTURE.write_text("{" + ",\n".join(sections) + "}\n", encoding="utf-8")
    print(f"{FIXTURE.name}: {sum(map(len, fixture.values()))} cases")


if __name__ == "__main__":
    main()
