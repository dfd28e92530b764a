"""Makes an mlruns directory of many runs: the first by MLflow itself, the others in the same layout, file by file.

usage: MLFLOW_ALLOW_FILE_STORE=true python manyFiles.py FOLDER RUNS

Writes FOLDER/mlruns and FOLDER/experiment.txt. As in manyRuns.py, every run has 20 params, 20 metrics and 4 tags, and run
`i` starts `i` seconds after the first. Logging 10,000 runs through MLflow would take an hour.
"""

import os
import random
import sys

START = 1_700_000_000_000


def main(folder, count):
    from mlflow.entities import Metric
    from mlflow.tracking import MlflowClient

    client = MlflowClient(tracking_uri=f"file://{folder}/mlruns")
    experiment_id = client.create_experiment("many runs")
    home = os.path.join(folder, "mlruns", experiment_id)
    run = client.create_run(experiment_id, start_time=START, run_name="run-0", tags={"mlflow.user": "bench"})
    first = run.info.run_id
    client.log_batch(first, metrics=[Metric("metric_00", 0.5, START, 100)])
    client.set_terminated(first, end_time=START + 60_000)
    with open(os.path.join(home, first, "meta.yaml")) as file:
        meta = file.read()
    for index in range(count):
        write_run(home, meta, first, index)
    client.delete_run(first)
    with open(os.path.join(folder, "experiment.txt"), "w") as file:
        file.write(experiment_id)


def write_run(home, meta, first, index):
    chance = random.Random(index)
    # A letter first: YAML would take digits for a number.
    id, start = f"a{index:031x}", START + index * 1000
    folder = os.path.join(home, id)
    for part in ("metrics", "params", "tags", "artifacts"):
        os.makedirs(os.path.join(folder, part))
    own = meta.replace(first, id).replace("run-0", f"run-{index}").replace(str(START + 60_000), str(start + 60_000)).replace(str(START), str(start))
    write(folder, "meta.yaml", own)
    for k in range(20):
        write(folder, f"params/param_{k:02d}", f"{chance.random():.6f}")
        write(folder, f"metrics/metric_{k:02d}", f"{start} {chance.random()} 100\n")
    for key, value in {"mlflow.runName": f"run-{index}", "mlflow.user": "bench", "mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL"}.items():
        write(folder, f"tags/{key}", value)


def write(folder, name, text):
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]))
