"""Prints experiments and their runs, as MLflow's own client sees them, as JSON."""

import json

from mlflow.entities import ViewType
from mlflow.tracking import MlflowClient

client = MlflowClient()
experiments = []
for experiment in client.search_experiments(view_type=ViewType.ALL):
    runs = client.search_runs([experiment.experiment_id], run_view_type=ViewType.ALL)
    experiments.append({
        "id": experiment.experiment_id,
        "name": experiment.name,
        "lifecycle": experiment.lifecycle_stage,
        "tags": {key: value for key, value in experiment.tags.items()},
        "runs": [
            {
                "id": run.info.run_id,
                "name": run.info.run_name,
                "status": run.info.status,
                "lifecycle": run.info.lifecycle_stage,
                "tags": run.data.tags,
            }
            for run in runs
        ],
    })
print(json.dumps(experiments))
