"""H2O.ai's group-by questions in pandas and in Polars: h2o.py CSV pandas|polars. The commands on stdin are those of peer.ts."""

import json
import sys
import time

import numpy as np

TEXTS = ["id1", "id2", "id3"]


def in_pandas(path):
    import pandas as pd

    x = pd.read_csv(path, dtype=dict.fromkeys(TEXTS, "category"))

    def by(*keys):
        return x.groupby(list(keys), as_index=False, sort=False, observed=True, dropna=True)

    def largest_two():
        sorted_x = x[["id6", "v3"]].sort_values("v3", ascending=False)
        groups = sorted_x.groupby("id6", sort=False)
        first = groups.nth(0).rename(columns={"v3": "largest_v3"})
        return first.merge(groups.nth(1).rename(columns={"v3": "second_v3"}), on="id6", how="left")

    def r2():
        groups = x.groupby(["id2", "id4"], sort=False, observed=True)[["v1", "v2"]]
        return groups.apply(lambda own: own["v1"].corr(own["v2"]) ** 2).rename("r2").reset_index()

    questions = {
        "q1": lambda: by("id1").agg(v1_sum=("v1", "sum")),
        "q2": lambda: by("id1", "id2").agg(v1_sum=("v1", "sum")),
        "q3": lambda: by("id3").agg(v1_sum=("v1", "sum"), v3_mean=("v3", "mean")),
        "q4": lambda: by("id4").agg(v1_mean=("v1", "mean"), v2_mean=("v2", "mean"), v3_mean=("v3", "mean")),
        "q5": lambda: by("id6").agg(v1_sum=("v1", "sum"), v2_sum=("v2", "sum"), v3_sum=("v3", "sum")),
        "q7": lambda: by("id3").agg(most=("v1", "max"), least=("v2", "min")).assign(range_v1_v2=lambda d: d.most - d.least),
        "q8": largest_two,
        "q9": r2,
    }

    def numbers(table):
        wanted = [name for name in table.columns if name not in ("most", "least")]
        texts = {name: table[name].astype(str).str[2:] for name in TEXTS if name in wanted}
        return {name: texts.get(name, table[name]).astype(np.float64).to_numpy() for name in wanted}

    return f"pandas {pd.__version__}", questions, numbers


def in_polars(path):
    import polars as pl

    x = pl.read_csv(path).with_columns(pl.col(TEXTS).cast(pl.Categorical))
    c = pl.col
    questions = {
        "q1": lambda: x.group_by("id1").agg(v1_sum=c.v1.sum()),
        "q2": lambda: x.group_by("id1", "id2").agg(v1_sum=c.v1.sum()),
        "q3": lambda: x.group_by("id3").agg(v1_sum=c.v1.sum(), v3_mean=c.v3.mean()),
        "q4": lambda: x.group_by("id4").agg(v1_mean=c.v1.mean(), v2_mean=c.v2.mean(), v3_mean=c.v3.mean()),
        "q5": lambda: x.group_by("id6").agg(v1_sum=c.v1.sum(), v2_sum=c.v2.sum(), v3_sum=c.v3.sum()),
        "q7": lambda: x.group_by("id3").agg(range_v1_v2=c.v1.max() - c.v2.min()),
        "q8": lambda: x.group_by("id6")
        .agg(top=c.v3.top_k(2).sort(descending=True))
        .select("id6", largest_v3=c.top.list.get(0), second_v3=c.top.list.get(1, null_on_oob=True)),
        "q9": lambda: x.group_by("id2", "id4").agg(r2=pl.corr("v1", "v2") ** 2),
    }

    def numbers(table):
        texts = [c(name).cast(pl.String).str.slice(2).alias(name) for name in TEXTS if name in table.columns]
        made = table.with_columns(texts).cast(pl.Float64).fill_null(np.nan)
        return {name: made[name].to_numpy() for name in made.columns}

    return f"Polars {pl.__version__}", questions, numbers


def answer(value):
    print(json.dumps(value), flush=True)


def main(path, library):
    version, questions, numbers = {"pandas": in_pandas, "polars": in_polars}[library](path)
    answer({"version": version})
    results = {}
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "run":
            start = time.perf_counter()
            results[argument] = questions[argument]()
            answer({"ms": (time.perf_counter() - start) * 1000})
        else:
            for question, table in results.items():
                for name, values in numbers(table).items():
                    values.tofile(f"{argument}/{question}.{name}.f64")
            answer({})


main(*sys.argv[1:])
