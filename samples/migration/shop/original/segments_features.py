def customers(customer):  #agg
    return len(customer)


def segment_total(total):  #agg
    return total.sum()


def online_pct(online_revenue, segment_total):  #agg
    return online_revenue.sum() / segment_total * 100


def favourites(favourite):  #agg
    return ", ".join(sorted(set(favourite)))


def pct_of_segment(total, segment_total):
    try:
        return total / segment_total * 100
    except ZeroDivisionError:
        return 0.0
