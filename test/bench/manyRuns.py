"""Fills an mlflow.db that real MLflow made with many runs, straight by SQL: logging 100,000 runs takes hours.

usage: manyRuns.py PATH_OF_DB EXPERIMENT_ID RUNS PARAMS METRICS TAGS

Every run has that many params, metrics and tags, of which the first four tags are MLflow's own (5.9 kB as MLflow's JSON for
20, 20 and 4). Run `i` starts `i` seconds after the first, so that `run-<RUNS - 1>` is the newest. Only the latest value of a
metric is written, not its history.
"""

import random
import sqlite3
import sys

START = 1_700_000_000_000
BATCH = 2_000
SYSTEM_TAGS = 4
TAG_VALUES = ("baseline", "candidate", "rejected")


def run_id(index):
    return f"{index:032x}"


def rows(first, last, experiment_id, params_each, metrics_each, tags_each):
    chance = random.Random(first)
    runs, params, metrics, tags = [], [], [], []
    for index in range(first, last):
        id, start = run_id(index), START + index * 1000
        uri = f"mlflow-artifacts:/{experiment_id}/{id}/artifacts"
        runs.append((id, f"run-{index}", "LOCAL", "train.py", "bench", "FINISHED", start, start + 60_000, "active", uri, experiment_id))
        params += [(f"param_{k:02d}", f"{chance.random():.6f}", id) for k in range(params_each)]
        metrics += [(f"metric_{k:02d}", chance.random(), start, 100, 0, id) for k in range(metrics_each)]
        system = {"mlflow.runName": f"run-{index}", "mlflow.user": "bench", "mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL"}
        tags += [(key, value, id) for key, value in system.items()]
        tags += [(f"tag_{k:02d}", chance.choice(TAG_VALUES), id) for k in range(tags_each - SYSTEM_TAGS)]
    return runs, params, metrics, tags


def main(path, experiment_id, count, *columns):
    database = sqlite3.connect(path)
    database.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -400000;")
    for first in range(0, count, BATCH):
        runs, params, metrics, tags = rows(first, min(first + BATCH, count), experiment_id, *columns)
        database.executemany(
            "INSERT INTO runs (run_uuid, name, source_type, source_name, user_id, status, start_time, end_time,"
            " lifecycle_stage, artifact_uri, experiment_id) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            runs,
        )
        database.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?,?,?)", params)
        database.executemany(
            "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?,?,?,?,?,?)", metrics
        )
        database.executemany("INSERT INTO tags (key, value, run_uuid) VALUES (?,?,?)", tags)
        database.commit()
    database.execute("PRAGMA journal_mode = DELETE")
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
