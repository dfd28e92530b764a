"""Saves models of several kinds below the folder it is given, and prints what MLflow itself reads of each signature."""

import json
import os
import sys

import mlflow
import numpy as np
import pandas as pd
from mlflow.models import Model, ModelSignature, infer_signature
from mlflow.types import DataType
from mlflow.types.schema import Array, ColSpec, Object, ParamSchema, ParamSpec, Property, Schema
from sklearn.linear_model import LogisticRegression


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


def main(folder):
    frame = pd.DataFrame({"age": [41.0, 23.0], "plan": [1.0, 0.0]})
    model = LogisticRegression().fit(frame, [1, 0])
    nested = Object([
        Property("id", DataType.string),
        Property("orders", Array(Object([Property("amount", DataType.double)])), required=False),
    ])
    params = ParamSchema([ParamSpec("threshold", DataType.double, 0.5), ParamSpec("labels", DataType.string, ["a"], (-1,))])
    where = lambda name: os.path.join(folder, name)
    mlflow.sklearn.save_model(
        model, where("sklearn"), signature=infer_signature(frame, model.predict(frame)), input_example=frame,
        serialization_format="cloudpickle")
    mlflow.pyfunc.save_model(
        where("nested"), python_model=Echo(),
        signature=ModelSignature(Schema([ColSpec(nested, "customer")]), Schema([ColSpec(DataType.string)]), params))
    tensor = np.zeros((2, 3), dtype=np.float32)
    mlflow.pyfunc.save_model(where("tensor"), python_model=Echo(), signature=infer_signature(tensor, tensor))
    print(json.dumps({name: read(where(name)) for name in ["sklearn", "nested", "tensor"]}))


def read(path):
    signature = Model.load(path).signature
    params = signature.params.params if signature.params else []
    return {
        "inputs": [[spec.name, getattr(spec, "required", True)] for spec in signature.inputs.inputs],
        "params": [[spec.name, spec.default] for spec in params],
    }


main(sys.argv[1])
