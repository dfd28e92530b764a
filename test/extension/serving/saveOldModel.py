"""Registers a model that doubles a column, as MLflow 2.0 does it: saveOldModel.py STORE."""

import sys

import mlflow
import pandas as pd
from mlflow.models import infer_signature


class Doubler(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input):
        return model_input["x"] * 2


mlflow.set_tracking_uri(sys.argv[1])
example = pd.DataFrame({"x": [21]})
with mlflow.start_run():
    mlflow.pyfunc.log_model(
        artifact_path="model",
        python_model=Doubler(),
        registered_model_name="old doubler",
        input_example=example,
        signature=infer_signature(example, example),
        pip_requirements=["mlflow"],
    )
