"""Prints as JSON what MLflow's own client lists: the answer that RestStore's must equal.

Usage: MLFLOW_TRACKING_URI=http://… python list_store.py
"""

import json
import math

from mlflow.entities import ViewType
from mlflow.tracking import MlflowClient

client = MlflowClient()


def every(search, **query):
    """All items of a paged search."""
    token = None
    while True:
        page = search(page_token=token, **query)
        yield from page
        token = getattr(page, "token", None)
        if not token:
            return


def double(value):
    """JSON has no word for these; and the SQL store keeps infinity as the largest double."""
    if math.isnan(value):
        return "NaN"
    if abs(value) >= 1.7976931348623157e308:
        return "Infinity" if value > 0 else "-Infinity"
    return value


def describe_experiment(experiment):
    return {
        "id": experiment.experiment_id,
        "name": experiment.name,
        "lifecycle": experiment.lifecycle_stage,
        "createdAt": experiment.creation_time,
        "updatedAt": experiment.last_update_time,
        "artifactLocation": experiment.artifact_location,
        "tags": experiment.tags,
    }


def describe_run(run):
    info, data = run.info, run.data
    inputs = getattr(run, "inputs", None)
    outputs = getattr(run, "outputs", None)
    return {
        "id": info.run_id,
        "name": info.run_name,
        "experimentId": info.experiment_id,
        "status": info.status,
        "lifecycle": info.lifecycle_stage,
        "startedAt": info.start_time,
        "endedAt": info.end_time,
        "userId": info.user_id,
        "artifactUri": info.artifact_uri,
        "params": data.params,
        "metrics": {metric.key: [double(metric.value), str(metric.step), metric.timestamp] for metric in data._metric_objs},
        "tags": data.tags,
        "datasets": [[it.dataset.name, it.dataset.digest] for it in getattr(inputs, "dataset_inputs", None) or []],
        "modelInputs": [it.model_id for it in getattr(inputs, "model_inputs", None) or []],
        "modelOutputs": [[it.model_id, str(it.step)] for it in getattr(outputs, "model_outputs", None) or []],
    }


def describe_model(model):
    return {
        "name": model.name,
        "description": model.description or "",
        "createdAt": model.creation_timestamp,
        "updatedAt": model.last_updated_timestamp,
        "tags": model.tags,
        "aliases": getattr(model, "aliases", {}),
        "latestVersions": sorted(version.version for version in model.latest_versions),
    }


def describe_version(version):
    return {
        "version": version.version,
        "description": version.description or "",
        "createdAt": version.creation_timestamp,
        "updatedAt": version.last_updated_timestamp,
        "stage": version.current_stage,
        "source": version.source,
        "runId": version.run_id or None,
        "status": version.status,
        "tags": version.tags,
    }


def describe_logged_model(model):
    return {
        "id": model.model_id,
        "name": model.name,
        # The client's own word; REST says LOGGED_MODEL_UPLOAD_FAILED.
        "status": model.status.value.replace("FAILED", "UPLOAD_FAILED"),
        "modelType": model.model_type or "",
        "sourceRunId": model.source_run_id or None,
        "createdAt": model.creation_timestamp,
        "tags": model.tags,
        "params": model.params,
    }


def list_artifacts(run_id, path=None):
    for artifact in client.list_artifacts(run_id, path):
        yield [artifact.path, artifact.is_dir, None if artifact.is_dir else artifact.file_size]
        if artifact.is_dir:
            yield from list_artifacts(run_id, artifact.path)


def is_prompt(model):
    return model.tags.get("mlflow.prompt.is_prompt") == "true"


experiments = list(every(client.search_experiments, view_type=ViewType.ALL))
ids = [experiment.experiment_id for experiment in experiments]
runs = {id: list(every(client.search_runs, experiment_ids=[id], run_view_type=ViewType.ALL)) for id in ids}
models = [model for model in every(client.search_registered_models) if not is_prompt(model)]
answer = {
    "experiments": [describe_experiment(experiment) for experiment in experiments],
    "runs": {id: [describe_run(run) for run in some] for id, some in runs.items()},
    "artifacts": {some[0].info.run_id: sorted(list_artifacts(some[0].info.run_id)) for some in runs.values() if some},
    "models": [describe_model(model) for model in models],
    "versions": {
        model.name: sorted(map(describe_version, client.search_model_versions("name = '%s'" % model.name)),
                           key=lambda version: -int(version["version"]))
        for model in models
    },
    "loggedModels": {},
}
if hasattr(client, "search_logged_models"):
    answer["loggedModels"] = {
        id: [describe_logged_model(model) for model in every(client.search_logged_models, experiment_ids=[id])]
        for id in ids
    }
print(json.dumps(answer))
