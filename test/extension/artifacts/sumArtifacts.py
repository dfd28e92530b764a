"""Prints the SHA-256 of each artifact of a run, by its path, as MLflow's own client downloads them. The argument is the run's id."""

import hashlib
import json
import os
import sys
import tempfile

import mlflow

sums = {}
with tempfile.TemporaryDirectory() as folder:
    root = mlflow.artifacts.download_artifacts(run_id=sys.argv[1], artifact_path="", dst_path=folder)
    for parent, _, names in os.walk(root):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                sums[os.path.relpath(path, root).replace(os.sep, "/")] = hashlib.sha256(file.read()).hexdigest()
print(json.dumps(sums))
