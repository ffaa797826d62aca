# Writes fixtures/preprocessing.json: what scikit-learn, SciPy and NumPy make of columns of numbers. Not a test.
#
#     /usr/bin/python3 test/golden/preprocessing.py

import json
from pathlib import Path

import numpy as np
from scipy.stats import pearsonr, skew
from scipy.stats.contingency import association, crosstab
from sklearn.preprocessing import QuantileTransformer, RobustScaler, StandardScaler

rng = np.random.default_rng(7)
columns = {
    "lognormal": np.exp(rng.normal(3, 1.2, 240)).round(4),
    "normal": rng.normal(-5, 2, 240).round(4),
    "outlier": np.concatenate([rng.uniform(0, 1, 239).round(4), [900.0]]),
}
elsewhere = np.array([-1e6, -4.2, 0.3, 17.5, 1e6])


def transformed(scaler, values):
    return scaler.transform(values.reshape(-1, 1)).ravel().tolist()


def fitted(values):
    column = values.reshape(-1, 1)
    quantile = QuantileTransformer(n_quantiles=101, subsample=10**6).fit(column)
    logged = np.log1p(values) if (values >= 0).all() else None
    return {
        "values": values.tolist(),
        "skewness": float(skew(values)),
        "robust": transformed(RobustScaler().fit(column), elsewhere),
        "quantile": transformed(quantile, elsewhere),
        "quantileOfTraining": transformed(quantile, values[:20]),
        "log": None if logged is None else StandardScaler().fit_transform(logged.reshape(-1, 1)).ravel()[:20].tolist(),
    }


def correlation_ratio(values, classes):
    total = ((values - values.mean()) ** 2).sum()
    groups = [values[classes == one] for one in np.unique(classes)]
    return float(np.sqrt(sum(len(g) * (g.mean() - values.mean()) ** 2 for g in groups) / total))


first = rng.choice(["a", "b", "c"], 240)
second = np.where(rng.random(240) < 0.6, first, rng.choice(["a", "b", "c", "d"], 240))
associations = {
    "first": first.tolist(),
    "second": second.tolist(),
    "pearson": float(pearsonr(columns["lognormal"], columns["normal"] + columns["lognormal"] / 20)[0]),
    "correlationRatio": correlation_ratio(columns["lognormal"], first),
    "cramersV": float(association(crosstab(first, second)[1], method="cramer")),
}
fixture = {"associations": associations, "elsewhere": elsewhere.tolist(), "columns": {name: fitted(values) for name, values in columns.items()}}
target = Path(__file__).parent / "fixtures" / "preprocessing.json"
target.write_text(json.dumps(fixture) + "\n")
