"""Makes a store of each kind with one run whose metric `loss` has many points.

usage: MLFLOW_ALLOW_FILE_STORE=true python manyPoints.py FOLDER POINTS

Writes FOLDER/mlflow.db, FOLDER/mlruns and FOLDER/runs.txt, a run's id in a line for each. MLflow makes the runs, the points
are written straight.
"""

import os
import sqlite3
import sys

START = 1_700_000_000_000


def points(count):
    return ((START + k, 1 / (1 + k), k) for k in range(1, count))


def main(folder, count):
    from mlflow.tracking import MlflowClient

    os.chdir(folder)
    ids = []
    for uri in (f"sqlite:///{folder}/mlflow.db", f"file://{folder}/mlruns"):
        client = MlflowClient(tracking_uri=uri)
        run_id = client.create_run(client.create_experiment("many points")).info.run_id
        client.log_metric(run_id, "loss", 1.0, START, 0)
        ids.append(run_id)
    database = sqlite3.connect("mlflow.db")
    database.executemany(
        "INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('loss', ?, ?, ?, 0, ?)",
        ((value, time, step, ids[0]) for time, value, step in points(count)),
    )
    database.commit()
    database.close()
    experiment = next(name for name in os.listdir("mlruns") if os.path.isdir(f"mlruns/{name}/{ids[1]}"))
    with open(f"mlruns/{experiment}/{ids[1]}/metrics/loss", "a") as file:
        file.writelines(f"{time} {value} {step}\n" for time, value, step in points(count))
    with open("runs.txt", "w") as file:
        file.write("\n".join(ids))


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]))
