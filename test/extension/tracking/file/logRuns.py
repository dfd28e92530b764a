"""Logs into a new mlruns folder with MLflow's own file store and prints as JSON what MLflow then answers."""

import json
import math
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

uri = sys.argv[1]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
experiment = client.create_experiment("fresh: “quoted” #1", tags={"team/name": "blue", "multi": "two\nlines"})
mlflow.set_experiment(experiment_id=experiment)

with mlflow.start_run(run_name="yes") as parent:
    mlflow.log_params({"lr": 0.1, "deep/key": "x", "long": "y " * 200, "text": "ä\nb"})
    for step in range(20):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metric("val/f1 score", float("nan"))
    mlflow.log_metric("val/f1 score", 0.5, step=3)
    mlflow.log_metric("big", 1e300, step=2**53 + 1)
    mlflow.log_metric("small", -math.inf)
    mlflow.set_tag("note", "# heading\n\n- item")
    data = mlflow.data.meta_dataset.MetaDataset(mlflow.data.http_dataset_source.HTTPDatasetSource("http://localhost/x.csv"), name="iris set")
    mlflow.log_input(data, context="training")
    mlflow.log_metric("with_data", 0.25, step=7, dataset=mlflow.data.meta_dataset.MetaDataset(mlflow.data.http_dataset_source.HTTPDatasetSource("http://localhost/y.csv"), name="plain"))
    mlflow.log_text("hello", "notes/readme.txt")
    model = mlflow.create_external_model(name="outer", model_type="agent", source_run_id=parent.info.run_id, params={"depth": "3"}, tags={"k": "v"})
    with mlflow.start_run(run_name="12345678e12", nested=True):
        mlflow.log_metric("loss", 0.125)
running = client.create_run(experiment, run_name="running")
client.log_metric(running.info.run_id, "loss", 2.5)
gone = client.create_run(experiment, run_name="~")
client.delete_run(gone.info.run_id)
other = client.create_experiment("trashed")
client.create_run(other)
client.delete_experiment(other)

client.create_registered_model("reg", description="a: 'b'\nc", tags={"t": "1"})
for number in range(11):
    client.create_model_version("reg", f"runs:/{parent.info.run_id}/notes", run_id=parent.info.run_id, tags={"n": str(number)})
client.set_registered_model_alias("reg", "best", "3")
client.transition_model_version_stage("reg", "2", "Production")
client.delete_model_version("reg", "5")
client.create_prompt("ask")


def number(value):
    return repr(float(value))


def run_of(run):
    return {
        "name": run.info.run_name,
        "status": run.info.status,
        "lifecycle": run.info.lifecycle_stage,
        "started": run.info.start_time,
        "ended": run.info.end_time,
        "user": run.info.user_id,
        "artifacts": run.info.artifact_uri,
        "params": run.data.params,
        "tags": run.data.tags,
        "metrics": {m.key: [number(m.value), str(m.step), m.timestamp] for m in run.data._metric_objs},
        "datasets": sorted([i.dataset.name, i.dataset.digest, i.dataset.source_type, i.dataset.source, {t.key: t.value for t in i.tags}.get("mlflow.data.context")] for i in run.inputs.dataset_inputs),
        "outputs": [m.model_id for m in run.outputs.model_outputs],
    }


runs = client.search_runs([experiment], run_view_type=ViewType.ALL)
versions = client.search_model_versions("name = 'reg'", order_by=["version_number DESC"])
registered = client.get_registered_model("reg")
print(
    json.dumps({
        "experiments": [
            [e.experiment_id, e.name, e.lifecycle_stage, e.artifact_location, e.creation_time, e.last_update_time, e.tags]
            for e in client.search_experiments(view_type=ViewType.ALL)
        ],
        "experiment": experiment,
        "runs": {r.info.run_id: run_of(r) for r in runs},
        "order": [r.info.run_id for r in runs],
        "history": [[number(m.value), str(m.step), m.timestamp] for m in client.get_metric_history(parent.info.run_id, "loss")],
        "parent": parent.info.run_id,
        "artifacts": [[f.path, f.is_dir, f.file_size] for f in client.list_artifacts(parent.info.run_id, "notes")],
        "logged": [
            [m.model_id, m.name, m.status.value, m.model_type, m.source_run_id, m.artifact_location, m.creation_timestamp, m.tags, m.params]
            for m in client.search_logged_models([experiment])
        ],
        "models": [m.name for m in client.search_registered_models()],
        "registered": [registered.description, registered.tags, registered.aliases, registered.creation_timestamp, registered.last_updated_timestamp],
        "latest": sorted([v.current_stage, str(v.version)] for v in registered.latest_versions),
        "versions": [
            [str(v.version), v.current_stage, v.source, v.run_id, v.status, v.creation_timestamp, v.last_updated_timestamp, v.tags, v.aliases]
            for v in versions
        ],
    })
)
