"""What numpy, pandas and Python answer for odd and random columns: writes oracle.json, which functions.test.ts reads.

    python3 -m venv oracle && oracle/bin/pip install numpy==2.4.6 pandas==3.1.1
    oracle/bin/python test/conformance/oracle.py

A missing value, and what is not finite, is null. Dates are epoch milliseconds.
"""

import decimal
import functools
import io
import json
import math
import pathlib
import platform
import random
import warnings

import numpy as np
import pandas as pd
from dateutil.relativedelta import relativedelta

warnings.simplefilter("ignore")
random.seed(4)


def sparse(values, missing):
    return [None if random.random() < missing else value for value in values]


def instant(text):
    return int(pd.Timestamp(text, tz="UTC").timestamp() * 1000)


instants = [
    instant(text)
    for text in """2024-02-29T00:00:00 2023-02-28T23:59:59 2024-03-31T01:30:00 2024-10-27T01:30:00 2024-12-30T12:00:00
    2025-01-01T00:00:00 1999-12-31T23:59:59 1970-01-01T00:00:00 1968-06-15T06:00:00 2100-03-01T18:45:30
    2021-01-03T03:00:00 2000-02-29T12:00:00 1900-03-01T00:00:00 2024-01-31T00:00:00 2024-03-01T00:00:00
    1969-12-29T12:00:00 2016-01-01T00:00:00 2020-12-31T23:59:59""".split()
]
words = ["x", "Xy", " padded ", "a-b-c", "42", "grün", "日本語", "ß", "Ä", "z", "", "-1.5", "TRUE", "aaa", "\uffee", "😀", "é"]

columns = [
    ("nothing", "number", []),
    ("all missing", "number", [None, None, None]),
    ("one", "number", [3.5]),
    ("one among missing ones", "number", [None, 2, None]),
    ("two", "number", [4, -1]),
    ("zeros", "number", [0, -0.0, 0, None, -0.0]),
    ("zero and others", "number", [0, 1, None, 0, 5]),
    ("negative", "number", [-3, -1.5, -3, -7.25]),
    ("ties", "number", [2, 3, 1, 3, 2, None, 1]),
    ("huge", "number", [1e300, 3e300, None, 2e300]),
    ("huge, of both signs", "number", [1e300, -1e300, 1e300]),
    ("too large together", "number", [1.7e308, 1.7e308, 1.7e308]),
    ("far apart", "number", [-1.7e308, 1.7e308]),
    ("tiny", "number", [1e-300, 3e-300, 5e-324]),
    ("far from 0, close together", "number", [1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3]),
    ("whole, as large as they are exact", "number", [9007199254740991, -9007199254740991, 1]),
    ("random", "number", sparse([random.gauss(10, 1000) for _ in range(60)], 0.15)),
    ("random, with ties", "number", sparse([random.randrange(-3, 4) for _ in range(200)], 0.1)),
    ("random, without missing ones", "number", [random.uniform(-1, 1) for _ in range(101)]),
    ("no text", "text", []),
    ("all text missing", "text", [None, None]),
    ("one text", "text", ["a"]),
    ("empty text", "text", ["", None, "a", ""]),
    ("texts of everywhere", "text", words),
    ("random texts", "text", sparse([random.choice(words) for _ in range(80)], 0.15)),
    ("no truth", "boolean", []),
    ("all truth missing", "boolean", [None, None]),
    ("true", "boolean", [True, None, True]),
    ("false", "boolean", [False]),
    ("random truth", "boolean", sparse([random.random() < 0.4 for _ in range(50)], 0.15)),
    ("no date", "date", []),
    ("all dates missing", "date", [None, None]),
    ("one date", "date", [instants[0]]),
    ("random dates", "date", sparse([random.choice(instants) for _ in range(40)], 0.15)),
]

probes = {"number": 3, "text": "a", "boolean": True, "date": pd.Timestamp("2024-02-29", tz="UTC")}


def plain(value):
    """A value as JSON has it."""
    if isinstance(value, (pd.Series, np.ndarray, list, tuple, pd.api.extensions.ExtensionArray)):
        return [plain(each) for each in value]
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, pd.Timestamp):
        return value.value // 1_000_000
    if isinstance(value, pd.Timedelta):
        return value.value / 1_000_000
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else None
    return str(value)


def series(kind, values):
    if kind == "number":
        return pd.Series(values, dtype="float64")
    if kind == "text":
        return pd.Series(values, dtype="object")
    if kind == "boolean":
        return pd.Series(values, dtype="boolean")
    return pd.Series(pd.to_datetime(pd.Series(values, dtype="Int64"), unit="ms", utc=True))


def first_of(values):
    return values.iloc[0] if len(values) > 0 else None


def place(find, values):
    return int(find(values)) if values.notna().any() else None


def in_pandas(kind, s):
    """Operations that every kind of column has, then those of numbers."""
    present = s.dropna()
    mask = pd.Series([at % 3 != 1 for at in range(len(s))], dtype="bool")
    yield "length", lambda: len(s)
    yield "count", lambda: s.count()
    yield "nunique", lambda: s.nunique()
    yield "min", lambda: s.min() if kind != "text" else min(present, default=None)
    yield "max", lambda: s.max() if kind != "text" else max(present, default=None)
    yield "mode", lambda: first_of(s.mode())
    yield "first", lambda: first_of(s.groupby([0] * len(s)).first())
    yield "last", lambda: first_of(s.groupby([0] * len(s)).last())
    yield "unique", lambda: present.unique()
    yield "sort", lambda: s.sort_values(kind="stable", na_position="last")
    yield "sort('descending')", lambda: s.sort_values(kind="stable", ascending=False, na_position="last")
    yield "lag(1)", lambda: s.shift(1)
    yield "lag(2)", lambda: s.shift(2)
    yield "lead(1)", lambda: s.shift(-1)
    yield "rank", lambda: s.rank(method="average")
    yield "filter", lambda: s[mask]
    yield "where", lambda: s.where(mask)
    yield "slice(1, -1)", lambda: s.iloc[1:-1]
    yield "at(-1)", lambda: s.iloc[-1] if len(s) > 0 else None
    yield "toArray", lambda: s
    found = np.flatnonzero((s == probes[kind]).fillna(False))
    yield "includes", lambda: len(found) > 0
    yield "indexOf", lambda: found[0] if len(found) > 0 else -1
    if kind in ("number", "boolean", "date"):
        yield "argmin", lambda: place(lambda each: each.argmin(), s)
        yield "argmax", lambda: place(lambda each: each.argmax(), s)
    if kind in ("number", "boolean", "text"):
        yield "any", lambda: bool(present.astype("bool").any())
        yield "all", lambda: bool(present.astype("bool").all())
    if kind in ("number", "date"):
        yield "mean", lambda: s.mean()
        yield "median", lambda: s.median()
        yield "diff", lambda: s.diff(1)
        yield "diff(2)", lambda: s.diff(2)
        for p in (0, 0.1, 0.25, 0.5, 0.9, 1):
            yield f"quantile({p})", lambda p=p: s.quantile(p)
    if kind in ("number", "boolean"):
        yield "sum", lambda: s.sum()
    if kind == "boolean":
        yield "mean", lambda: s.mean()
    if kind == "text":
        yield "join", lambda: s.fillna("").str.cat(sep=",") if len(s) > 0 else ""
    if kind != "number":
        return
    yield "std", lambda: s.std()
    yield "var", lambda: s.var()
    yield "cov", lambda: s.cov(s.shift(1))
    yield "corr", lambda: s.corr(s.shift(1))
    yield "cumsum", lambda: s.cumsum()
    for aggregate in ("mean", "min", "max", "std", "var", "median", "count"):
        yield f"rolling(3).{aggregate}", lambda aggregate=aggregate: getattr(s.rolling(3, min_periods=1), aggregate)()
    yield "rolling(3).sum", lambda: s.rolling(3, min_periods=0).sum()
    yield "rolling(4, 4).mean", lambda: s.rolling(4).mean()
    yield "map", lambda: s.map(lambda each: each * 2, na_action="ignore")
    yield "reduce", lambda: functools.reduce(lambda a, b: max(a, b), present) if len(present) > 0 else None
    yield "some", lambda: (s > 2).any()
    yield "every", lambda: (present > 0).all()
    yield "find", lambda: first_of(s[s > 2])
    yield "findIndex", lambda: next(iter(np.flatnonzero(s > 2)), -1)


def in_numpy(kind, s):
    if kind != "number":
        return
    values = s.to_numpy()
    some = len(s.dropna()) > 0
    yield "sum", lambda: np.nansum(values)
    yield "mean", lambda: np.nanmean(values)
    yield "std", lambda: np.nanstd(values, ddof=1)
    yield "var", lambda: np.nanvar(values, ddof=1)
    yield "min", lambda: np.nanmin(values) if some else None
    yield "max", lambda: np.nanmax(values) if some else None
    yield "median", lambda: np.nanmedian(values)
    yield "nunique", lambda: len(np.unique(values[~np.isnan(values)]))
    yield "argmin", lambda: np.nanargmin(values) if some else None
    yield "argmax", lambda: np.nanargmax(values) if some else None
    pairs = np.array([pair for pair in zip(values[1:], values[:-1]) if not np.isnan(pair).any()]).T
    yield "cov", lambda: np.cov(*pairs)[0, 1] if len(pairs) > 0 else None
    yield "corr", lambda: np.corrcoef(*pairs)[0, 1] if len(pairs) > 0 else None
    yield "cumsum", lambda: np.nancumsum(values)
    yield "sort", lambda: np.sort(values)
    for p in (0, 0.1, 0.25, 0.5, 0.9, 1):
        yield f"quantile({p})", lambda p=p: np.nanquantile(values, p) if some else None


def in_bare_numpy(kind, s):
    """Functions that do not skip missing values, with nothing said."""
    values = s.to_numpy()
    if kind == "number" and len(values) > 0:
        for name in ("sum", "mean", "std", "var", "min", "max", "median"):
            yield name, lambda name=name: getattr(np, name)(values)


def answers(operations):
    return {name: plain(answer()) for name, answer in operations}


def months_between(a, b):
    apart = relativedelta(b, a)
    return apart.years * 12 + apart.months


def half_up(value, digits):
    """Rounded as the digits say that the number is written with, halves towards plus infinity."""
    unit = decimal.Decimal(1).scaleb(-digits)
    exact = decimal.Decimal(repr(value)) / unit
    return float((exact + decimal.Decimal("0.5")).to_integral_value(decimal.ROUND_FLOOR) * unit)


def scalars():
    decimal.getcontext().prec = 400
    for time in instants:
        t = pd.Timestamp(time, unit="ms", tz="UTC")
        yield "year", [time], {"pandas": t.year}
        yield "month", [time], {"pandas": t.month}
        yield "day", [time], {"pandas": t.day}
        yield "hour", [time], {"pandas": t.hour}
        yield "quarter", [time], {"pandas": t.quarter}
        yield "weekday", [time], {"pandas": t.isoweekday()}
        yield "isoWeek", [time], {"pandas": t.isocalendar().week}
        yield "isWeekend", [time], {"pandas": t.dayofweek >= 5}
        for other in instants:
            u = pd.Timestamp(other, unit="ms", tz="UTC")
            yield "daysBetween", [time, other], {"pandas": (u - t) / pd.Timedelta(days=1)}
            yield "monthsBetween", [time, other], {"dateutil": months_between(t, u)}
    numbers = [0, -0.0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 1.005, -1.005, 2.675, 1234.5678, 1e-10, 1e15 + 0.5, 1e300, 5e-324]
    numbers += [round(random.uniform(-1000, 1000), 3) for _ in range(30)]
    for value in numbers:
        for digits in (0, 1, 2, -2):
            made = {"decimal": half_up(value, digits), "numpy": np.round(value, digits)}
            yield "round", [value, digits], {name: plain(each) for name, each in made.items()}
        yield "clip", [value, -2, 3], {"numpy": plain(np.clip(value, -2, 3)), "pandas": plain(pd.Series([value]).clip(-2, 3)[0])}
    for a in (None, 1, 0):
        for b in (None, 2):
            made = plain(pd.Series([a], dtype="float64").combine_first(pd.Series([b], dtype="float64"))[0])
            yield "coalesce", [a, b], {"pandas": made}
            together = pd.Series([a, b], dtype="float64")
            yield "min", [a, b], {"numpy": plain(np.minimum(*together)), "pandas": plain(together.min())}
            yield "max", [a, b], {"numpy": plain(np.maximum(*together)), "pandas": plain(together.max())}
        yield "isMissing", [a], {"pandas": bool(pd.isna(a))}


# Single answers, as singles.ts asks for them.
questions = [
    "pd.Series([2.0]).astype(str)",
    "pd.Series([None, 6.0]) > 5",
    "np.isinf(pd.Series([1.0]) / 0)",
    "np.isnan(pd.Series([1.0, 1.0]).corr(pd.Series([1.0, 2.0])))",
    "pd.Series([1.0, None]).unique()",
    "pd.Series([1.0, 2.0]).rolling(2).mean()",
    "pd.Series([None, 1.0]).map(lambda x: 7)",
    "pd.Series([5.0, 5.0]).rank()",
    "pd.Series(['a', None, 'b']).str.cat(sep=',')",
    "np.isinf(np.log(0))",
    "np.isnan(np.sqrt(-1))",
    "np.isnan(np.arccos(2))",
    "round(2.5)",
    "round(2.675, 2)",
    "np.round(2.5)",
    "len('😀')",
    "any([])",
    "all([])",
    "pd.Timestamp('2024-06-02').weekday()",
    "pd.read_csv(io.StringIO('a\\nNA\\nn/a\\nNone\\nx\\n')).a",
]


def lines(made):
    """One line for each column and each call, so that changes can be read."""
    one = functools.partial(json.dumps, ensure_ascii=False)
    lists = [f'"{name}": [\n' + ",\n".join(map(one, made[name])) + "\n]" for name in ("columns", "scalars", "singles")]
    return "{\n" + ",\n".join(['"versions": ' + one(made["versions"]), *lists]) + "\n}\n"


def main():
    made = {
        "versions": {"python": platform.python_version(), "numpy": np.__version__, "pandas": pd.__version__},
        "columns": [
            {
                "name": name,
                "kind": kind,
                "values": values,
                "pandas": answers(in_pandas(kind, series(kind, values))),
                "numpy": answers(in_numpy(kind, series(kind, values))),
                "bare": answers(in_bare_numpy(kind, series(kind, values))),
            }
            for name, kind, values in columns
        ],
        "scalars": [{"function": name, "inputs": inputs, **{who: plain(each) for who, each in made.items()}} for name, inputs, made in scalars()],
        "singles": [{"question": question, "pandas": plain(eval(question))} for question in questions],
    }
    path = pathlib.Path(__file__).with_name("oracle.json")
    path.write_text(lines(made), encoding="utf-8")


main()
