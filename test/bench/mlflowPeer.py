"""MLflow's own client in a warm process, and SQLite without it: does what each line of JSON on stdin asks, tells how long.

usage: MLFLOW_ALLOW_FILE_STORE=true python mlflowPeer.py TRACKING_URI

Answers a line of JSON each: {"ms": 12.3, "result": …}, where the result lets the caller see that both did the same.
"""

import json
import logging
import sqlite3
import sys
import time

from mlflow.entities import ViewType
from mlflow.tracking import MlflowClient

URI = sys.argv[1]
client = MlflowClient(tracking_uri=URI)
connections = {}


def page(experimentId, filter=None, orderBy=None, pageSize=50):
    return [run.info.run_id for run in client.search_runs([experimentId], filter or "", ViewType.ACTIVE_ONLY, pageSize, orderBy)]


def all(experimentId):
    """In one page, since a file store reads all runs for each."""
    runs = client.search_runs([experimentId], "", ViewType.ACTIVE_ONLY, 50_000)
    return [len(runs), sum(len(run.data.metrics) + len(run.data.params) + len(run.data.tags) for run in runs)]


def history(runId, key):
    return len(client.get_metric_history(runId, key))


def sql(path, statements):
    """The very statements that our reader runs."""
    if path not in connections:
        connections[path] = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        connections[path].executescript("PRAGMA case_sensitive_like = 1; PRAGMA cache_size = -65536;")
    database = connections[path]
    database.execute("BEGIN")
    try:
        return sum(len(database.execute(text, values).fetchall()) for text, values in statements)
    finally:
        database.execute("ROLLBACK")


logging.disable(logging.WARNING)
client.search_experiments()
print(json.dumps({"ms": 0, "result": "ready"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    act = {"page": page, "all": all, "history": history, "sql": sql}[request.pop("op")]
    start = time.perf_counter()
    result = act(**request)
    print(json.dumps({"ms": 1000 * (time.perf_counter() - start), "result": result}), flush=True)
