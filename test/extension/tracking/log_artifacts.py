"""Logs a run with files of many kinds as artifacts. Prints its id and what each file should be, as JSON."""

import hashlib
import json
import os
import tempfile

import mlflow

files = {
    "plain.txt": "first line\nsecond line\n".encode(),
    "empty.txt": b"",
    "page.html": b"<!doctype html><p>no answer of a server</p>",
    "deep/er/ünï çode + 1.json": '{"ö": 1}'.encode(),
    "bytes.bin": bytes(range(256)) * 64,
    "large.txt": b"0123456789abcdef" * (512 * 1024),
}
with mlflow.start_run(run_name="with artifacts") as run, tempfile.TemporaryDirectory() as folder:
    for path, content in files.items():
        os.makedirs(os.path.join(folder, os.path.dirname(path)), exist_ok=True)
        with open(os.path.join(folder, path), "wb") as file:
            file.write(content)
    mlflow.log_artifacts(folder)
sums = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
print(json.dumps({"runId": run.info.run_id, "sums": sums}))
