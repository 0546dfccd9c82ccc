"""The orders as functions from DataFrame to DataFrame. python orders.py FOLDER writes what they give into a folder."""

import sys
from pathlib import Path

import pandas as pd


def price_orders(df):
    df["revenue"] = df["price"] * df["qty"]
    df["margin"] = (df["revenue"] - df["cost"]) / df["revenue"] * 100
    df["is_large"] = df["revenue"].fillna(0) > 100
    return df


def summarise(df):
    customers = df.groupby("customer", sort=False).agg(
        orders=("order_id", "size"),
        total=("revenue", "sum"),
        mean_margin=("margin", "mean"),
    )
    customers["per_order"] = customers["total"] / customers["orders"]
    return customers


def add_share(df, customers):
    df = df.merge(customers[["total"]], how="left", left_on="customer", right_index=True)
    df["share"] = df["revenue"] / df["total"]
    return df


if __name__ == "__main__":
    here, target = Path(__file__).parent, Path(sys.argv[1])
    orders = price_orders(pd.read_csv(here / "orders.csv"))
    customers = summarise(orders)
    orders = add_share(orders, customers)
    orders["is_large"] = orders["is_large"].map({True: "true", False: "false"})
    orders[["order_id", "revenue", "margin", "is_large", "share"]].to_csv(target / "expected_orders.csv", index=False)
    customers.to_csv(target / "expected_customers.csv")
