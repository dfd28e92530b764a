"""Tells whether MLflow's own client still lists what a damaged file does not touch: peer.py CASES.

CASES is a JSON file, a list of {path, trees, ferns, neighbours, fernRun}. Prints a JSON list of null or what went wrong. Each
store is read by a process of its own, since a FIFO keeps MLflow waiting for ever.
"""

import json
import os
import select
import signal
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

PATIENCE = 5


def look(case):
    mlflow.set_tracking_uri(case["path"])
    client = MlflowClient()
    experiments = [one.experiment_id for one in client.search_experiments(view_type=ViewType.ALL)]
    runs = [one.info.run_id for one in client.search_runs([case["trees"]], run_view_type=ViewType.ALL)]
    others = [one.info.run_id for one in client.search_runs([case["ferns"]], run_view_type=ViewType.ALL)]
    missing = set(case["neighbours"]) - set(runs) | {case["fernRun"]} - set(others) | {case["ferns"]} - set(experiments)
    return f"{len(missing)} are not listed" if missing else None


def look_apart(case):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = look(case)
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"[:300]
        os.write(writing, json.dumps(answer).encode())
        os._exit(0)
    os.close(writing)
    is_done = select.select([reading], [], [], PATIENCE)[0]
    answer = json.loads(os.read(reading, 65536) or '"it died"') if is_done else f"no end after {PATIENCE} s"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    return answer


print(json.dumps([look_apart(case) for case in json.load(open(sys.argv[1]))]))
