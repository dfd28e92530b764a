"""Writes to a database while it is read: liveSqlite.py MODE DATABASE delete|wal RUN SECONDS.

Prints `ready` when it is about to begin and `done` at the end; where it waits in between, it waits for a line.
"""

import sqlite3
import sys
import time

mode, path, journal, run, seconds = sys.argv[1:]
connection = sqlite3.connect(path, isolation_level=None, timeout=30)
connection.execute(f"PRAGMA journal_mode = {journal}")


def say(word):
    print(word, flush=True)


def wait():
    sys.stdin.readline()


def log(step):
    """A point, the latest point and a tag that tells its step, in one transaction."""
    value, at = 1 / (step + 3), 1750000120000 + step
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('loss', ?, ?, ?, ?, 0)",
                       (value, at, run, step))
    connection.execute("UPDATE latest_metrics SET value = ?, timestamp = ?, step = ? WHERE run_uuid = ? AND key = 'loss'",
                       (value, at, step, run))
    connection.execute("INSERT OR REPLACE INTO tags (key, value, run_uuid) VALUES ('step', ?, ?)", (str(step), run))
    connection.execute("COMMIT")


def write():
    end = time.monotonic() + float(seconds)
    step = 5
    while time.monotonic() < end:
        log(step)
        step += 1
        time.sleep(0.005)
    say(str(step))


def lock():
    if journal == "wal":
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    wait()
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("UPDATE params SET value = 'torn'")
    say("locked")
    wait()
    connection.execute("ROLLBACK")
    connection.close()


def crash():
    """Writes until it is killed; half of the time a large transaction is under way."""
    connection.execute("PRAGMA cache_size = 5")
    step = 5
    while True:
        log(step)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE latest_metrics SET value = -1")
        for number in range(300):
            connection.execute("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", (f"torn{number}", "x" * 300, run))
        if step == 8:
            say("amid")
            wait()
        connection.execute("ROLLBACK")
        step += 1


say("ready")
{"write": write, "lock": lock, "crash": crash}[mode]()
say("done")
