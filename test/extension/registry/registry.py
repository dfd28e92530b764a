"""What a server's registry holds, as MLflow's own client has it, or things for it to hold.

Answers questions, a line of JSON each: ["make"], ["show", name], ["move", name, alias, version], ["delete", name, version], ["tag", name, key, value],
["describe", name, version, text] or ["user", name, password].
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import mlflow
import requests
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient

MLMODEL = "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\nrun_id: %s\nartifact_path: model\n"

client = MlflowClient()


def make():
    """A run with a model among its artifacts, and a logged model; answers their ids."""
    experiment = client.create_experiment("registered")
    run_id = client.create_run(experiment, run_name="trained").info.run_id
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "MLmodel").write_text(MLMODEL % run_id)
        client.log_artifacts(run_id, folder, "model")
        logged = client.create_logged_model(experiment, name="tree", source_run_id=run_id)
        client.log_model_artifacts(logged.model_id, folder)
        client.finalize_logged_model(logged.model_id, "READY")
    return {"runId": run_id, "modelId": logged.model_id}


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
    "show": show,
    "user": user,
    "tag": client.set_registered_model_tag,
    "move": client.set_registered_model_alias,
    "delete": client.delete_model_version,
    "describe": lambda name, version, text: client.update_model_version(name, version, text) and None,
}
for line in sys.stdin:
    command, *args = json.loads(line)
    print(json.dumps(commands[command](*args)), flush=True)
