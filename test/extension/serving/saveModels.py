"""Logs two models that double a column, one with an input example, and says where they are: saveModels.py STORE."""

import json
import sys

import mlflow
import pandas as pd
from mlflow.models import infer_signature


class Doubler(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        if model_input["x"].iloc[0] < 0:
            raise ValueError("no number below zero can be doubled")
        return [int(2 * x) for x in model_input["x"]]


mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("served")
example = pd.DataFrame({"x": [9007199254740993, 4], "name": ["one", "it's $HOME"]})
signature = infer_signature(example, [1], {"k": 3})
options = {"python_model": Doubler(), "signature": signature, "pip_requirements": ["mlflow"]}
with mlflow.start_run(run_name="two models") as run:
    with_example = mlflow.pyfunc.log_model(
        name="doubler", input_example=example, registered_model_name="doubler", **options
    )
    without = mlflow.pyfunc.log_model(name="bare", **options)
folders = {
    one.name: mlflow.artifacts.download_artifacts(artifact_uri=one.model_uri) for one in (with_example, without)
}
print(json.dumps({"runId": run.info.run_id, "modelUri": without.model_uri, "folders": folders}))
