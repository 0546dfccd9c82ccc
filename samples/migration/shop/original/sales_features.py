from collections import Counter

import numpy as np
import pandas as pd

VAT = 0.19


def revenue(quantity, unit_price, discount):
    if pd.isna(discount):
        discount = 0
    return quantity * unit_price * (1 - discount)


def net_revenue(revenue):
    return revenue / (1 + VAT)


def margin_pct(net_revenue, quantity, unit_cost):
    try:
        return (net_revenue - quantity * unit_cost) / net_revenue * 100
    except ZeroDivisionError:
        return 0.0


def week(sold_at):
    if pd.isna(sold_at):
        return None
    return (sold_at - pd.Timedelta(days=sold_at.weekday())).strftime("%Y-%m-%d")


def article(product):
    return product.strip().lower() if isinstance(product, str) else "unknown"


def is_online(channel):
    return channel == "online"


def first_sale(sold_at):  #agg
    return sold_at.min()


def sales(sale_id):  #agg
    return len(sale_id)


def total(revenue):  #agg
    return revenue.sum()


def mean_quantity(quantity):  #agg
    return sum(quantity) / len(quantity)


def markup(revenue, quantity, unit_cost):  #agg
    return revenue.sum() / (quantity * unit_cost).sum()


def online_revenue(revenue, is_online):  #agg
    return np.where(is_online, revenue.fillna(0), 0).sum()


def favourite(article):  #agg
    return Counter(article).most_common(1)[0][0]


def days_between(sold_at):  #agg
    days = sorted(sold_at.dropna())
    gaps = [(b - a).days for a, b in zip(days, days[1:])]
    return sum(gaps) / len(gaps) if gaps else np.nan


def segment(total, sales):  #agg
    if total > 100:
        return "regular" if sales >= 3 else "big"
    return "small"


def share(revenue, total):
    try:
        return revenue / total
    except ZeroDivisionError:
        return 0.0


def is_first(sold_at, first_sale):
    return sold_at == first_sale


def first_share(share, is_first):  #agg
    return share[is_first].sum()
