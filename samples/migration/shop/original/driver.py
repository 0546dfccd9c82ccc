"""The original ModelDriver in small. A function is an attribute when one of WORDS stands in its text, else a filter. Filters are
called for each row by np.vectorize, attributes for each group with its columns; the two tables are filled in one order."""

import inspect

import numpy as np
import pandas as pd

WORDS = (".sum(", ".max(", ".min(", ".unique(", ".nunique(", ".mean(", ".median(", ".percentile(", "np.where(", "zip(", "Counter(", "#agg")


class ModelDriver:
    def __init__(self, config):
        self.key, self.outputs = config["group_by"], config["outputs"]
        self.features = {}

    def load_features_from_module(self, module):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__:
                self.features[name] = function

    def execute(self, df):
        rows = df.copy()
        groups = pd.DataFrame(index=pd.Index(rows[self.key].dropna().unique(), name=self.key))
        for name in self.order(df.columns):
            function, inputs = self.features[name], self.inputs(name)
            if not any(word in inspect.getsource(function) for word in WORDS):
                seen = rows.join(groups[[each for each in inputs if each not in rows]], on=self.key)
                rows[name] = per_row(function, seen[inputs])
            elif all(each in groups for each in inputs):
                groups[name] = per_row(function, groups[inputs])
            else:
                made = {
                    key: function(*(of[each] if each in rows else groups.at[key, each] for each in inputs))
                    for key, of in rows.groupby(self.key)
                }
                groups[name] = pd.Series(made)
        attributes = groups.reset_index()
        output = attributes[[self.key, *(each for each in self.outputs if each in groups)]]
        return {"filtered": rows, "attributes": attributes, "output": output}

    def inputs(self, name):
        return list(inspect.signature(self.features[name]).parameters)

    def order(self, columns):
        """What the outputs need, backwards, each after its inputs."""
        order = []

        def need(name):
            if name in columns or name in order:
                return
            for each in self.inputs(name):
                need(each)
            order.append(name)

        for output in self.outputs:
            need(output)
        return order


def per_row(function, table):
    values = np.vectorize(function, otypes=[object])(*(table[each] for each in table))
    return pd.Series(list(values), index=table.index)
