"""Makes a database of each schema revision of MLflow in the folder given, with one experiment and one run in each."""

import os
import shutil
import sqlite3
import sys

import mlflow.store.db.utils as utils
from alembic import command
from alembic.script import ScriptDirectory
from mlflow.store.tracking.dbmodels.initial_models import Base
from sqlalchemy import create_engine

folder = sys.argv[1]
working = os.path.join(folder, "working.db")
url = f"sqlite:///{working}"
engine = create_engine(url)
Base.metadata.create_all(engine)
engine.dispose()
with sqlite3.connect(working) as database:
    database.execute("insert into experiments values (1, 'first', 'file:///x', 'active')")
    columns = "run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id"
    values = "'a', 'run a', 'me', 'FINISHED', 1, 2, 'active', 'file:///x/a', 1"
    database.execute(f"insert into runs ({columns}) values ({values})")
    database.execute("insert into params values ('p', '1', 'a')")
    database.execute("insert into tags values ('t', '2', 'a')")
    database.execute("insert into metrics (key, value, timestamp, run_uuid) values ('m', 0.5, 7, 'a')")
database.close()
config = utils._get_alembic_config(url)
for script in list(ScriptDirectory.from_config(config).walk_revisions())[::-1]:
    command.upgrade(config, script.revision)
    shutil.copy(working, os.path.join(folder, f"{script.revision}.db"))
os.remove(working)
