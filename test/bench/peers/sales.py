"""The model of test/bench/sales.features.ts in pandas and in Polars.

sales.py FOLDER WAY         serves: the commands on stdin are those of peer.ts
sales.py CSV WAY FOLDER     from a CSV file to FOLDER/rows.csv and groups.csv
"""

import json
import sys
import time

import numpy as np

ROWS = ["margin", "margin_pct", "unit_price", "is_large", "score", "revenue_share", "margin_excess"]
GROUPS = ["pin", "total_revenue", "mean_margin", "max_unit_price", "std_score", "large_count", "max_share"]


def numbers(folder, name):
    return np.fromfile(f"{folder}/{name}.f64")


def table(folder):
    columns = {name: numbers(folder, name) for name in ("revenue", "cost", "quantity")}
    return {"pin": numbers(folder, "pin").astype(np.int64), **columns}


def pandas_original(columns):
    """As ModelDriver's first version computed: each function called for each row, each aggregate by groupby.apply."""
    import pandas as pd

    data = pd.DataFrame(columns)
    row_features = {
        "margin": lambda revenue, cost: revenue - cost,
        "margin_pct": lambda margin, revenue: margin / revenue * 100,
        "unit_price": lambda revenue, quantity: revenue / quantity,
        "is_large": lambda revenue, quantity: 1.0 if revenue > 500 and quantity > 10 else 0.0,
        "score": lambda quantity, margin_pct: quantity**0.5 * margin_pct + 1,
    }
    group_features = {
        "total_revenue": lambda revenue: revenue.sum(),
        "mean_margin": lambda margin: margin.mean(),
        "max_unit_price": lambda unit_price: unit_price.max(),
        "std_score": lambda score: score.std(),
        "large_count": lambda is_large: is_large.sum(),
    }
    on_groups = {
        "revenue_share": lambda revenue, total_revenue: revenue / total_revenue,
        "margin_excess": lambda margin, mean_margin: margin - mean_margin,
    }

    def per_row(frame, functions):
        for name, function in functions.items():
            inputs = function.__code__.co_varnames[: function.__code__.co_argcount]
            frame[name] = np.vectorize(function, otypes=[float])(*(frame[each].values for each in inputs))

    def per_group(frame, functions):
        found = {}
        for name, function in functions.items():
            column = function.__code__.co_varnames[0]
            found[name] = frame.groupby("pin")[[column]].apply(lambda own: function(own[column]))
        return pd.DataFrame(found).reset_index()

    def run():
        rows = data.copy()
        per_row(rows, row_features)
        groups = per_group(rows, group_features)
        rows = rows.merge(groups, on="pin", how="left")
        per_row(rows, on_groups)
        groups = groups.merge(per_group(rows, {"max_share": lambda revenue_share: revenue_share.max()}), on="pin")
        return rows, groups

    return f"pandas {pd.__version__}", run


def pandas_idiomatic(columns):
    import pandas as pd

    data = pd.DataFrame(columns)

    def run():
        rows = data.assign(
            margin=lambda d: d.revenue - d.cost,
            margin_pct=lambda d: d.margin / d.revenue * 100,
            unit_price=lambda d: d.revenue / d.quantity,
            is_large=lambda d: ((d.revenue > 500) & (d.quantity > 10)).astype(float),
            score=lambda d: np.sqrt(d.quantity) * d.margin_pct + 1,
        )
        groups = rows.groupby("pin", as_index=False).agg(
            total_revenue=("revenue", "sum"),
            mean_margin=("margin", "mean"),
            max_unit_price=("unit_price", "max"),
            std_score=("score", "std"),
            large_count=("is_large", "sum"),
        )
        rows = rows.merge(groups[["pin", "total_revenue", "mean_margin"]], on="pin", how="left")
        rows["revenue_share"] = rows.revenue / rows.total_revenue
        rows["margin_excess"] = rows.margin - rows.mean_margin
        groups = groups.merge(rows.groupby("pin", as_index=False).agg(max_share=("revenue_share", "max")), on="pin")
        return rows, groups

    return f"pandas {pd.__version__}", run


def pandas_tuned(columns):
    """Groups found once, arrays without an index, what numpy does faster than pandas done by numpy."""
    import pandas as pd

    pin, revenue, cost, quantity = (columns[name] for name in ("pin", "revenue", "cost", "quantity"))

    def run():
        margin = revenue - cost
        margin_pct = margin / revenue * 100
        unit_price = revenue / quantity
        is_large = ((revenue > 500) & (quantity > 10)).astype(float)
        score = np.sqrt(quantity) * margin_pct + 1

        codes, pins = pd.factorize(pin)
        count = len(pins)
        size = np.bincount(codes, minlength=count)

        def total(values):
            return np.bincount(codes, weights=values, minlength=count)

        def largest(values):
            return pd.Series(values, copy=False).groupby(codes, sort=False).max().to_numpy()

        total_revenue = total(revenue)
        mean_margin = total(margin) / size
        deviation = score - (total(score) / size)[codes]
        with np.errstate(divide="ignore", invalid="ignore"):
            std_score = np.sqrt(total(deviation * deviation) / (size - 1))
        revenue_share = revenue / total_revenue[codes]
        rows = {
            "margin": margin,
            "margin_pct": margin_pct,
            "unit_price": unit_price,
            "is_large": is_large,
            "score": score,
            "revenue_share": revenue_share,
            "margin_excess": margin - mean_margin[codes],
        }
        groups = {
            "pin": pins,
            "total_revenue": total_revenue,
            "mean_margin": mean_margin,
            "max_unit_price": largest(unit_price),
            "std_score": std_score,
            "large_count": total(is_large),
            "max_share": largest(revenue_share),
        }
        return rows, groups

    return f"pandas {pd.__version__}", run


def polars(columns):
    import polars as pl

    data = pl.DataFrame(columns)

    def run():
        c = pl.col
        first = (
            data.lazy()
            .with_columns(
                margin=c.revenue - c.cost,
                unit_price=c.revenue / c.quantity,
                is_large=((c.revenue > 500) & (c.quantity > 10)).cast(pl.Float64),
            )
            .with_columns(margin_pct=c.margin / c.revenue * 100)
            .with_columns(score=c.quantity.sqrt() * c.margin_pct + 1)
        ).collect()
        totals = first.group_by("pin").agg(
            total_revenue=c.revenue.sum(),
            mean_margin=c.margin.mean(),
            max_unit_price=c.unit_price.max(),
            std_score=c.score.std(),
            large_count=c.is_large.sum(),
        )
        rows = (
            first.lazy()
            .join(totals.lazy().select("pin", "total_revenue", "mean_margin"), on="pin", how="left", maintain_order="left")
            .with_columns(revenue_share=c.revenue / c.total_revenue, margin_excess=c.margin - c.mean_margin)
        ).collect()
        groups = totals.join(rows.group_by("pin").agg(max_share=c.revenue_share.max()), on="pin")
        return rows, groups

    return f"Polars {pl.__version__}", run


WAYS = {
    "pandas-original": pandas_original,
    "pandas-idiomatic": pandas_idiomatic,
    "pandas-tuned": pandas_tuned,
    "polars": polars,
}


def answer(value):
    print(json.dumps(value), flush=True)


def serve(folder, way):
    version, run = WAYS[way](table(folder))
    answer({"version": version})
    rows = groups = None
    for line in sys.stdin:
        command, _, to = line.strip().partition(" ")
        if command == "run":
            rows = groups = None
            start = time.perf_counter()
            rows, groups = run()
            answer({"ms": (time.perf_counter() - start) * 1000})
        else:
            for level, names, values in (("rows", ROWS, rows), ("groups", GROUPS, groups)):
                for name in names:
                    column = np.asarray(values[name].fill_null(np.nan) if way == "polars" else values[name])
                    column.astype(np.float64).tofile(f"{to}/{level}.{name}.f64")
            answer({})


def cold(path, way, folder):
    if way == "polars":
        import polars as pl

        rows, groups = polars(pl.read_csv(path))[1]()
        rows.write_csv(f"{folder}/rows.csv")
        groups.write_csv(f"{folder}/groups.csv")
    elif way == "pandas-idiomatic":
        import pandas as pd

        rows, groups = pandas_idiomatic(pd.read_csv(path))[1]()
        rows.to_csv(f"{folder}/rows.csv", index=False)
        groups.to_csv(f"{folder}/groups.csv", index=False)
    else:
        import pyarrow as pa
        from pyarrow import csv

        table = csv.read_csv(path)
        columns = {name: table[name].to_numpy() for name in table.column_names}
        rows, groups = pandas_tuned(columns)[1]()
        csv.write_csv(pa.table({**columns, **rows}), f"{folder}/rows.csv")
        csv.write_csv(pa.table(groups), f"{folder}/groups.csv")


(serve if len(sys.argv) == 3 else cold)(*sys.argv[1:])
