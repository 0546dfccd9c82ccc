"""Runs the three models. python main.py FOLDER writes their tables into a folder."""

import sys
from pathlib import Path

import pandas as pd

import sales_features
import segments_features
import weekly_features
from driver import ModelDriver

SALES = {
    "client_name": "coffee_shop",
    "model_name": "sales",
    "seq": 1,
    "group_by": "customer",
    "outputs": [
        "net_revenue", "margin_pct", "week", "is_first", "share",
        "sales", "total", "mean_quantity", "markup", "online_revenue", "favourite", "days_between", "segment", "first_share",
    ],
}  # fmt: skip
SEGMENTS = {
    "client_name": "coffee_shop",
    "model_name": "segments",
    "seq": 2,
    "group_by": "segment",
    "outputs": ["customers", "segment_total", "online_pct", "favourites", "pct_of_segment"],
}
WEEKLY = {
    "client_name": "coffee_shop",
    "model_name": "weekly",
    "seq": 3,
    "group_by": "week",
    "outputs": ["week_revenue", "buyers", "new_buyers", "typical_sale"],
}


def run(config, module, df):
    driver = ModelDriver(config)
    driver.load_features_from_module(module)
    return driver.execute(df)


def with_week_before(weeks, sales):
    """What no model could say, because it looks at another group."""
    weeks = weeks.sort_values("week")
    weeks["growth"] = weeks["week_revenue"].pct_change() * 100
    buyers = {week: set(customers.dropna()) for week, customers in sales.groupby("week")["customer"]}
    weeks["came_back"] = [
        len(buyers[week] & buyers.get(before, set())) for week, before in zip(weeks["week"], weeks["week"].shift(1))
    ]
    return weeks


if __name__ == "__main__":
    here, target = Path(__file__).parent, Path(sys.argv[1])
    df = pd.read_csv(here.parent / "sales.csv", parse_dates=["sold_at"])
    sales = run(SALES, sales_features, df)
    segments = run(SEGMENTS, segments_features, sales["output"])
    weekly = run(WEEKLY, weekly_features, sales["filtered"])

    made = [each for each in sales["filtered"] if each not in df or each == "sale_id"]
    sales["filtered"][made].to_csv(target / "sales_rows.csv", index=False)
    sales["attributes"].to_csv(target / "sales_groups.csv", index=False)
    segments["filtered"][["customer", "pct_of_segment"]].to_csv(target / "segments_rows.csv", index=False)
    segments["attributes"].to_csv(target / "segments_groups.csv", index=False)
    with_week_before(weekly["output"], sales["filtered"]).to_csv(target / "weekly_groups.csv", index=False)
