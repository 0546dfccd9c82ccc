"""What the Python side of each row of the idioms in docs/migration.md gives. idioms.py GUIDE writes it to stdout as JSON."""

import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

df = pd.read_csv(Path(__file__).parent / "idioms.csv", parse_dates=["sold"])
library = {"pd": pd, "np": np, "Counter": Counter, "df": df}


def plain(value):
    """A value as JSON has it; what is infinite as text."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, pd.Timestamp):
        return value.isoformat() + "Z"
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return None if math.isnan(value) else float(value) if math.isfinite(value) else str(float(value))
    return str(value)


def by_value(code):
    columns = df.astype(object)
    return [eval(code, library, dict(zip(columns, row))) for row in zip(*(columns[each] for each in columns))]


def by_column(code):
    made = eval(code, library, {each: df[each] for each in df})
    assert len(made) == len(df)
    return list(made)


def by_group(code):
    return {key: eval(code, library, {each: of[each] for each in of}) for key, of in df.groupby("shop")}


WAYS = {
    "Python, a value at a time": by_value,
    "pandas, whole columns": by_column,
    "pandas, within groups": by_column,
    "Python, per group": by_group,
}

recorded, way = {}, None
for line in Path(sys.argv[1]).read_text().split("\n"):
    cells = [each.strip() for each in re.split(r"(?<!\\)\|", line)[1:-1]]
    way = way if cells and cells[0] not in WAYS else cells[0] if cells else None
    if way is None or not cells[0].startswith("`"):
        continue
    code = cells[0].strip("`").replace("\\|", "|")
    try:
        made = WAYS[way](code)
    except Exception as error:
        raise SystemExit(f"{way}: {code}: {error!r}")
    made = {key: plain(each) for key, each in made.items()} if isinstance(made, dict) else [plain(each) for each in made]
    recorded.setdefault(way, {})[code] = made
print(json.dumps(recorded, ensure_ascii=False))
