"""Leaves behind what a killed training leaves: dieWriting.py DATABASE delete|wal RUN.

In wal mode one renaming of the run was committed. In both modes the process dies, as by kill -9, amid a large transaction
of which much has been written to the disk already.
"""

import os
import signal
import sqlite3
import sys

path, mode, run = sys.argv[1:]
connection = sqlite3.connect(path, isolation_level=None)
connection.execute(f"PRAGMA journal_mode = {mode}")
connection.execute("PRAGMA cache_size = 5")
if mode == "wal":
    connection.execute("BEGIN")
    connection.execute("UPDATE runs SET name = 'committed' WHERE run_uuid = ?", (run,))
    connection.execute("UPDATE tags SET value = 'committed' WHERE run_uuid = ? AND key = 'mlflow.runName'", (run,))
    connection.execute("COMMIT")
connection.execute("BEGIN")
connection.execute("UPDATE runs SET name = 'torn', status = 'FAILED'")
connection.execute("UPDATE latest_metrics SET value = -1")
for number in range(3000):
    connection.execute("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", (f"torn{number}", "x" * 300, run))
connection.execute("UPDATE params SET value = 'torn'")
os.kill(os.getpid(), signal.SIGKILL)
