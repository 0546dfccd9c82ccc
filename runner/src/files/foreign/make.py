"""Makes the data files here, as other programs write them, and expected.json, which says what was written.

python -m venv v && v/bin/pip install pyarrow==26.0.1 pandas==3.1.1 polars==2.1.0 duckdb==2.0.1 fastparquet==2026.9.0
v/bin/python make.py

expected.json is made from the values below and never by reading a file back: cells by column, as tables hold them
(dates and instants in milliseconds since 1970).
"""

import base64
import datetime as dt
import decimal
import json
import pathlib

import duckdb
import fastparquet
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as encryption

here = pathlib.Path(__file__).parent
tables = {}
files = {}
refused = {}
utc = dt.timezone.utc


def cell(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        return round(value.replace(tzinfo=utc).timestamp() * 1000)
    if isinstance(value, dt.date):
        return (value - dt.date(1970, 1, 1)).days * 86_400_000
    if isinstance(value, dt.time):
        return value.isoformat("milliseconds").removesuffix(".000")
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return value


def wrote(file, table, types, columns, notes=()):
    """Notes that `file` holds the table of this name, with these types and cells, and what is said of it."""
    files[file] = {"table": table, "notes": list(notes)}
    # Before the rows are read, whole numbers beyond 2^53 are not known to be such. Where there never is a cell, no type is known.
    header = {name: "integer" if name.endswith("_beyond") else types[name] for name in columns if name != "nothing"}
    cells = {name: {"type": types[name], "cells": [cell(value) for value in columns[name]]} for name in columns}
    tables[table] = {"header": header, "columns": cells}


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

# Every codec, and what Polars and DuckDB write without being asked.
pyarrow_file("pyarrow-zstd.parquet", compression="zstd")
pyarrow_file("pyarrow-zstd-v2.parquet", compression="zstd", data_page_version="2.0", row_group_size=25)
pyarrow_file("pyarrow-lz4.parquet", compression="lz4")
pyarrow_file("pyarrow-lz4-v2.parquet", compression="lz4", data_page_version="2.0")
pl.DataFrame(several).write_parquet(here / "polars-zstd.parquet")
wrote("polars-zstd.parquet", "several", types, several)
pl.DataFrame(several).write_parquet(here / "polars-lz4.parquet", compression="lz4", row_group_size=20)
wrote("polars-lz4.parquet", "several", types, several)
for codec in ["zstd", "lz4", "brotli", "gzip"]:
    name = f"duckdb-{codec}.parquet"
    arrow = pa.table(several, schema=schema)
    duckdb.sql(f"COPY (SELECT * FROM arrow) TO '{here / name}' (FORMAT parquet, COMPRESSION {codec})")
    wrote(name, "several", types, several)

# Every type that a cell can have, with the smallest and the largest values, and those that tables have no cells for.
exact = 2**53 - 1
cents = [None if n == 7 else decimal.Decimal(n * 115 - 460) / 100 for n in range(12)]
whole = lambda low, high: [low, high, None, 0, 1, -1 if low < 0 else 2, 3, 4, 5, 6, 7, 8]
digits = lambda values: [None if value is None else str(value) for value in values]
times = [None if n == 4 else dt.time(8, 30, n, n * 80_000) for n in range(12)]
instants = [None if n == 2 else dt.datetime(1969, 12, 31, 23, 59, 50 + n % 10, n * 1000) for n in range(12)]
texts = [None if n == 3 else ["", "a", "ein längerer Text 🙂", "a,b"][n % 4] for n in range(12)]
kinds = {
    "i8": (pa.int8(), "integer", whole(-128, 127)),
    "i16": (pa.int16(), "integer", whole(-(2**15), 2**15 - 1)),
    "i32": (pa.int32(), "integer", whole(-(2**31), 2**31 - 1)),
    "i64": (pa.int64(), "integer", whole(-exact, exact)),
    "u8": (pa.uint8(), "integer", whole(0, 255)),
    "u16": (pa.uint16(), "integer", whole(0, 2**16 - 1)),
    "u32": (pa.uint32(), "integer", whole(0, 2**32 - 1)),
    "u64": (pa.uint64(), "integer", whole(0, exact)),
    "i64_beyond": (pa.int64(), "string", whole(-(2**63), 2**63 - 1)),
    "u64_beyond": (pa.uint64(), "string", whole(0, 2**64 - 1)),
    "f16": (pa.float16(), "number", [np.float16(n / 4) if n != 5 else None for n in range(12)]),
    "f32": (pa.float32(), "number", [n / 8 - 1 if n != 5 else None for n in range(12)]),
    "f64": (pa.float64(), "number", [n / 7 if n != 5 else None for n in range(12)]),
    "dec9": (pa.decimal128(9, 2), "number", cents),
    "dec18": (pa.decimal128(18, 2), "number", cents),
    "dec38": (pa.decimal128(38, 2), "number", cents),
    "dec76": (pa.decimal256(76, 2), "number", cents),
    "dec_whole": (pa.decimal128(20, 0), "integer", whole(-exact, exact)),
    "dec_beyond": (pa.decimal128(38, 0), "string", whole(-(10**37), 10**37)),
    "large": (pa.large_string(), "string", texts),
    "category": (pa.dictionary(pa.int32(), pa.string()), "string", texts),
    "day64": (pa.date64(), "date", few["day"]),
    "at_s": (pa.timestamp("s"), "datetime", few["at"]),
    "at_ms": (pa.timestamp("ms"), "datetime", instants),
    "at_us": (pa.timestamp("us", "Europe/Berlin"), "datetime", instants),
    "at_ns": (pa.timestamp("ns"), "datetime", instants),
    "time_ms": (pa.time32("ms"), "string", times),
    "time_us": (pa.time64("us"), "string", times),
    "time_ns": (pa.time64("ns"), "string", times),
    "nothing": (pa.null(), "string", [None] * 12),
}
left_out = {
    "bytes": pa.array([b"\xff\x00"] * 12),
    "code": pa.array([b"abcd"] * 12, pa.binary(4)),
    "list": pa.array([[1, 2]] * 12),
    "record": pa.array([{"a": 1, "b": "x"}] * 12),
    "map": pa.array([[("a", 1)]] * 12, pa.map_(pa.string(), pa.int64())),
}
left_out_notes = [
    "Not read, because they hold bytes: 'bytes', 'code'.",
    "Not read, because it holds lists: 'list'.",
    "Not read, because they hold records: 'record', 'map'.",
]


def types_file(name, table, write, columns, left=(), notes=left_out_notes):
    """Writes a table of these columns and of those that are left out, and notes what can be read."""
    arrow = {column: pa.array(columns[column][2], columns[column][0]) for column in columns}
    write(pa.table({**arrow, **{column: left_out[column] for column in left}}), here / name)
    told = {column: kind for column, (_, kind, _) in columns.items()}
    cells = {column: digits(values) if column.endswith("_beyond") else values for column, (_, _, values) in columns.items()}
    cells = {column: [float(v) if isinstance(v, np.floating) else v for v in values] for column, values in cells.items()}
    wrote(name, table, told, cells, notes)


plain = {"use_dictionary": False, "column_encoding": {
    **{name: "DELTA_BINARY_PACKED" for name in ["i8", "i32", "i64", "i64_beyond", "u32", "at_us", "time_ms", "day64"]},
    **{name: "BYTE_STREAM_SPLIT" for name in ["f16", "f32", "f64", "dec38", "i16", "u64"]},
    "large": "DELTA_BYTE_ARRAY",
    "category": "DELTA_LENGTH_BYTE_ARRAY",
}}
types_file("pyarrow-types.parquet", "types", pq.write_table, kinds, left_out)
types_file("pyarrow-encodings.parquet", "types", lambda arrow, path: pq.write_table(arrow, path, data_page_version="2.0", **plain), kinds, left_out)
types_file("pyarrow-decimals.parquet", "decimals", lambda arrow, path: pq.write_table(arrow, path, store_decimal_as_integer=True, use_content_defined_chunking=True), {name: kinds[name] for name in ["dec9", "dec18"]}, notes=[])

arrow_kinds = {**kinds, "wait": (pa.duration("us"), "string", [None if n == 6 else dt.timedelta(hours=n * 5, seconds=n) for n in range(12)])}
for codec in ["uncompressed", "lz4", "zstd"]:
    types_file(f"pyarrow-{codec}.feather", "arrow types", lambda arrow, path: feather.write_feather(arrow, path, compression=codec, chunksize=5), arrow_kinds, left_out)


def stream(arrow, path):
    with pa.ipc.new_stream(path, arrow.schema) as out:
        out.write_table(arrow, max_chunksize=4)


types_file("pyarrow.arrows", "arrow types", stream, arrow_kinds, left_out)

# Polars has fewer types, and its files have their texts behind the rows that point to them.
polars_kinds = {name: kind for name, kind in arrow_kinds.items() if name not in ["f16", "dec76", "day64", "at_s", "time_ms", "time_us"]}
polars_notes = ["Not read, because they hold bytes: 'bytes', 'code'.", "Not read, because it holds lists: 'list'.", "Not read, because it holds records: 'record'."]
for codec in ["uncompressed", "lz4", "zstd"]:
    types_file(f"polars-{codec}.arrow", "polars types", lambda arrow, path: pl.from_arrow(arrow).write_ipc(path, compression=codec, record_batch_size=5), polars_kinds, ["bytes", "code", "list", "record"], polars_notes)
types_file("polars.arrows", "polars types", lambda arrow, path: pl.from_arrow(arrow).write_ipc_stream(path, compression="lz4"), polars_kinds, ["bytes", "code", "list", "record"], polars_notes)
polars_stored = {name: kind for name, kind in polars_kinds.items() if name != "wait"}
types_file("polars-types.parquet", "polars stored types", lambda arrow, path: pl.from_arrow(arrow).write_parquet(path), polars_stored, ["bytes", "list", "record"], ["Not read, because it holds bytes: 'bytes'.", *polars_notes[1:]])

# DuckDB's own types.
duckdb.sql(f"""COPY (SELECT '8e5ba2e2-0000-4000-8000-00000000000' || n::text AS id, ('8e5ba2e2-0000-4000-8000-00000000000' || n)::uuid AS uuid,
  '{{"a": ' || n || '}}' AS text, ('{{"a": ' || n || '}}')::json AS json, ['Nord', 'Süd'][n % 2 + 1]::ENUM('Nord', 'Süd') AS region, INTERVAL (n) DAY AS wait,
  TIME '08:30:00' AS start FROM range(3) AS t(n)) TO '{here / "duckdb-types.parquet"}' (FORMAT parquet)""")
own = {"id": [f"8e5ba2e2-0000-4000-8000-00000000000{n}" for n in range(3)], "json": [f'{{"a": {n}}}' for n in range(3)], "region": ["Nord", "Süd", "Nord"], "start": ["08:30:00"] * 3}
own = {"id": own["id"], "uuid": own["id"], "text": own["json"], "json": own["json"], "region": own["region"], "start": own["start"]}
wrote("duckdb-types.parquet", "duckdb-types", dict.fromkeys(own, "string"), own, ["Not read, because it holds intervals: 'wait'."])

# No rows, no rows in some groups, no values at all.
pq.write_table(pa.table({"a": [1]}).slice(1), here / "pyarrow-empty.parquet")
wrote("pyarrow-empty.parquet", "empty", {"a": "integer"}, {"a": []})
with pq.ParquetWriter(here / "pyarrow-gaps.parquet", pa.schema([("a", pa.int64()), ("b", pa.string())])) as out:
    for n in range(30):
        out.write_table(pa.table({"a": [n] * (n % 3), "b": [None] * (n % 3)}, schema=out.schema))
gaps = [n for n in range(30) for _ in range(n % 3)]
wrote("pyarrow-gaps.parquet", "gaps", {"a": "integer", "b": "string"}, {"a": gaps, "b": [None] * len(gaps)})
named = pa.table([[1, None], [2, 3], [{"b": 1}, None]], names=["a.b", "", "a"])
pq.write_table(named, here / "pyarrow-names.parquet")
wrote("pyarrow-names.parquet", "names", {"a.b": "integer", "": "integer"}, {"a.b": [1, None], "": [2, 3]}, ["Not read, because it holds records: 'a'."])
twice = pa.table([["a", "b"], [{"x": 1, "y": "u"}, None], [1, 2], [3.5, 4.5]], names=["k", "rec", "price", "price"])
pq.write_table(twice, here / "pyarrow-twice.parquet")
wrote("pyarrow-twice.parquet", "twice", {"k": "string", "price": "integer", "price_2": "number"}, {"k": ["a", "b"], "price": [1, 2], "price_2": [3.5, 4.5]}, ["Not read, because it holds records: 'rec'."])


# What is refused, and what is said then.
class NoKms(encryption.KmsClient):
    def wrap_key(self, key, master):
        return base64.b64encode(key)


def encrypted(name, plaintext_footer, why):
    factory = encryption.CryptoFactory(lambda _: NoKms())
    how = encryption.EncryptionConfiguration(footer_key="k", column_keys={"c": ["a"]}, plaintext_footer=plaintext_footer)
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), how)
    arrow = pa.table({"a": [1, 2], "b": [3, 4]})
    with pq.ParquetWriter(here / name, arrow.schema, encryption_properties=properties) as out:
        out.write_table(arrow)
    refused[name] = f"{why} is encrypted, which is not read; write it without encryption"


encrypted("pyarrow-encrypted.parquet", False, "it")
encrypted("pyarrow-encrypted-column.parquet", True, "its column 'a'")
feather.write_feather(pa.table({"a": [1.5]}), here / "pyarrow-1.feather", version=1)
refused["pyarrow-1.feather"] = "it is of the first version of Feather; write it with version 2, or as .parquet"

told = {"files": files, "refused": refused, "tables": tables}
(here / "expected.json").write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
