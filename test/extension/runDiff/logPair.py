"""Logs two runs and two versions of a model for the host tests, with the commits given. Prints their ids as JSON."""

import json
import sys

import mlflow
from mlflow import MlflowClient

commits = sys.argv[1:]
client = MlflowClient()
mlflow.set_experiment("compared")
ids = []
for index, commit in enumerate([*commits, None]):
    with mlflow.start_run(run_name=f"compared {index}") as run:
        mlflow.log_param("optimizer", {"lr": 0.1 * (index + 1), "name": "adam"})
        mlflow.log_metric("loss", 1.0 / (index + 1))
        if commit:
            mlflow.set_tag("mlflow.source.git.commit", commit)
        mlflow.log_text(f"flavors: {{}}\nnumber: {index}\n", "model/MLmodel")
        mlflow.log_text(f"numpy=={index}.0\n", "model/requirements.txt")
        mlflow.log_text("python: 3.12\n", "model/python_env.yaml")
        if index == 0:
            mlflow.log_text("only here\n", "only-first.txt")
        ids.append(run.info.run_id)
client.set_tag(ids[1], "mlflow.source.git.dirty", "true")
client.create_registered_model("compared-model")
for run_id in ids[:2]:
    uri = client.get_run(run_id).info.artifact_uri
    client.create_model_version("compared-model", f"{uri}/model", run_id)
print(json.dumps(ids))
