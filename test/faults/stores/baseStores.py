"""Makes the small stores that the faults are put into: baseStores.py FOLDER, with the real MLflow client.

Each of FOLDER/mlruns and FOLDER/mlflow.db gets an experiment with five runs, one with a single run, and a registered model.
FOLDER/ids.json tells the ids by kind.
"""

import json
import os
import pathlib
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

start = 1_750_000_000_000


def log_run(client, experiment, index, name):
    at = start + index * 60_000
    run = client.create_run(experiment, start_time=at, run_name=name, tags={"stage": f"stage {index}"})
    run_id = run.info.run_id
    losses = [Metric("loss", 1 / (step + index + 1), at + step, step) for step in range(5)]
    params = [Param("depth", str(index)), Param("optimizer", "sgd" if index % 2 else "adam")]
    accuracy = Metric("accuracy", 0.5 + index / 20, at, 0)
    client.log_batch(run_id, [*losses, accuracy], params, [RunTag("team", "forestry")])
    client.set_terminated(run_id, "FINISHED", at + 30_000)
    return run_id


def fill(uri, artifacts):
    # Whatever MLflow asks for on the side must not make a store in the working folder.
    mlflow.set_tracking_uri(uri)
    client = MlflowClient(tracking_uri=uri, registry_uri=uri)
    trees = client.create_experiment("trees", artifact_location=f"{artifacts}/trees", tags={"purpose": "to be damaged"})
    runs = [log_run(client, trees, index, name) for index, name in enumerate(["ash", "birch", "cedar", "elm", "fir"])]
    ferns = client.create_experiment("ferns", artifact_location=f"{artifacts}/ferns")
    other = log_run(client, ferns, 7, "bracken")
    client.create_registered_model("forest", description="All of it")
    client.create_model_version("forest", f"{artifacts}/trees/{runs[0]}/artifacts/model", runs[0])
    return {"trees": trees, "ferns": ferns, "runs": runs, "fernRun": other}


folder = pathlib.Path(sys.argv[1])
ids = {
    "files": fill(str(folder / "mlruns"), "file:///nowhere"),
    "sqlite": fill(f"sqlite:///{folder / 'mlflow.db'}", "file:///nowhere"),
}
(folder / "ids.json").write_text(json.dumps(ids))
