"""Logs a run with one file of so many MiB, large.bin. Prints the run's id and the file's path below the server's artifacts."""

import os
import sys
import tempfile

import mlflow

with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "large.bin")
    with open(path, "wb") as file:
        block = os.urandom(1 << 20)
        for _ in range(int(sys.argv[1])):
            file.write(block)
    mlflow.log_artifact(path)
print(run.info.run_id, "/".join([*run.info.artifact_uri.split("/")[-3:], "large.bin"]))
