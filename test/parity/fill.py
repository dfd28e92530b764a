"""Puts content.py's content into a store, through MLflow's own client and nothing else."""

import time
from contextlib import contextmanager

from mlflow.entities import (
    Dataset, DatasetInput, InputTag, LoggedModelInput, LoggedModelOutput, Metric, Param, RunTag,
)
from mlflow.exceptions import MlflowException

# MLflow takes at most so many a call.
METRICS_PER_BATCH = 900


@contextmanager
def coarse_clock(chance, start):
    """MLflow's idea of now, which seldom moves: so that creation times tie, and are the same with the same seed."""
    real, now = time.time, [start / 1000]

    def read():
        if chance.random() < 0.2:
            now[0] += 0.001
        return now[0]

    time.time = read
    try:
        yield
    finally:
        time.time = real


def accepted(refusals, call, *args, **options):
    """Calls the client; what this kind of store refuses is left out, and counted."""
    try:
        return call(*args, **options)
    except MlflowException as error:
        refusals.append(f"{call.__name__}: {str(error).splitlines()[0][:200]}")
        return None


def fill_run(client, experiment_id, run, ids, refusals):
    tags = {"mlflow.user": run["user"], **run["tags"]}
    if run["parent"] is not None:
        tags["mlflow.parentRunId"] = ids[run["parent"]]
    made = client.create_run(experiment_id, start_time=run["start"], run_name=run["name"], tags={})
    run_id = made.info.run_id
    ids.append(run_id)
    for key, value in tags.items():
        accepted(refusals, client.set_tag, run_id, key, value)
    for key, value in run["params"].items():
        accepted(refusals, client.log_batch, run_id, params=[Param(key, value)])
    fill_inputs(client, run_id, run["datasets"], refusals)
    fill_metrics(client, run_id, run["metrics"], None, refusals)
    return run_id


def fill_inputs(client, run_id, datasets, refusals):
    for it in datasets:
        entity = Dataset(it["name"], it["digest"], it["source_type"], it["source"], it["schema"], it["profile"])
        tags = [InputTag("mlflow.data.context", it["context"])] if it["context"] is not None else []
        accepted(refusals, client.log_inputs, run_id, [DatasetInput(entity, tags)])


def fill_metrics(client, run_id, points, model_id, refusals):
    metrics = []
    for it in points:
        of = it["dataset"]
        metrics.append(Metric(it["key"], it["value"], it["timestamp"], it["step"], model_id=model_id,
                              dataset_name=of and of["name"], dataset_digest=of and of["digest"]))
    for first in range(0, len(metrics), METRICS_PER_BATCH):
        accepted(refusals, client.log_batch, run_id, metrics=metrics[first : first + METRICS_PER_BATCH])


def end_run(client, run_id, run):
    if run["status"] == "SCHEDULED":
        client.update_run(run_id, status="SCHEDULED")
    elif run["status"] != "RUNNING":
        client.set_terminated(run_id, status=run["status"], end_time=run["end"])
    if run["deleted"]:
        client.delete_run(run_id)


def fill_logged_model(client, experiment_id, model, ids, refusals):
    source = None if model["run"] is None else ids[model["run"]]
    made = accepted(refusals, client.create_logged_model, experiment_id, name=model["name"], source_run_id=source,
                    tags=model["tags"], params=model["params"], model_type=model["type"])
    if made is None:
        return None
    id = made.model_id
    if model["input_of"] is not None:
        accepted(refusals, client.log_inputs, ids[model["input_of"]], models=[LoggedModelInput(id)])
    if model["output_of"] is not None:
        accepted(refusals, client.log_outputs, ids[model["output_of"]], [LoggedModelOutput(id, model["step"])])
    if source is not None:
        fill_metrics(client, source, model["metrics"], id, refusals)
    if model["status"] is not None:
        client.finalize_logged_model(id, model["status"])
    if model["deleted"]:
        client.delete_logged_model(id)
        return None
    return id


def fill_experiment(client, experiment, refusals):
    """Answers the ids of the experiment, its runs and its logged models."""
    # A file store refuses names with quotes.
    experiment_id = accepted(refusals, client.create_experiment, experiment["name"], tags=experiment["tags"])
    experiment_id = experiment_id or client.create_experiment(experiment["plain"], tags=experiment["tags"])
    ids = []
    for run in experiment["runs"]:
        fill_run(client, experiment_id, run, ids, refusals)
    models = [fill_logged_model(client, experiment_id, it, ids, refusals) for it in experiment["models"]]
    for run_id, run in zip(ids, experiment["runs"]):
        end_run(client, run_id, run)
    if experiment["rename"]:
        client.rename_experiment(experiment_id, experiment["plain"] + " renamed")
    return experiment_id, ids, [id for id in models if id is not None]


def fill_registered_model(client, model, run_ids, model_ids, refusals):
    if model["prompt"]:
        name = f"prompt-{len(model['name'])}-{len(model['versions'])}"
        accepted(refusals, client.register_prompt, name, "Say {{ word }}")
        return
    made = accepted(refusals, client.create_registered_model, model["name"], tags=model["tags"], description=model["description"])
    if made is None:
        return
    versions = [fill_version(client, model["name"], it, run_ids, model_ids, refusals) for it in model["versions"]]
    for alias, index in model["aliases"].items():
        if versions[index] is not None:
            accepted(refusals, client.set_registered_model_alias, model["name"], alias, versions[index])
    for number, version in zip(versions, model["versions"]):
        if number is not None and version["deleted"]:
            accepted(refusals, client.delete_model_version, model["name"], number)


def fill_version(client, name, version, run_ids, model_ids, refusals):
    model_id = model_ids[0] if version["model"] and model_ids else None
    made = accepted(refusals, client.create_model_version, name, f"models:/{model_id}" if model_id else "/tmp/größe/model",
                    run_id=run_ids[0] if version["run"] else None, tags=version["tags"], description=version["description"],
                    await_creation_for=0, model_id=model_id)
    if made is None:
        return None
    if version["stage"] != "None":
        accepted(refusals, client.transition_model_version_stage, name, made.version, version["stage"])
    return made.version


def fill_store(client, content, chance, start):
    """Answers the experiment ids, and what the store refused."""
    refusals, experiment_ids, run_ids, model_ids = [], [], [], []
    with coarse_clock(chance, start):
        for experiment in content["experiments"]:
            experiment_id, runs, models = fill_experiment(client, experiment, refusals)
            experiment_ids.append(experiment_id)
            run_ids += runs
            model_ids += models
        for model in content["registered"]:
            fill_registered_model(client, model, run_ids, model_ids, refusals)
        for experiment_id, experiment in zip(experiment_ids, content["experiments"]):
            if experiment["deleted"]:
                client.delete_experiment(experiment_id)
    return experiment_ids, refusals
