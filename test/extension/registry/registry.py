"""What a server's registry holds, as MLflow's own client has it, or things for it to hold.

Answers questions, a line of JSON each: ["make"], ["fill", name, count], ["show", name], ["inputs", name, version], ["move", name, alias, version], ["delete", name, version], ["tag", name, key, value],
["describe", name, version, text] or ["user", name, password].
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import mlflow
import requests
from mlflow.entities import LoggedModelOutput
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient

MLMODEL = """flavors:
  python_function:
    loader_module: mlflow.sklearn
run_id: %s
artifact_path: model
signature:
  inputs: '%s'
  outputs: '[{"type": "double"}]'
"""
COLUMNS = [{"type": "double", "name": "price"}, {"type": "long", "name": "rooms"}]

client = MlflowClient()


def make():
    """A run with a model among its artifacts, and a logged model of other columns and requirements; answers their ids."""
    experiment = client.create_experiment("registered")
    run_id = client.create_run(experiment, run_name="trained").info.run_id
    with tempfile.TemporaryDirectory() as folder:
        write_model(folder, run_id, COLUMNS, "scikit-learn==1.5.2")
        client.log_artifacts(run_id, folder, "model")
        write_model(folder, run_id, COLUMNS[::-1], "scikit-learn==1.6.0")
        logged = client.create_logged_model(experiment, name="tree", source_run_id=run_id)
        client.log_model_artifacts(logged.model_id, folder)
        client.finalize_logged_model(logged.model_id, "READY")
        client.log_outputs(run_id, [LoggedModelOutput(logged.model_id, 0)])
    return {"runId": run_id, "modelId": logged.model_id}


def fill(name, count):
    """A registered model of so many versions."""
    client.create_registered_model(name)
    for _ in range(int(count)):
        client.create_model_version(name, source="s3://somewhere/model")


def write_model(folder, run_id, columns, requirements):
    (Path(folder) / "MLmodel").write_text(MLMODEL % (run_id, json.dumps(columns)))
    (Path(folder) / "requirements.txt").write_text(requirements + "\n")


def inputs(name, version):
    """The names of the columns that a version takes, as MLflow reads them, in their order."""
    signature = mlflow.models.get_model_info(f"models:/{name}/{version}").signature
    return [column.name for column in signature.inputs]


def show(name):
    try:
        model = client.get_registered_model(name)
    except MlflowException as error:
        if error.error_code != "RESOURCE_DOES_NOT_EXIST":
            raise
        return None
    versions = client.search_model_versions("name = %s" % (('"%s"' if "'" in name else "'%s'") % name))
    return {
        "description": model.description or "",
        "tags": model.tags,
        "aliases": model.aliases,
        "versions": {str(version.version): show_version(version) for version in versions},
    }


def show_version(version):
    tags = version.tags
    return {
        "source": version.source,
        "stage": version.current_stage,
        "description": version.description or "",
        "runId": version.run_id or "",
        "tags": {key: value for key, value in tags.items() if not key.startswith("mlflow.lens.")},
        "reviews": [json.loads(value) for key, value in tags.items() if key.startswith("mlflow.lens.review.")],
    }


def user(name, password):
    reply = requests.post(mlflow.get_tracking_uri() + "/api/2.0/mlflow/users/create", json={"username": name, "password": password},
                          auth=(os.environ["MLFLOW_TRACKING_USERNAME"], os.environ["MLFLOW_TRACKING_PASSWORD"]))
    reply.raise_for_status()


commands = {
    "make": make,
    "fill": fill,
    "show": show,
    "inputs": inputs,
    "user": user,
    "tag": client.set_registered_model_tag,
    "move": client.set_registered_model_alias,
    "delete": client.delete_model_version,
    "describe": lambda name, version, text: client.update_model_version(name, version, text) and None,
}
for line in sys.stdin:
    command, *args = json.loads(line)
    print(json.dumps(commands[command](*args)), flush=True)
