"""Reads {"tensors": [...], "columns": [...], "params": [...], "modules": [...]}; prints which of them MLflow takes."""

import importlib.util
import json
import sys

from mlflow.types.schema import ParamSchema, Schema


def takes(read, spec):
    try:
        read(json.dumps([spec]))
        return True
    except Exception:
        return False


def tensor(dtype):
    return {"type": "tensor", "tensor-spec": {"dtype": dtype, "shape": [-1]}}


def column(name):
    inside = {"type": "long"}
    return {"type": name, "items": inside, "values": inside, "properties": {"a": inside}} if name in nested else {"type": name}


nested = {"array", "object", "map"}
asked = json.load(sys.stdin)
print(
    json.dumps(
        {
            "tensors": [takes(Schema.from_json, tensor(one)) for one in asked["tensors"]],
            "columns": [takes(Schema.from_json, column(one)) for one in asked["columns"]],
            "params": [
                takes(
                    ParamSchema.from_json,
                    {"name": "a", "shape": None, **column(one), "default": {"a": 1} if one == "object" else None},
                )
                for one in asked["params"]
            ],
            "modules": [importlib.util.find_spec(one) is not None for one in asked["modules"]],
        }
    )
)
