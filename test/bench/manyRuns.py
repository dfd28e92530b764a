"""Fills an mlflow.db that real MLflow made with many runs, straight by SQL: logging 100,000 runs takes hours.

usage: manyRuns.py PATH_OF_DB EXPERIMENT_ID RUNS

Every run has 20 params, 20 metrics and 4 tags (5.9 kB as MLflow's JSON). Run `i` starts `i` seconds after the first, so
that `run-<RUNS - 1>` is the newest. Only the latest value of a metric is written, not its history.
"""

import random
import sqlite3
import sys

START = 1_700_000_000_000
BATCH = 2_000


def run_id(index):
    return f"{index:032x}"


def rows(first, last, experiment_id):
    chance = random.Random(first)
    runs, params, metrics, tags = [], [], [], []
    for index in range(first, last):
        id, start = run_id(index), START + index * 1000
        uri = f"mlflow-artifacts:/{experiment_id}/{id}/artifacts"
        runs.append((id, f"run-{index}", "LOCAL", "train.py", "bench", "FINISHED", start, start + 60_000, "active", uri, experiment_id))
        params += [(f"param_{k:02d}", f"{chance.random():.6f}", id) for k in range(20)]
        metrics += [(f"metric_{k:02d}", chance.random(), start, 100, 0, id) for k in range(20)]
        system = {"mlflow.runName": f"run-{index}", "mlflow.user": "bench", "mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL"}
        tags += [(key, value, id) for key, value in system.items()]
    return runs, params, metrics, tags


def main(path, experiment_id, count):
    database = sqlite3.connect(path)
    database.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -400000;")
    for first in range(0, count, BATCH):
        runs, params, metrics, tags = rows(first, min(first + BATCH, count), experiment_id)
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
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
