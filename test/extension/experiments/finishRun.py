"""Ends the run of the given id."""

import sys

from mlflow.tracking import MlflowClient

MlflowClient().set_terminated(sys.argv[1])
