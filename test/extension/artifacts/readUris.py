"""Prints, as JSON, the texts that MLflow's own client finds at the URIs of artifacts that are its arguments."""

import json
import sys
import tempfile

from mlflow.artifacts import download_artifacts

texts = []
for uri in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as folder:
        with open(download_artifacts(artifact_uri=uri, dst_path=folder), encoding="utf-8") as file:
            texts.append(file.read())
print(json.dumps(texts))
