"""Writes to an mlflow.db in transactions that keep an invariant, until stdin ends.

usage: python consistentWriter.py FOLDER delete|wal

Makes FOLDER/mlflow.db with MLflow, then prints {"experimentId", "sum", "metrics"}. From then on each transaction adds a run
or changes one: its METRICS latest metrics sum up to SUM and have the same step, and each has as many points. Some
transactions are rolled back halfway, and in WAL mode the log is emptied now and then. Prints {"transactions"} at the end.
"""

import json
import logging
import os
import random
import sqlite3
import sys
import threading
import time
import uuid

METRICS = 20
SUM = 1_000_000
START = 1_700_000_000_000
MOST_RUNS = 300


def main(folder, mode):
    from mlflow.tracking import MlflowClient

    logging.disable(logging.WARNING)
    os.chdir(folder)
    path = os.path.join(folder, "mlflow.db")
    client = MlflowClient(tracking_uri=f"sqlite:///{path}")
    experiment_id = client.create_experiment("invariant")
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    database.execute(f"PRAGMA journal_mode = {mode}")
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    print(json.dumps({"experimentId": experiment_id, "sum": SUM, "metrics": METRICS}), flush=True)
    transactions = write(database, int(experiment_id), ended)
    database.close()
    print(json.dumps({"transactions": transactions}), flush=True)


def write(database, experiment_id, ended):
    chance, runs, count = random.Random(1), [], 0
    while not ended.is_set():
        database.execute("BEGIN IMMEDIATE")
        is_new = len(runs) < MOST_RUNS and chance.random() < 0.3 or not runs
        run_id = uuid.UUID(int=chance.getrandbits(128)).hex if is_new else chance.choice(runs)
        if is_new:
            add_run(database, experiment_id, run_id, count)
        write_metrics(database, chance, run_id, count)
        if chance.random() < 0.1:
            database.execute("ROLLBACK")
        else:
            database.execute("COMMIT")
            count += 1
            if is_new:
                runs.append(run_id)
        if count % 50 == 0:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # A writer that never pauses leaves no reader a moment in rollback mode.
        time.sleep(0.002)
    return count


def add_run(database, experiment_id, run_id, step):
    database.execute(
        "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, lifecycle_stage, artifact_uri, experiment_id)"
        " VALUES (?, ?, 'LOCAL', 'bench', 'RUNNING', ?, 'active', '/nowhere', ?)",
        (run_id, f"run-{step}", START + step, experiment_id),
    )


def write_metrics(database, chance, run_id, step):
    values = [chance.randrange(1000) for _ in range(METRICS - 1)]
    values.append(SUM - sum(values))
    rows = [(f"m{k:02d}", value, START + step, step, run_id) for k, value in enumerate(values)]
    for row in rows:
        database.execute("INSERT OR REPLACE INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, 0, ?)", row)
    database.executemany("INSERT OR REPLACE INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, 0, ?)", rows)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), sys.argv[2])
