"""Logs two runs with files that editors of many kinds open, and an odd name of each kind. Prints their ids as JSON."""

import base64
import json
import os
import tempfile

import mlflow

png = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
notebook = {
    "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Hello"]}],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def files(index):
    texts = {
        "README.md": "# Report\n\n![curve](plots/curve.png)\n",
        "model/MLmodel": f"flavors: {{}}\nnumber: {index}\n",
        "model/requirements.txt": f"numpy=={index}.0\n",
        "data.json": '{"loss": 1}',
        "table.csv": "a,b\n1,2\n",
        "empty.txt": "",
        "book.ipynb": json.dumps(notebook),
        "odd/ünï 'code' + 1 & 2.txt": "odd\n",
    }
    if index == 0:
        texts["only-first.txt"] = "only here\n"
    return {"plots/curve.png": png, **{path: text.encode() for path, text in texts.items()}}


mlflow.set_experiment("files")
ids = []
for index in range(2):
    with mlflow.start_run(run_name=f"files {index}") as run, tempfile.TemporaryDirectory() as folder:
        for path, content in files(index).items():
            os.makedirs(os.path.join(folder, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(folder, path), "wb") as file:
                file.write(content)
        mlflow.log_artifacts(folder)
        ids.append(run.info.run_id)
print(json.dumps(ids))
