"""Logs runs with random values and nests some of them, then prints MLflow's and Python's own answers about them as JSON."""

import json
import random
import statistics
import sys

from mlflow import MlflowClient

client = MlflowClient()
randomly = random.Random(int(sys.argv[1]))
experiment = client.create_experiment("table")
optimizers = ["adam", "sgd", "Lion", "ünïcode"]
values = [float("nan"), float("inf"), float("-inf"), 0.0, -1.5, 1e-7, 3.0, 3.0, 1e300]
runs = []
for index in range(70):
    parent = randomly.choice(runs) if runs and randomly.random() < 0.4 else None
    tags = {"mlflow.parentRunId": parent.info.run_id} if parent else {}
    if randomly.random() < 0.8:
        tags["a tag"] = randomly.choice(["10", "9", "b", "B", "é", "\U0001f600", "\uffee", ""])
    run = client.create_run(experiment, start_time=1000 + randomly.randrange(40), tags=tags, run_name=f"run {index}")
    run_id = run.info.run_id
    runs.append(run)
    if randomly.random() < 0.9:
        client.log_param(run_id, "optimizer", randomly.choice(optimizers))
    if randomly.random() < 0.8:
        client.log_metric(run_id, "a/b c", randomly.choice(values))
    if randomly.random() < 0.9:
        client.log_metric(run_id, "loss", randomly.uniform(-10, 10))
    if randomly.random() < 0.7:
        client.set_terminated(run_id, randomly.choice(["FINISHED", "FAILED", "KILLED"]), end_time=2000 + index)

orders = [[], ["metrics.`a/b c`"], ["metrics.`a/b c` DESC"], ["tags.`a tag`"], ["tags.`a tag` DESC"]]
orders += [["attributes.start_time"], ["attributes.end_time DESC"], ["attributes.run_name DESC"]]
orders += [["attributes.status", "metrics.loss DESC"], ["attributes.status DESC", "tags.`a tag`"]]


def ids_in(order):
    return [run.info.run_id for run in client.search_runs([experiment], order_by=order)]


logged = client.search_runs([experiment])
groups = {}
for run in logged:
    loss = run.data.metrics.get("loss")
    group = groups.setdefault(run.data.params.get("optimizer", ""), {"runs": 0, "losses": []})
    group["runs"] += 1
    if loss is not None:
        group["losses"].append(loss)
summaries = {
    value: {
        "runs": group["runs"],
        "count": len(group["losses"]),
        "mean": statistics.mean(group["losses"]) if group["losses"] else None,
        "deviation": statistics.stdev(group["losses"]) if len(group["losses"]) > 1 else None,
    }
    for value, group in groups.items()
}
children = {}
for run in logged:
    children.setdefault(run.data.tags.get("mlflow.parentRunId", ""), []).append(run.info.run_id)


def nested(parent, depth):
    return [row for child in children.get(parent, []) for row in [[child, depth], *nested(child, depth + 1)]]


print(
    json.dumps(
        {
            "experiment": experiment,
            "orders": [{"order": order, "ids": ids_in(order)} for order in orders],
            "groups": summaries,
            "nested": nested("", 0),
        }
    )
)
