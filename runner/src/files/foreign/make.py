"""Makes the data files here, as other programs write them, and expected.json, which says what was written.

python -m venv v && v/bin/pip install pyarrow==26.0.1 pandas==3.1.1 polars==2.1.0 duckdb==2.0.1 fastparquet==2026.9.0
v/bin/python make.py

expected.json is made from the values below and never by reading a file back: cells by column, as tables hold them
(dates and instants in milliseconds since 1970).
"""

import datetime as dt
import decimal
import json
import pathlib

import duckdb
import fastparquet
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

here = pathlib.Path(__file__).parent
tables = {}
files = {}
utc = dt.timezone.utc


def cell(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        return round(value.replace(tzinfo=utc).timestamp() * 1000)
    if isinstance(value, dt.date):
        return (value - dt.date(1970, 1, 1)).days * 86_400_000
    return value


def wrote(file, table, types, columns):
    """Notes that `file` holds the table of this name, with these types and cells."""
    files[file] = table
    tables[table] = {name: {"type": types[name], "cells": [cell(value) for value in columns[name]]} for name in columns}


def table(rows):
    """Every type of tables, with missing cells, repeated texts and negative numbers."""
    some = lambda value, row: None if row % 5 == 3 else value
    return {
        "pin": [f"p{row:03}" for row in range(rows)],
        "region": [some(["Nord", "Süd", "東"][row % 3], row) for row in range(rows)],
        "price": [some(row * 1.25 - 3, row) for row in range(rows)],
        "count": [some(row * 1000 - 2500, row) for row in range(rows)],
        "open": [some(row % 2 == 0, row) for row in range(rows)],
        "day": [some(dt.date(2024, 2, 27) + dt.timedelta(row), row) for row in range(rows)],
        "at": [some(dt.datetime(1969, 12, 30, 8, 30) + dt.timedelta(row, row * 61), row) for row in range(rows)],
    }


types = {
    "pin": "string",
    "region": "string",
    "price": "number",
    "count": "integer",
    "open": "boolean",
    "day": "date",
    "at": "datetime",
}
schema = pa.schema(
    [
        ("pin", pa.string()),
        ("region", pa.string()),
        ("price", pa.float64()),
        ("count", pa.int64()),
        ("open", pa.bool_()),
        ("day", pa.date32()),
        ("at", pa.timestamp("us")),
    ]
)
few = table(12)
several = table(60)
tables_of = {"few": few, "several": several}


def pyarrow_file(name, data="several", **how):
    pq.write_table(pa.table(tables_of[data], schema=schema), here / name, **how)
    wrote(name, data, types, tables_of[data])


# Pages of both versions, with their statistics; dictionaries that are given up in the middle of a column; small pages.
pyarrow_file("pyarrow-v1.parquet")
pyarrow_file("pyarrow-v2.parquet", data_page_version="2.0")
pyarrow_file("pyarrow-plain.parquet", use_dictionary=False, compression="none", data_page_version="1.0")
pyarrow_file("pyarrow-plain-v2.parquet", use_dictionary=False, compression="gzip", data_page_version="2.0")
pyarrow_file("pyarrow-fallback.parquet", dictionary_pagesize_limit=40, data_page_size=64, write_batch_size=8)
pyarrow_file(
    "pyarrow-fallback-v2.parquet",
    dictionary_pagesize_limit=40,
    data_page_size=64,
    write_batch_size=8,
    data_page_version="2.0",
    compression="brotli",
)
pyarrow_file("pyarrow-groups.parquet", data="few", row_group_size=5, write_page_index=True, write_page_checksum=True)
pyarrow_file("pyarrow-spark.parquet", data="few", flavor="spark", use_deprecated_int96_timestamps=True)
pyarrow_file("pyarrow-1.0.parquet", data="few", version="1.0", write_statistics=False, store_schema=False)

pandas_frame = pd.DataFrame({"one": [1.5, 2.5], "name": ["a", None]})
pandas_frame.to_parquet(here / "pandas.parquet")
wrote("pandas.parquet", "pandas", {"one": "number", "name": "string"}, {"one": [1.5, 2.5], "name": ["a", None]})

for name, how in {"polars.parquet": {"compression": "snappy"}, "polars-plain.parquet": {"compression": "uncompressed"}}.items():
    pl.DataFrame(several).write_parquet(here / name, **how)
    wrote(name, "several", types, several)

for name, how in {"duckdb.parquet": "", "duckdb-v2.parquet": ", PARQUET_VERSION v2"}.items():
    arrow = pa.table(several, schema=schema)
    duckdb.sql(f"COPY (SELECT * FROM arrow) TO '{here / name}' (FORMAT parquet{how})")
    wrote(name, "several", types, several)

fast = pd.DataFrame({"pin": few["pin"], "price": [value if value is not None else float("nan") for value in few["price"]], "at": pd.to_datetime(few["at"]).astype("datetime64[ns]")})
fastparquet.write(str(here / "fastparquet.parquet"), fast, times="int96", compression="SNAPPY", stats=True)
wrote("fastparquet.parquet", "fastparquet", {"pin": "string", "price": "number", "at": "datetime"}, {name: few[name] for name in fast})

(here / "expected.json").write_text(json.dumps({"files": files, "tables": tables}, ensure_ascii=False, separators=(",", ":")) + "\n")
