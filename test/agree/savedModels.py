"""Models of several kinds, as a real MLflow saves them. Made once in a process."""
import os

import cloudpickle
import numpy as np
import pandas as pd
import mlflow
import sklearn
from mlflow.models import ModelSignature, infer_signature
from mlflow.types import ColSpec, DataType, ParamSchema, ParamSpec, Schema, TensorSpec
from mlflow.types.schema import Array, Map, Object, Property, AnyType
from sklearn.linear_model import LinearRegression

known = {}
# Else MLflow finds them out in a process of its own for each model.
needs = [f"mlflow=={mlflow.__version__}", f"cloudpickle=={cloudpickle.__version__}", f"scikit-learn=={sklearn.__version__}"]

code = """
import mlflow
class Model(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input
mlflow.models.set_model(Model())
"""


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


def save_sklearn(path, **options):
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [3, 4]})
    model = LinearRegression().fit(frame, [1.0, 2.0])
    signature = infer_signature(frame, model.predict(frame))
    mlflow.sklearn.save_model(model, path, signature=signature, input_example=frame, pip_requirements=needs, **options)


def save_tensors(path):
    signature = ModelSignature(
        inputs=Schema([TensorSpec(np.dtype("float32"), (-1, 28, 28), "image"), TensorSpec(np.dtype("str"), (-1,), "label")]),
        outputs=Schema([TensorSpec(np.dtype("float64"), (-1, 10))]),
    )
    mlflow.pyfunc.save_model(path, pip_requirements=needs, python_model=Echo(), signature=signature)


def save_nested(path):
    inner = Object([Property("text", DataType.string), Property("scores", Array(DataType.double), required=False)])
    columns = [ColSpec(Array(inner), "items"), ColSpec(Map(DataType.long), "counts"), ColSpec(AnyType(), "rest", required=False)]
    schema = Schema(columns)
    mlflow.pyfunc.save_model(path, pip_requirements=needs, python_model=Echo(), signature=ModelSignature(inputs=schema, outputs=schema))


def save_params(path):
    params = ParamSchema(
        [
            ParamSpec("temperature", DataType.double, 0.5),
            ParamSpec("stop", DataType.string, ["a", "b"], (-1,)),
            ParamSpec("since", DataType.datetime, np.datetime64("2024-01-01T00:00:00")),
            ParamSpec("most", DataType.long, None),
            ParamSpec("options", Object([Property("deep", DataType.boolean)]), {"deep": True}),
        ]
    )
    signature = ModelSignature(inputs=Schema([ColSpec(DataType.string)]), params=params)
    mlflow.pyfunc.save_model(path, pip_requirements=needs, python_model=Echo(), signature=signature)


def save_from_code(path):
    script = path + "-code.py"
    with open(script, "w") as file:
        file.write(code)
    mlflow.pyfunc.save_model(path, pip_requirements=needs, python_model=script, metadata={"owner": "someone"})


def save_with_artifact(path):
    data = path + "-data.txt"
    with open(data, "w") as file:
        file.write("x")
    mlflow.pyfunc.save_model(path, pip_requirements=needs, python_model=Echo(), artifacts={"data": data}, input_example=({"q": "text"}, {"k": 3}))


savers = {
    "sklearn": save_sklearn,
    "sklearn-pickle": lambda path: save_sklearn(path, serialization_format="cloudpickle"),
    "python-model": lambda path: mlflow.pyfunc.save_model(path, pip_requirements=needs, python_model=Echo()),
    "from-code": save_from_code,
    "params": save_params,
    "tensors": save_tensors,
    "nested": save_nested,
    "artifact": save_with_artifact,
}


def saved_models(root):
    """The folder of each model, by name."""
    if not known:
        for name, save in savers.items():
            folder = os.path.join(root, "models", name)
            os.makedirs(os.path.dirname(folder), exist_ok=True)
            save(folder)
            known[name] = folder
    return known
