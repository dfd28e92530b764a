"""What MLflow itself makes of filters, orders, patterns and sorts: reads a JSON file of questions, prints the answers."""

import json
import sys
from types import SimpleNamespace

from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, Run, RunData, RunInfo, RunInputs, RunTag
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from mlflow.utils.search_utils import SearchUtils, _ilike, _like


def number(value):
    if value is None or isinstance(value, (int, str)):
        return value
    return repr(float(value))


def to_run(given):
    datasets = [
        DatasetInput(
            Dataset(name=d["name"], digest=d["digest"], source_type="local", source="{}"),
            [] if d.get("context") is None else [InputTag("mlflow.data.context", d["context"])],
        )
        for d in given["datasets"]
    ]
    return Run(
        RunInfo(
            run_id=given["id"],
            experiment_id="0",
            user_id=given["user"],
            status=given["status"],
            start_time=given["start"],
            end_time=given["end"],
            lifecycle_stage="active",
            artifact_uri=given["uri"],
            run_name=given["name"],
        ),
        RunData(
            [Metric(k, float(v), 0, 0) for k, v in given["metrics"]],
            [Param(k, v) for k, v in given["params"]],
            [RunTag(k, v) for k, v in given["tags"]],
        ),
        RunInputs(datasets),
    )


def clauses_of(store, any_run, text):
    """The clauses, or why either store cannot answer."""
    parsed = SearchUtils.parse_search_filter(text)
    # The file store stops at the first clause that does not match, so each is asked alone.
    for clause in parsed:
        SearchUtils._does_run_match_clause(any_run, clause)
    store._search_runs(["0"], text, 1, 1, None, None)
    return [
        [
            c["type"],
            SearchUtils.translate_key_alias(c["key"]) if c["type"] == "attribute" else c["key"],
            c["comparator"].upper(),
            list(c["value"])
            if isinstance(c["value"], tuple)
            else number(float(c["value"]))
            if c["type"] == "metric" or not isinstance(c["value"], (str, type(None)))
            else c["value"],
        ]
        for c in parsed
    ]


def order_of(any_run, text):
    kind, key, ascending = SearchUtils.parse_order_by_for_search_runs(text)
    SearchUtils._get_value_for_sort(any_run, kind, key, ascending)
    return [kind, SearchUtils.translate_key_alias(key) if kind == "attribute" else key, ascending]


def matches_of(runs, text):
    return [r.info.run_id for r in SearchUtils.filter(runs, text)]


def attempt(ask, *args):
    try:
        return {"value": ask(*args)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:300]}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    store = SqlAlchemyStore(asked["database"], asked["artifacts"])
    runs = [to_run(r) for r in asked["runs"]]
    view = [
        attempt(clauses_of, store, runs[0], text) for text in asked["filters"]
    ]
    answers = {
        "filters": view,
        "orders": [attempt(order_of, runs[0], text) for text in asked["orders"]],
        "likes": [[_like(value, pattern), _ilike(value, pattern)] for value, pattern in asked["likes"]],
        "matches": [attempt(matches_of, runs, text) for text in asked["matching"]],
        "sorts": [[r.info.run_id for r in SearchUtils.sort(runs, order)] for order in asked["sorting"]],
    }
    print(json.dumps(answers))


main()
