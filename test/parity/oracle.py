"""Makes the same random content as an mlflow.db and an mlruns directory, and asks MLflow's own client about both.

usage: MLFLOW_ALLOW_FILE_STORE=true python oracle.py SEED CASES RUNS FOLDER

Writes FOLDER/sqlite/mlflow.db with FOLDER/sqlite.json and FOLDER/files/mlruns with FOLDER/files.json: all entities, and
CASES searches for runs each, with MLflow's answers.
"""

import functools
import json
import logging
import os
import random
import sys
import uuid

from content import START, make_content
from fill import fill_store
from modelSearches import answer_model_searches
from searches import Searches
from answers import answer_search, describe_store


def main(seed, cases, runs, folder):
    logging.disable(logging.WARNING)
    content = make_content(seed, runs)
    for kind, uri in (("sqlite", "sqlite:///{}/mlflow.db"), ("files", "file://{}/mlruns")):
        home = os.path.join(os.path.abspath(folder), kind)
        os.makedirs(home)
        # An SQL store keeps artifacts beside where it was made.
        os.chdir(home)
        answers = probe(kind, uri.format(home), content, random.Random(f"{seed} {kind}"), cases)
        with open(os.path.join(home, "..", f"{kind}.json"), "w") as file:
            json.dump(answers, file)


def probe(kind, uri, content, chance, cases):
    from mlflow.tracking import MlflowClient

    uuid.uuid4 = lambda: uuid.UUID(int=chance.getrandbits(128), version=4)
    client = MlflowClient(tracking_uri=uri, registry_uri=uri)
    experiment_ids, refusals = fill_store(client, content, chance, START)
    entities = describe_store(client, is_sql=kind == "sqlite")
    # Of its own chance, so that the other questions stay what they were.
    entities["modelSearches"] = answer_model_searches(client, random.Random(f"models {kind}"), entities["models"], 60)
    searches = Searches(chance, experiment_ids + ["0"], entities["runs"])
    some_run = None
    if kind == "files":
        read_once()
        some_run = client.get_run(entities["runs"][0]["id"])
    questions = [searches.question() for _ in range(cases)]
    return {
        "refusals": refusals,
        "entities": entities,
        "cases": [{**question, **answer_search(client, question, some_run)} for question in questions],
    }


def read_once():
    """Has a file store keep what it read, since nothing changes any more; filter, order and paging are still its own."""
    from mlflow.store.tracking.file_store import FileStore

    read, infos = FileStore._get_run_from_info, FileStore._list_run_infos
    runs = {}

    def read_run(self, info):
        if info.run_id not in runs:
            runs[info.run_id] = read(self, info)
        return runs[info.run_id]

    FileStore._get_run_from_info = read_run
    FileStore._list_run_infos = functools.cache(infos)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
