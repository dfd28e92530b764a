"""Writes runs into the store of MLFLOW_TRACKING_URI: `leftRuns.py COMMIT`."""

import sys

import mlflow

client = mlflow.MlflowClient()
experiment = client.create_experiment("left behind")


def create(name, commit=None, status=None):
    tags = {"mlflow.source.name": "steps/train.py", "mlflow.source.type": "LOCAL"}
    if commit is not None:
        tags["mlflow.source.git.commit"] = commit
    run = client.create_run(experiment, run_name=name, tags=tags)
    if status is not None:
        client.set_terminated(run.info.run_id, status)


create("committed", sys.argv[1], "FINISHED")
create("elsewhere", "0123456789abcdef0123456789abcdef01234567", "FINISHED")
create("uncommitted", None, "FINISHED")
create("lost by its machine")
create("lost as well")
