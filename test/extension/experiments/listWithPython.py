"""Prints what MLflow's own client lists, as JSON, for the tree to be held against."""

import json

from mlflow.tracking import MlflowClient

client = MlflowClient()


def every(search, **query):
    token = None
    while True:
        page = search(page_token=token, max_results=100, **query)
        yield from page
        token = page.token
        if not token:
            return


def describe_run(run):
    own_tags = {key: value for key, value in run.data.tags.items() if not key.startswith("mlflow.")}
    return {
        "id": run.info.run_id,
        "name": run.info.run_name or "",
        "status": run.info.status,
        "parent": run.data.tags.get("mlflow.parentRunId"),
        "start": run.info.start_time,
        "params": run.data.params,
        "metrics": sorted(run.data.metrics),
        "tags": own_tags,
    }


def describe_experiment(experiment, view):
    runs = every(client.search_runs, experiment_ids=[experiment.experiment_id], run_view_type=view)
    return {
        "id": experiment.experiment_id,
        "name": experiment.name,
        "deleted": experiment.lifecycle_stage == "deleted",
        "runs": [describe_run(run) for run in runs],
    }


def describe_model(model):
    versions = client.search_model_versions("name='%s'" % model.name)
    return {
        "name": model.name,
        "versions": {
            version.version: {"stage": version.current_stage, "run": version.run_id, "tags": version.tags,
                              "aliases": sorted(client.get_model_version(model.name, version.version).aliases)}
            for version in versions
        },
    }


def artifacts(run_id, path=None):
    return {
        entry.path: {"size": entry.file_size, "inside": artifacts(run_id, entry.path) if entry.is_dir else None}
        for entry in client.list_artifacts(run_id, path)
    }


def main():
    active = [describe_experiment(found, 1) for found in every(client.search_experiments, view_type=1)]
    everything = [describe_experiment(found, 3) for found in every(client.search_experiments, view_type=3)]
    churn = next(found for found in active if found["name"] == "churn-model")
    with_files = next(run["id"] for run in churn["runs"] if run["name"].endswith("-080"))
    print(json.dumps({
        "active": active,
        "all": everything,
        "models": [describe_model(model) for model in every(client.search_registered_models)],
        "files": {"run": with_files, "tree": artifacts(with_files)},
    }))


main()
