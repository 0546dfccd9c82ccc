def week_revenue(revenue):  #agg
    return revenue.sum()


def buyers(customer):  #agg
    return customer.nunique()


def new_buyers(customer, is_first):  #agg
    return len({who for who, first in zip(customer, is_first) if first})


def typical_sale(revenue):  #agg
    values = [each for each in revenue if each > 0]
    return sum(values) / len(values)
