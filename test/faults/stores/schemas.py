"""Makes a database of every schema that MLflow ever had: schemas.py FOLDER, with MLflow's own migrations.

A few rows go into the very first schema, and each migration carries them on. FOLDER/revisions.json lists the revisions, oldest
first; the database of each is FOLDER/REVISION.db.
"""

import json
import logging
import pathlib
import shutil
import sqlite3
import sys

import sqlalchemy
from alembic import command
from alembic.script import ScriptDirectory
from mlflow.store.db.utils import _get_alembic_config
from mlflow.store.tracking.dbmodels.initial_models import Base

ROWS = """
INSERT INTO experiments VALUES (1, 'trees', 'file:///nowhere', 'active');
INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,
                  source_version, lifecycle_stage, artifact_uri, experiment_id)
  VALUES ('{ash}', 'ash', 'LOCAL', 'train.py', '', 'anybody', 'FINISHED', 1550000000000, 1550000060000, '', 'active',
          'file:///nowhere', 1),
         ('{elm}', 'elm', 'LOCAL', 'train.py', '', 'anybody', 'RUNNING', 1550000010000, NULL, '', 'active',
          'file:///nowhere', 1);
INSERT INTO tags VALUES ('mlflow.runName', 'ash', '{ash}'), ('mlflow.runName', 'elm', '{elm}');
INSERT INTO params VALUES ('depth', '7', '{ash}');
INSERT INTO metrics VALUES ('loss', 0.5, 1550000001000, '{ash}'), ('loss', 0.25, 1550000002000, '{ash}');
"""

folder = pathlib.Path(sys.argv[1])
growing = folder / "growing.db"
logging.disable()

engine = sqlalchemy.create_engine(f"sqlite:///{growing}")
Base.metadata.create_all(engine)
with sqlite3.connect(growing) as connection:
    connection.executescript(ROWS.format(ash="a" * 32, elm="e" * 32))
connection.close()

config = _get_alembic_config(f"sqlite:///{growing}")
revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]
for revision in revisions:
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    shutil.copy(growing, folder / f"{revision}.db")
engine.dispose()
growing.unlink()
(folder / "revisions.json").write_text(json.dumps(revisions))
