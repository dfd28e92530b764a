"""Runs SQL on a database: runSql.py DATABASE SCRIPT."""

import sqlite3
import sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.executescript(sys.argv[2])
connection.close()
