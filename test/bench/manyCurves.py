"""Makes an mlflow.db with runs that have a long metric `loss` each, in the experiment `curves`.

usage: python manyCurves.py FOLDER POINTS

Ten runs. Writes FOLDER/mlflow.db and FOLDER/experiment.txt, the experiment's id. MLflow makes the runs, the points are written
straight.
"""

import os
import random
import sqlite3
import sys

START = 1_700_000_000_000
RUNS = 10


def main(folder, count):
    from mlflow.tracking import MlflowClient

    os.chdir(folder)
    client = MlflowClient(tracking_uri=f"sqlite:///{folder}/mlflow.db")
    experiment = client.create_experiment("curves")
    noise = random.Random(1)
    database = sqlite3.connect("mlflow.db")
    for number in range(RUNS):
        run_id = client.create_run(experiment, run_name=f"curve-{number}").info.run_id
        client.log_metric(run_id, "loss", 1.0, START + count, count)
        client.set_terminated(run_id)
        points = (
            (4 / (1 + 20 * step / count) + noise.random() * 0.3, START + step, step, run_id) for step in range(count)
        )
        with database:
            database.executemany(
                "INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('loss', ?, ?, ?, 0, ?)",
                points,
            )
    database.close()
    with open("experiment.txt", "w") as file:
        file.write(experiment)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]))
