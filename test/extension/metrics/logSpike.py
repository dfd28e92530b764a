"""
Logs so many steps of a metric near 1 with one spike of 1000 among them, and says which run has it. A run that is named goes
on from the step that is named, and stays unfinished; so does one that is to be "open".
"""

import math
import sys

from mlflow import MlflowClient
from mlflow.entities import Metric

count, spike = int(sys.argv[1]), int(sys.argv[2])
known, start = (sys.argv[3], int(sys.argv[4])) if len(sys.argv) > 3 else (None, 0)
client = MlflowClient()
run_id = known if known not in (None, "open") else client.create_run("0", run_name="spiky").info.run_id
began = 1_700_000_000_000
for first in range(start, start + count, 1000):
    steps = range(first, min(first + 1000, start + count))
    values = ((step, 1000.0 if step == spike else 1 + math.sin(step / 100) / 10) for step in steps)
    client.log_batch(run_id, metrics=[Metric("spiky", value, began + step, step) for step, value in values])
if known is None:
    client.set_terminated(run_id)
print(run_id, end="")
